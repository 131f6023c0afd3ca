// Facts and fields as people write them: `key=value`.

#include <reg/facts.h>
#include <reg/text.h>
#include <registration/reads.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t max_names = 101;

// The `=` behind the key; names in back-ticks may have one.
std::size_t equals_sign(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') quoted = !quoted;
    if (text[i] == '=' && !quoted) return i;
  }
  return text.find('=');
}

std::vector<std::string> split_at_dots(std::string_view key) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= key.size();) {
    const std::size_t end = std::min(key.find('.', begin), key.size());
    names.emplace_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

std::vector<std::string> names_of(const std::string& key, const std::string& option) {
  try {
    if (key.find('`') != std::string::npos) return parse_path(key);
  } catch (const PredicateError& error) {
    throw InputError(option + ' ' + in_quotes(key + "=…") + ": " + error.what(), error.hint());
  }
  std::vector<std::string> names = split_at_dots(key);
  if (std::find(names.begin(), names.end(), "") != names.end())
    throw InputError(option + ' ' + in_quotes(key + "=…") + " has an empty key");
  return names;
}

Json nested(const std::vector<std::string>& names, Json value) {
  for (std::size_t i = names.size(); i > 0; --i) {
    Json outer = Json::object();
    outer[names[i - 1]] = std::move(value);
    value = std::move(outer);
  }
  return value;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// False for most plain words: finding that out by parsing takes an exception, which takes longer
// than all else that is done to a context.
bool may_be_json(std::string_view trimmed) {
  if (trimmed.empty()) return false;
  return std::string_view("{[\"-0123456789").find(trimmed.front()) != std::string_view::npos ||
         trimmed == "true" || trimmed == "false" || trimmed == "null";
}

Json json_or_text(std::string_view text) {
  if (!may_be_json(trimmed(text))) return std::string(text);
  try {
    return parse_context(text, "value");
  } catch (const InputError&) {
    return std::string(text);
  }
}

// Brackets around what is no JSON, or the first of them alone.
bool looks_like_json(std::string_view text) {
  text = trimmed(text);
  for (std::string_view brackets : {"[]", "{}"}) {
    if (!text.starts_with(brackets[0])) continue;
    return text.ends_with(brackets[1]) || text.find(brackets[1]) == std::string_view::npos;
  }
  return false;
}

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`';
}
bool is_in_key(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

// `cuda,sm=90`
bool looks_like_two_facts(std::string_view text) {
  for (std::size_t comma = text.find(','); comma != std::string_view::npos;
       comma = text.find(',', comma + 1)) {
    std::string_view rest = trimmed(text.substr(comma + 1));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_in_key);
    if (!rest.empty() && begins_name(rest.front()) && end != rest.end() && *end == '=') return true;
  }
  return false;
}

bool lies_in(std::string_view path, std::string_view outer) {
  return path == outer || (path.starts_with(outer) && path.substr(outer.size()).starts_with('.'));
}

// The facts that a registry knows, because it declares them or its predicates read them.
class KnownFacts {
 public:
  explicit KnownFacts(const RegistryInfo& registry) : registry_(registry) {}

  bool are_declared() const { return !registry_.context.empty(); }

  FieldType type_of(const std::string& path) const {
    for (const Fact& fact : registry_.context) {
      if (fact.path == path) return fact.type;
    }
    return FieldType::Any;
  }

  // What the registry does not know of a value that stands at these names: paths.
  std::vector<std::string> unknown(std::vector<std::string> names, const Json& value) const {
    std::vector<std::string> found;
    collect_unknown(names, value, found);
    return found;
  }

  Diagnostic problem(const std::string& path, const std::string& option) const {
    const std::string whose = "the registry " + in_quotes(registry_.name);
    const std::string message =
        are_declared()
            ? option + ": " + whose + " declares no fact " + in_quotes(path)
            : option + ": no predicate in " + whose + " reads the fact " + in_quotes(path);
    return {are_declared() ? Severity::Error : Severity::Warning, {}, message, hint(path), {}};
  }

 private:
  bool knows(std::string_view path) const {
    if (are_declared()) {
      return std::any_of(registry_.context.begin(), registry_.context.end(),
                         [path](const Fact& fact) { return covers(fact, path); });
    }
    return std::any_of(
        registry_.reads.begin(), registry_.reads.end(),
        [path](const std::string& read) { return lies_in(path, read) || lies_in(read, path); });
  }

  bool knows_below(std::string_view path) const {
    return std::any_of(registry_.context.begin(), registry_.context.end(),
                       [path](const Fact& fact) { return lies_in(fact.path, path); });
  }

  void collect_unknown(std::vector<std::string>& names, const Json& value,
                       std::vector<std::string>& found) const {
    const std::string path = print_path(names);
    if (knows(path)) return;
    if (!value.is_object() || !knows_below(path)) {
      found.push_back(path);
      return;
    }
    for (const auto& [name, part] : value.items()) {
      names.push_back(name);
      collect_unknown(names, part, found);
      names.pop_back();
    }
  }

  std::string hint(const std::string& path) const {
    std::vector<std::string> paths = registry_.reads;
    if (are_declared()) paths.clear();
    for (const Fact& fact : registry_.context) paths.push_back(fact.path);
    for (const std::string& name : {path, path.substr(0, path.find('.'))}) {
      if (std::string near = did_you_mean(name, paths); !near.empty()) return near;
    }
    if (paths.empty()) return {};
    std::string all = are_declared() ? "its facts are " : "they read ";
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < std::min(paths.size(), most); ++i)
      all += (i == 0 ? "" : ", ") + paths[i];
    return paths.size() > most ? all + ", …" : all;
  }

  const RegistryInfo& registry_;
};

void warn_of_slips(const std::string& assignment, const std::string& option,
                   const std::string& given, FieldType type, const Json& value,
                   std::vector<Diagnostic>& warnings) {
  auto warn = [&](const std::string& message, const std::string& hint) {
    warnings.push_back({Severity::Warning, {}, option + ' ' + assignment + message, hint, {}});
  };
  const bool is_text = value.is_string() && value == given;
  if (!is_text) return;
  const bool is_meant = type == FieldType::String || type == FieldType::Version;
  if (looks_like_json(given) && !is_meant) {
    warn(" looks like JSON, and is taken for a text", "in JSON, texts stand in double quotes");
  } else if (looks_like_two_facts(given)) {
    warn(" is one fact, with a text", "every fact has an option of its own");
  }
}

}  // namespace

Assignment parse_assignment(const std::string& text, const std::string& option) {
  if (!is_valid_utf8(text)) throw InputError(option + ' ' + text + " is not UTF-8");
  const std::size_t equals = equals_sign(text);
  if (equals == std::string::npos)
    throw InputError(option + ' ' + in_quotes(text) + " has no `=`", "give it as key=value");
  const std::string key = text.substr(0, equals);
  Assignment assignment{names_of(key, option), text.substr(equals + 1)};
  if (assignment.names.size() > max_names)
    throw InputError(option + ": a key has at most 100 dots");
  return assignment;
}

Json read_value(std::string_view text, FieldType type) {
  const bool is_text = type == FieldType::String || type == FieldType::Version;
  if (!is_text) return json_or_text(text);
  if (trimmed(text) == "null") return nullptr;
  if (Json value = text.starts_with('"') ? json_or_text(text) : Json(); value.is_string())
    return value;
  return std::string(text);
}

Json read_object(const std::string& assignment, const std::string& option) {
  Assignment given = parse_assignment(assignment, option);
  return nested(given.names, read_value(given.value));
}

Json read_info(const RegistryInfo& registry, const std::string& assignment,
               const std::string& option) {
  Assignment given = parse_assignment(assignment, option);
  const Field* field = given.names.size() == 1 ? registry.field(given.names.front()) : nullptr;
  return nested(given.names,
                read_value(given.value, field == nullptr ? FieldType::Any : field->type));
}

Context read_fact(const RegistryInfo& registry, const std::string& assignment,
                  const std::string& option, std::vector<Diagnostic>& warnings) {
  Assignment given = parse_assignment(assignment, option);
  const KnownFacts known(registry);
  const FieldType type = known.type_of(print_path(given.names));
  Json value = read_value(given.value, type);
  warn_of_slips(assignment, option, given.value, type, value, warnings);
  std::vector<Diagnostic> problems;
  const std::string given_as = option + ' ' + assignment;
  for (const std::string& path : known.unknown(given.names, value))
    problems.push_back(known.problem(path, given_as));
  if (known.are_declared() && !problems.empty()) throw InputError(std::move(problems));
  std::move(problems.begin(), problems.end(), std::back_inserter(warnings));
  return nested(given.names, std::move(value));
}

}  // namespace reg
