// Python files: whatever the bytes, an account whose scopes are there.

#include <scan/languages.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const reg::Account account = reg::scan_python(text, {"register", "field", "append"});
  for (const reg::Statement& each : account.statements)
    if (each.scope >= account.scopes.size() || each.body >= account.scopes.size()) std::abort();
  return 0;
}
