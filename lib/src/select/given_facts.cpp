// Facts and fields as people write them: `key=value`.

#include <reg/facts.h>
#include <reg/text.h>
#include <registration/known_facts.h>
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

// The names of a key; `given`: the option and the argument, for messages.
std::vector<std::string> names_of(const std::string& key, std::string given) try {
  constexpr std::size_t longest = 200;
  if (given.size() > longest) given = given.substr(0, given.find(' '));
  std::vector<std::string> names =
      key.find('`') == std::string::npos ? split_at_dots(key) : parse_path(key);
  if (std::find(names.begin(), names.end(), "") != names.end())
    throw InputError(given + " has an empty key");
  if (names.size() > max_names) throw InputError(given + ": a key has at most 100 dots");
  return names;
} catch (const PredicateError& error) {
  throw InputError(given + ": " + error.what(), error.hint());
}

void require_utf8(const std::string& text, const std::string& option) {
  if (!is_valid_utf8(text)) throw InputError(option + ' ' + text + " is not UTF-8");
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

// As Python, SQL and others write what JSON writes in small letters.
bool is_word_of_others(std::string_view text) {
  constexpr std::string_view words[] = {"True",  "False", "None", "TRUE",
                                        "FALSE", "NULL",  "Null", "nil"};
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

// Quotes that no JSON has.
bool is_in_other_quotes(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> quotes[] = {
      {"'", "'"}, {"`", "`"}, {"“", "”"}, {"„", "“"}, {"‘", "’"}, {"«", "»"}};
  return std::any_of(std::begin(quotes), std::end(quotes), [text](const auto& pair) {
    return text.size() >= pair.first.size() + pair.second.size() && text.starts_with(pair.first) &&
           text.ends_with(pair.second);
  });
}

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`';
}
bool is_in_key(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

// `cuda,sm=90`; and with another separator, where what follows is the name of something.
bool looks_like_two_facts(std::string_view text, const std::vector<std::string>& names) {
  constexpr std::string_view separators = ",;& \t\n";
  for (std::size_t at = text.find_first_of(separators); at != std::string_view::npos;
       at = text.find_first_of(separators, at + 1)) {
    const std::string_view rest = trimmed(text.substr(at + 1));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_in_key);
    if (rest.empty() || !begins_name(rest.front()) || end == rest.end() || *end != '=') continue;
    const std::string_view name(rest.begin(), end);
    if (text[at] == ',' || std::find(names.begin(), names.end(), name) != names.end()) return true;
  }
  return false;
}

void warn_of_slips(const std::string& assignment, const std::string& option,
                   const std::string& given, FieldType type, const Json& value,
                   const std::vector<std::string>& names, std::vector<Diagnostic>& warnings) {
  auto warn = [&](const std::string& message, const std::string& hint) {
    warnings.push_back({Severity::Warning, {}, option + ' ' + assignment + message, hint, {}});
  };
  const bool is_text = value.is_string() && value == given;
  if (!is_text) return;
  const bool is_meant = type == FieldType::String || type == FieldType::Version;
  if (looks_like_json(given) && !is_meant) {
    warn(" looks like JSON, and is taken for a text",
         "in JSON, texts stand in double quotes; single ones around all of it keep them from the "
         "shell");
  } else if (is_word_of_others(given) && !is_meant) {
    warn(" is taken for a text", "JSON has true, false and null");
  } else if (looks_like_two_facts(given, names)) {
    warn(" is one value, a text", "each has an option of its own");
  } else if (given.starts_with('=')) {
    warn(" has a text that begins with \"=\"", "one `=` is enough");
  } else if (is_in_other_quotes(given)) {
    warn(" has a text with its quotes", "leave them out");
  } else if (trimmed(given).size() != given.size()) {
    warn(" has a text that begins or ends with a blank", "");
  }
}

// What is said of a fact that the registry does not know.
Diagnostic problem_of(const KnownFacts& known, const std::string& path, const std::string& given) {
  const std::string whose = "the registry " + in_quotes(known.registry());
  std::string message = given + ": ";
  if (!known.are_declared()) {
    message += "no predicate in " + whose + " reads the fact " + in_quotes(path);
  } else if (known.knows_below(path)) {
    message += in_quotes(path) + " is an object in " + whose;
  } else {
    message += whose + " declares no fact " + in_quotes(path);
  }
  const Severity severity = known.are_declared() ? Severity::Error : Severity::Warning;
  return {severity, {}, message, known.hint(path), {}};
}

}  // namespace

Assignment parse_assignment(const std::string& text, const std::string& option) {
  require_utf8(text, option);
  const std::size_t equals = equals_sign(text);
  if (equals == std::string::npos)
    throw InputError(option + ' ' + in_quotes(text) + " has no `=`", "give it as key=value");
  const std::string key = text.substr(0, equals);
  return {names_of(key, option + ' ' + in_quotes(key + "=…")), text.substr(equals + 1)};
}

Json read_value(std::string_view text, FieldType type) {
  const bool is_text = type == FieldType::String || type == FieldType::Version;
  if (!is_text) return json_or_text(text);
  if (trimmed(text) == "null") return nullptr;
  if (Json value = text.starts_with('"') ? json_or_text(text) : Json(); value.is_string())
    return value;
  return std::string(text);
}

Json read_object(const std::string& assignment, const std::string& option,
                 std::vector<Diagnostic>& warnings) {
  return read_info({}, assignment, option, warnings);
}

Json read_info(const RegistryInfo& registry, const std::string& assignment,
               const std::string& option, std::vector<Diagnostic>& warnings) {
  Assignment given = parse_assignment(assignment, option);
  const Field* field = given.names.size() == 1 ? registry.field(given.names.front()) : nullptr;
  const FieldType type = field == nullptr ? FieldType::Any : field->type;
  Json value = read_value(given.value, type);
  std::vector<std::string> names;
  for (const Field& one : registry.fields) names.push_back(one.name);
  warn_of_slips(assignment, option, given.value, type, value, names, warnings);
  return nested(given.names, std::move(value));
}

namespace {

// Reports what the registry does not know of a value that is given at these names.
void check_known(const KnownFacts& known, const std::vector<std::string>& names, const Json& value,
                 const std::string& given, std::vector<Diagnostic>& warnings) {
  std::vector<Diagnostic> problems;
  for (const std::string& path : known.unknown(names, value))
    problems.push_back(problem_of(known, path, given));
  if (known.are_declared() && !problems.empty()) throw InputError(std::move(problems));
  std::move(problems.begin(), problems.end(), std::back_inserter(warnings));
}

}  // namespace

Context read_fact(const RegistryInfo& registry, const std::string& assignment,
                  const std::string& option, std::vector<Diagnostic>& warnings) {
  Assignment given = parse_assignment(assignment, option);
  const KnownFacts known(registry);
  const FieldType type = known.type_of(print_path(given.names));
  Json value = read_value(given.value, type);
  warn_of_slips(assignment, option, given.value, type, value, known.paths(), warnings);
  check_known(known, given.names, value, option + ' ' + assignment, warnings);
  return nested(given.names, std::move(value));
}

std::vector<std::string> read_taken_away(const RegistryInfo& registry, const std::string& key,
                                         const std::string& option,
                                         std::vector<Diagnostic>& warnings) {
  require_utf8(key, option);
  const std::string given = option + " ~" + key;
  std::vector<std::string> names = names_of(key, given);
  check_known(KnownFacts(registry), names, nullptr, given, warnings);
  return names;
}

void take_away(Context& facts, std::span<const std::string> path) {
  if (path.empty()) return;
  Json* holder = &facts;
  for (const std::string& name : path.first(path.size() - 1)) {
    const auto found = holder->is_object() ? holder->find(name) : holder->end();
    if (found == holder->end()) return;
    holder = &*found;
  }
  if (holder->is_object()) holder->erase(path.back());
}

}  // namespace reg
