#include <object/exported_functions.h>
#include <object/function_name.h>
#include <algorithm>

namespace reg {

std::vector<std::string> exported_functions(const ElfFile& file) {
  std::vector<std::string> names;
  file.each_exported_function([&](std::string_view linked) {
    // A target has no white space.
    std::string name = plain_function_name(linked);
    if (!name.empty() && name.find(' ') == std::string::npos) names.push_back(std::move(name));
  });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace reg
