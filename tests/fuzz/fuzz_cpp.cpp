// C++: whatever the bytes, an account, the same one each time.

#include <scan/languages.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const reg::Words words = {"M", "registerNodeType"};
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  const reg::Account first = reg::scan_cpp(content, words), second = reg::scan_cpp(content, words);
  if (first.statements.size() != second.statements.size() ||
      first.packaged.size() != second.packaged.size() ||
      first.problems.size() != second.problems.size())
    std::abort();
  return 0;
}
