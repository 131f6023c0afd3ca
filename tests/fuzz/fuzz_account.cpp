// Kept accounts: whatever the bytes, an account that holds together and is written as it was read,
// or none.

#include <scan/account_bytes.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto account = reg::account_from({reinterpret_cast<const char*>(data), size});
  if (!account) return 0;
  for (const reg::Statement& each : account->statements)
    require(each.scope < account->scopes.size() && each.body < account->scopes.size());
  for (std::size_t scope = 1; scope < account->scopes.size(); ++scope)
    require(account->scopes[scope].parent < scope);
  const std::string bytes = reg::to_bytes(*account);
  const auto again = reg::account_from(bytes);
  require(again && reg::to_bytes(*again) == bytes);
  return 0;
}
