#include <manifest/scan_values.h>
#include <reg/text.h>
#include <update/local_registry.h>
#include <algorithm>
#include <array>
#include <cstddef>

namespace reg {
namespace {

constexpr std::size_t longest_parameters = 2000, most_parameters = 100;
constexpr std::string_view white = " \t\r\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\f\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\f\n") - begin + 1);
}

// The line that begins at `at`, without its end.
std::string_view line_at(std::string_view content, std::size_t at) {
  return content.substr(at, content.find('\n', at) - at);
}

// The name of the class that the line begins, if it is called like a registry.
std::string_view registry_class_in(std::string_view line) {
  constexpr std::string_view begin = "class ", end = "Registry";
  if (!line.starts_with(begin)) return {};
  const std::string_view rest = line.substr(begin.size());
  const std::string_view name = rest.substr(0, rest.find_first_of(":([ \t"));
  const std::string_view after = trimmed(rest.substr(name.size()));
  const bool is_class = !after.empty() && (after[0] == ':' || after[0] == '(' || after[0] == '[');
  return is_class && name.ends_with(end) && is_identifier(name) ? name : std::string_view();
}

// Whether another part of the module begins with the line. Texts may have lines without
// indentation, which begin otherwise.
bool begins_anew(std::string_view line) {
  const std::string_view beginnings[] = {"class ", "def ", "async def ", "@", "if ", "try:"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view begin) { return line.starts_with(begin); });
}

// Where the class ends that begins at `at`.
std::size_t end_of_class(std::string_view content, std::size_t at) {
  std::size_t next = content.find('\n', at);
  while (next != std::string_view::npos) {
    if (begins_anew(line_at(content, next + 1))) return next + 1;
    next = content.find('\n', next + 1);
  }
  return content.size();
}

// What stands between the parenthesis before `at` and the one that closes it, split at the commas
// between them. Texts with parentheses in them, which defaults seldom are, may end it early.
std::vector<std::string_view> split_parameters(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    const bool closes = c == ')' || c == ']' || c == '}';
    if ((closes || c == ',') && depth == 0) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
    if (closes && depth == 0) return parts;
    if (closes) --depth;
  }
  return {};
}

// The parameters of a method that is called on an instance.
std::optional<std::vector<Parameter>> parameters(std::string_view after_parenthesis) {
  const auto parts = split_parameters(after_parenthesis);
  if (parts.empty() || parts[0] != "self") return std::nullopt;
  std::vector<Parameter> out;
  bool keyword_only = false;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    if (part.starts_with("**") || part == "/" || part.empty()) continue;
    if (part.starts_with('*')) {
      keyword_only = true;
      continue;
    }
    const std::string_view name = trimmed(part.substr(0, part.find_first_of(":=")));
    if (!is_identifier(name) || out.size() == most_parameters) return std::nullopt;
    out.push_back({std::string(name), keyword_only, part.find('=') != std::string_view::npos});
  }
  return out;
}

// Of the last definition of that name, which is the one that is no overload.
std::optional<std::vector<Parameter>> method(std::string_view body, std::string_view name) {
  const std::string begin = "def " + std::string(name);
  std::optional<std::vector<Parameter>> out;
  std::size_t indentation = std::string_view::npos;
  for (std::size_t at = body.find("def "); at != std::string_view::npos;
       at = body.find("def ", at + 1)) {
    std::size_t line = at;
    while (line != 0 && white.find(body[line - 1]) != std::string_view::npos) --line;
    if (line == 0 || body[line - 1] != '\n') continue;
    // Methods stand as deep as the first one does; what is deeper is a function in one.
    indentation = std::min(indentation, at - line);
    if (at - line != indentation || !body.substr(at).starts_with(begin)) continue;
    const std::size_t open = body.find_first_not_of(white, at + begin.size());
    if (open == std::string_view::npos || body[open] != '(') continue;
    out = parameters(body.substr(open + 1, longest_parameters));
  }
  return out;
}

// What registers of a class, if it does.
std::optional<LocalRegistry> read_class(std::string_view body) {
  LocalRegistry out;
  out.with_register = method(body, "register");
  out.with_register_module = method(body, "register_module");
  if (!out.with_register && !out.with_register_module) return std::nullopt;
  out.made_with = method(body, "__init__").value_or(std::vector<Parameter>());
  return out;
}

bool is_one_of(std::string_view name, const std::vector<std::string>& known) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

// The first parameter that is called like one of these.
std::optional<std::size_t> find(const std::vector<Parameter>& parameters,
                                const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (is_one_of(parameters[i].name, names)) return i;
  return std::nullopt;
}

std::string argument(const std::vector<Parameter>& parameters, std::size_t number) {
  const std::string name = in_quotes(parameters[number].name);
  if (parameters[number].keyword_only) return "{ argument = " + name + " }";
  return "{ argument = [" + name + ", " + std::to_string(number) + "] }";
}

struct Roles {
  std::optional<std::size_t> object, name, force;
};

Roles roles_of(const std::vector<Parameter>& parameters) {
  return {find(parameters, {"obj", "object", "cls", "klass", "module", "module_class", "fn", "func",
                            "function", "target", "item", "value", "component"}),
          find(parameters, {"name", "key", "module_name", "alias", "obj_name"}),
          find(parameters, {"force", "override", "overwrite"})};
}

// One method: as a decorator, as a call that is given the object, or both.
class MethodScans {
 public:
  MethodScans(std::string_view method, const std::vector<Parameter>& parameters, std::string define)
      : method_(method),
        parameters_(parameters),
        roles_(roles_of(parameters)),
        define_(std::move(define)) {}

  std::string text() && {
    const bool first_is_object = roles_.object == std::size_t{0};
    const bool needs_object = roles_.object && !parameters_[*roles_.object].optional;
    if (first_is_object || !needs_object) decorator(first_is_object);
    if (roles_.object && !first_is_object) call();
    return std::move(out_);
  }

 private:
  void decorator(bool takes_object) {
    begin("decorator");
    if (!takes_object) out_ += "bare      = \"never\"\n";
    end();
  }

  void call() {
    begin("call     ");
    out_ += "target    = " + argument(parameters_, *roles_.object) + "\n";
    end();
  }

  void begin(std::string_view form) {
    out_ += "[[scan]]\nlanguage  = \"python\"\n";
    out_.append(form).append(" = \"").append(method_).append("\"\n");
    out_ += "registry  = { receiver = true }\n";
  }

  void end() {
    if (roles_.name) out_ += "oid       = " + argument(parameters_, *roles_.name) + "\n";
    if (roles_.force) out_ += "force     = " + argument(parameters_, *roles_.force) + "\n";
    if (!define_.empty()) out_ += "define    = " + define_ + "\n";
    define_.clear();  // once is enough
    out_ += "\n";
  }

  std::string_view method_;
  const std::vector<Parameter>& parameters_;
  Roles roles_;
  std::string define_;
  std::string out_;
};

std::string definition(const LocalRegistry& like, const std::vector<std::string>& classes) {
  std::vector<std::string> quoted;
  for (const std::string& name : classes) quoted.push_back(in_quotes(name));
  std::string out = "{ call = ";
  out += quoted.size() == 1 ? quoted[0] : "[" + joined(quoted) + "]";
  const auto add = [&](std::string_view key, std::optional<std::size_t> number) {
    if (number) out.append(", ").append(key) += " = " + argument(like.made_with, *number);
  };
  auto name = find(like.made_with, {"name", "registry_name", "key"});
  if (!name && !like.made_with.empty()) name = 0;
  add("name", name);
  add("fields", find(like.made_with, {"extra_field", "extra_fields", "fields"}));
  add("scope", find(like.made_with, {"scope"}));
  return out + " }";
}

}  // namespace

std::optional<LocalRegistry> find_local_registry(std::string_view content) {
  for (std::size_t at = 0; at < content.size();) {
    const std::string_view line = line_at(content, at);
    if (const std::string_view name = registry_class_in(line); !name.empty()) {
      const std::size_t begin = std::min(at + line.size(), content.size());
      auto found = read_class(content.substr(begin, end_of_class(content, at) - begin));
      if (found) found->name = name;
      if (found) return found;
    }
    at += line.size() + 1;
  }
  return std::nullopt;
}

std::string scans_for(const LocalRegistry& like, const std::vector<std::string>& classes) {
  std::string define = definition(like, classes), out;
  if (like.with_register) {
    out += MethodScans("register", *like.with_register, define).text();
    define.clear();
  }
  if (like.with_register_module)
    out += MethodScans("register_module", *like.with_register_module, define).text();
  return out;
}

}  // namespace reg
