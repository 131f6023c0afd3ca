#pragma once
// Leaves out of an account what can matter to nobody.

#include <scan/account.h>
#include <scan/words.h>

namespace reg {

// Without the names that functions bind where no class is made in them and nothing is called that
// one of the words names: most of an ordinary file. The scopes keep their numbers.
Account trimmed(Account account, const Words& words);

}  // namespace reg
