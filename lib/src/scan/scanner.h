#pragma once
// The table of languages that code is read in.

#include <manifest/scan_settings.h>
#include <scan/account.h>
#include <scan/words.h>
#include <optional>
#include <string_view>

namespace reg {

struct Scanner {
  Language language;
  std::string_view name;  // "python"
  // Whether files at such a path (relative, with `/`) are of this language.
  bool (*reads)(std::string_view path);
  // Pure, and safe from any thread; throws nothing on account of the content.
  Account (*scan)(std::string_view content, const Words& words);
  // False: this program was built without it.
  bool is_built;
};

const Scanner& scanner_of(Language language);
// Whether a source's kind is the name of a language.
bool is_code(std::string_view kind);
// nullopt: no code.
std::optional<Language> language_of(std::string_view path);

}  // namespace reg
