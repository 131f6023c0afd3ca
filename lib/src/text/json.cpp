#include <reg/error.h>
#include <reg/json.h>
#include <text/json_text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

constexpr int max_nesting = 200;

void append_value(std::string& out, const Json& value);

void append_object(std::string& out, const Json& object) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : object.items()) {
    if (!std::exchange(first, false)) out += ',';
    append_value(out, key);
    out += ':';
    append_value(out, value);
  }
  out += '}';
}

void append_array(std::string& out, const Json& array) {
  out += '[';
  bool first = true;
  for (const Json& value : array) {
    if (!std::exchange(first, false)) out += ',';
    append_value(out, value);
  }
  out += ']';
}

void append_string(std::string& out, std::string_view text) {
  std::size_t valid = valid_utf8_prefix(text);
  if (valid == text.size()) return append_quoted(out, text);
  std::string repaired;
  while (valid < text.size()) {
    repaired.append(text, 0, valid);
    repaired += "\uFFFD";
    text.remove_prefix(valid + 1);
    valid = valid_utf8_prefix(text);
  }
  append_quoted(out, repaired.append(text));
}

void append_value(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return append_object(out, value);
    case Json::value_t::array:
      return append_array(out, value);
    case Json::value_t::string:
      return append_string(out, value.get_ref<const std::string&>());
    case Json::value_t::number_float:
      return append_number(out, value.get<double>());
    default:
      out += value.dump();
  }
}

Place place_of(std::string_view text, std::size_t offset, const std::string& name) {
  std::string_view before = text.substr(0, std::min(offset, text.size()));
  auto lines = std::count(before.begin(), before.end(), '\n');
  std::string_view line = before.substr(before.rfind('\n') + 1);
  auto columns = std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  return {name, static_cast<std::uint32_t>(lines) + 1, static_cast<std::uint32_t>(columns) + 1};
}

// The library's message without its own name, code and place.
std::string plain_message(std::string message) {
  if (auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  return "not valid JSON: " + message;
}

// What the parser does not refuse by itself.
class Strictness {
 public:
  explicit Strictness(const std::string& name) : name_(name) {}

  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    const bool opens = event == Event::object_start || event == Event::array_start;
    if (opens && depth >= max_nesting) {
      throw InputError(
          "not usable JSON: nested deeper than " + std::to_string(max_nesting) + " levels", "",
          {name_});
    }
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second) {
      throw InputError("not usable JSON: the key " + parsed.dump() + " stands twice in one object",
                       "", {name_});
    }
    return true;
  }

 private:
  const std::string& name_;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

bool json_equal(const Json& a, const Json& b) { return a == b; }

bool truthy(const Json& value) {
  switch (value.type()) {
    case Json::value_t::boolean:
      return value.get<bool>();
    case Json::value_t::number_integer:
      return value.get<std::int64_t>() != 0;
    case Json::value_t::number_unsigned:
      return value.get<std::uint64_t>() != 0;
    case Json::value_t::number_float:
      return value.get<double>() != 0;
    case Json::value_t::string:
      return !value.get_ref<const std::string&>().empty();
    default:
      return !value.empty();
  }
}

std::string to_text(const Json& value) {
  std::string out;
  append_value(out, value);
  return out;
}

Json parse_json(std::string_view text, const std::string& name) {
  try {
    return Json::parse(text.begin(), text.end(), Strictness(name));
  } catch (const Json::parse_error& error) {
    throw InputError(plain_message(error.what()), "",
                     place_of(text, error.byte == 0 ? 0 : error.byte - 1, name));
  } catch (const Json::exception& error) {
    throw InputError(plain_message(error.what()), "", {name});
  }
}

void merge_context(Context& base, const Context& update) {
  for (const auto& [key, value] : update.items()) {
    auto found = base.find(key);
    if (found != base.end() && found->is_object() && value.is_object()) {
      merge_context(*found, value);
    } else {
      base[key] = value;
    }
  }
}

}  // namespace reg
