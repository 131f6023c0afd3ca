#include <cxxabi.h>
#include <object/function_name.h>
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

namespace reg {
namespace {

// What a name refers back to may be as long as all that stands before it, so that a name of a few
// hundred bytes may come to gigabytes.
constexpr std::size_t most_mangled = 4096, most_references = 24;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// `S_`, `S1A_`, `T0_`; what looks like one within a name counts, too.
std::size_t references_in(std::string_view mangled) {
  std::size_t count = 0;
  for (std::size_t at = mangled.find_first_of("ST"); at != std::string_view::npos;
       at = mangled.find_first_of("ST", at + 1)) {
    std::size_t end = at + 1;
    while (end < mangled.size() &&
           (is_digit(mangled[end]) || (mangled[end] >= 'A' && mangled[end] <= 'Z')))
      ++end;
    count += end < mangled.size() && mangled[end] == '_' ? 1 : 0;
  }
  return count;
}

bool is_entangled(std::string_view mangled) {
  return mangled.size() > most_mangled || references_in(mangled) > most_references;
}

// nullopt: it is no mangled name, or too entangled.
std::optional<std::string> demangled(const std::string& mangled) {
  if (is_entangled(mangled)) return std::nullopt;
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status), std::free);
  return status == 0 && text ? std::optional<std::string>(text.get()) : std::nullopt;
}

// Takes the name of a function out of what is linked, which goes on with the types of parameters:
// `_ZN2ns4makeINS_3PngEEEPT_v` has the name `_ZN2ns4makeINS_3PngEEE`. Reads no more than names of
// namespaces, classes and functions; the demangler tells where template arguments end.
class FunctionName {
 public:
  explicit FunctionName(std::string_view linked) : rest_(linked.substr(2)) {}

  // nullopt: it is not made of names alone.
  std::optional<std::string> alone() {
    if (take("N")) {
      while (take("r") || take("V") || take("K") || take("R") || take("O")) continue;
      name_ = "_ZN";
      end_ = "E";
      while (!take("E")) {
        if (!part()) return std::nullopt;
      }
      return name_ + end_;
    }
    name_ = "_Z";
    if (rest_.starts_with("St")) keep(2);
    if (!source_name()) return std::nullopt;
    while (rest_.starts_with('B') || rest_.starts_with('I')) {
      if (!part()) return std::nullopt;
    }
    return name_;
  }

 private:
  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  void keep(std::size_t size) {
    name_ += rest_.substr(0, size);
    rest_.remove_prefix(size);
  }

  // Constructors, operators and all that has no name of its own begin with other letters.
  bool part() {
    if (rest_.empty()) return false;
    switch (rest_.front()) {
      case 'B':  // an ABI tag
        keep(1);
        return source_name();
      case 'S':
        return substitution();
      case 'I':
        return template_arguments();
      default:
        return source_name();
    }
  }

  bool source_name() {
    std::size_t size = 0, digits = 0;
    for (; digits < rest_.size() && is_digit(rest_[digits]); ++digits) {
      if (size > rest_.size()) return false;
      size = size * 10 + static_cast<std::size_t>(rest_[digits] - '0');
    }
    if (size == 0 || size > rest_.size() - digits) return false;
    keep(digits + size);
    return true;
  }

  bool substitution() {
    if (rest_.size() > 1 && rest_[1] >= 'a' && rest_[1] <= 'z') {
      keep(2);  // `St`, `Sa`
      return true;
    }
    const std::size_t end = rest_.find('_');
    if (end == std::string_view::npos) return false;
    keep(end + 1);
    return true;
  }

  bool template_arguments() {
    for (std::size_t end = rest_.find('E'); end != std::string_view::npos;
         end = rest_.find('E', end + 1)) {
      if (!demangled(name_ + std::string(rest_.substr(0, end + 1)) + end_)) continue;
      keep(end + 1);
      return true;
    }
    return false;
  }

  std::string_view rest_;
  std::string name_, end_;
};

bool take_tag(std::string_view& text) {
  if (!text.starts_with("[abi:")) return false;
  text.remove_prefix(std::min(text.size(), text.find(']') + 1));
  return true;
}
bool take_nameless(std::string_view& text) {
  for (const std::string_view scope : {"(anonymous namespace)::", "__cxx11::", "__1::"}) {
    if (!text.starts_with(scope)) continue;
    text.remove_prefix(scope.size());
    return true;
  }
  return false;
}

// As `plugin::ReadableName`.
std::string as_in_targets(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const bool after_word = !name.empty() && is_word(name.back());
    if (take_tag(text) || (!after_word && take_nameless(text))) continue;
    const char c = text.front();
    text.remove_prefix(1);
    if (c != ' ') {
      name += c;
    } else if (after_word && !text.empty() && is_word(text.front())) {
      name += '_';
    }
  }
  return name;
}

}  // namespace

std::string plain_function_name(std::string_view linked) {
  if (linked.starts_with("reg_plugin_table_")) return {};
  if (!linked.starts_with("_Z")) return std::string(linked);
  if (const std::optional<std::string> name = FunctionName(linked).alone()) {
    const std::optional<std::string> text = demangled(*name);
    return text ? as_in_targets(*text) : std::string();
  }
  // A C function may be called so.
  const std::string whole(linked);
  return is_entangled(whole) || demangled(whole) ? std::string() : whole;
}

}  // namespace reg
