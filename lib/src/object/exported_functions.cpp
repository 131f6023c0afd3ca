#include <cxxabi.h>
#include <object/exported_functions.h>
#include <algorithm>
#include <cstdlib>
#include <memory>

namespace reg {
namespace {

// Longer names are instances of templates, as nobody writes them; the demangler's time is not
// linear.
constexpr std::size_t most_mangled = 4096;

std::string demangled(std::string_view linked) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(std::string(linked).c_str(), nullptr, nullptr, &status), std::free);
  return status == 0 && text ? text.get() : std::string();
}

constexpr std::string_view nameless = "(anonymous namespace)";

// Where the name ends: at the parameters, which stand outside of all `<…>`.
std::size_t end_of_name(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(nameless)) {
      i += nameless.size() - 1;
    } else if (text[i] == '<' || (text[i] == '(' && depth > 0)) {
      ++depth;
    } else if (text[i] == '>' || text[i] == ')') {
      --depth;
    } else if (text[i] == '(') {
      return i;
    }
  }
  return text.size();
}

// Behind what is returned, which the names of templates' instances begin with.
std::size_t begin_of_name(std::string_view text) {
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(nameless)) {
      i += nameless.size() - 1;
    } else if (text[i] == '<' || text[i] == '(') {
      ++depth;
    } else if (text[i] == '>' || text[i] == ')') {
      --depth;
    } else if (text[i] == ' ' && depth == 0) {
      begin = i + 1;
    }
  }
  return begin;
}

// `demo::Png::Png`, `demo::Png::~Png`.
bool makes_or_destroys(std::string_view name) {
  const std::size_t colon = name.rfind("::");
  if (colon == std::string_view::npos) return false;
  const std::string_view last = name.substr(colon + 2), of = name.substr(0, colon);
  const std::string_view type = of.substr(0, of.find('<'));
  return last.starts_with('~') || type == last || type.ends_with("::" + std::string(last));
}

std::string without_tags(std::string text) {
  for (std::size_t at = text.find("[abi:"); at != std::string::npos; at = text.find("[abi:"))
    text.erase(at, text.find(']', at) - at + 1);
  return text;
}

}  // namespace

std::string plain_function_name(std::string_view linked) {
  if (linked.starts_with("reg_plugin_table_")) return {};
  if (!linked.starts_with("_Z")) return std::string(linked);
  if (linked.size() > most_mangled) return {};
  const std::string text = without_tags(demangled(linked));
  const bool is_special = text.find("operator") != std::string::npos ||
                          text.find(" thunk to ") != std::string::npos ||
                          text.find(" for ") != std::string::npos;
  if (is_special) return {};
  const std::string_view name = std::string_view(text).substr(0, end_of_name(text));
  const std::string_view plain = name.substr(begin_of_name(name));
  return makes_or_destroys(plain) ? std::string() : std::string(plain);
}

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
