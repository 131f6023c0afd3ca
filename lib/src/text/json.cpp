#include <reg/error.h>
#include <reg/json.h>
#include <text/json_text.h>
#include <text/kept_number.h>
#include <text/utf8.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t max_nesting = 200;

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
    case Json::value_t::binary:
      if (is_kept_number(value)) {
        out += binary_text(value);
        return;
      }
      [[fallthrough]];
    default:
      out += value.dump();
  }
}

Place place_of(std::string_view text, std::size_t offset, const std::string& name) {
  std::string_view before = text.substr(0, std::min(offset, text.size()));
  auto lines = std::count(before.begin(), before.end(), '\n');
  std::string_view line = before.substr(before.rfind('\n') + 1);
  const std::size_t columns = count_code_points(line);
  return {name, static_cast<std::uint32_t>(lines) + 1, static_cast<std::uint32_t>(columns) + 1};
}

// The library's message without its own name, code and place.
std::string plain_message(std::string message) {
  if (auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  return "not valid JSON: " + message;
}

// What becomes of a number's text.
enum class NumberText : bool { Dropped, Kept };

// Builds a value from what the parser reads, and refuses what the parser does not: keys that stand
// twice, and deep nesting.
class Builder {
 public:
  Builder(std::string_view text, const std::string& name, NumberText numbers)
      : text_(text), name_(name), numbers_(numbers) {}

  Json take() { return std::move(root_); }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(Json::number_integer_t value) { return add(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(value); }
  bool number_float(double value, const std::string& text) {
    return add(numbers_ == NumberText::Kept ? number_of(text, value) : Json(value));
  }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // no JSON text has one

  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    auto [member, added] = open_.back()->get_ref<Json::object_t&>().try_emplace(name);
    if (!added) fail("the key " + to_text(name) + " stands twice in one object");
    member_ = &member->second;
    return true;
  }

  [[noreturn]] bool parse_error(std::size_t, const std::string&, const Json::exception& error) {
    Place where{name_};
    if (const auto* unexpected = dynamic_cast<const Json::parse_error*>(&error))
      where = place_of(text_, unexpected->byte == 0 ? 0 : unexpected->byte - 1, name_);
    throw InputError(plain_message(error.what()), "", std::move(where));
  }

 private:
  bool add(Json value) {
    place(std::move(value));
    return true;
  }

  bool open(Json empty) {
    if (open_.size() >= max_nesting)
      fail("nested deeper than " + std::to_string(max_nesting) + " levels");
    open_.push_back(&place(std::move(empty)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Where the next value stands. What is open is not moved: nothing is added beside it before it is
  // closed.
  Json& place(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->is_object()) return *member_ = std::move(value);
    auto& elements = open_.back()->get_ref<Json::array_t&>();
    return elements.emplace_back(std::move(value));
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError("not usable JSON: " + what, "", {name_});
  }

  const std::string_view text_;
  const std::string& name_;
  const NumberText numbers_;
  Json root_;
  std::vector<Json*> open_;  // the objects and arrays around the next value
  Json* member_ = nullptr;   // of the innermost, if it is an object: the member that is next
};

Json parsed(std::string_view text, const std::string& name, NumberText numbers) {
  Builder builder(text, name, numbers);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

}  // namespace

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
    case Json::value_t::binary:
      return !is_kept_number(value) || kept_value(value) != 0;
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
  return parsed(text, name, NumberText::Dropped);
}

Json parse_context(std::string_view text, const std::string& name) {
  return parsed(text, name, NumberText::Kept);
}

bool keeps_text(const Json& value) {
  return is_kept_number(value) ||
         (value.is_structured() && std::any_of(value.begin(), value.end(), keeps_text));
}

Json plain_numbers(Json value) {
  if (is_kept_number(value)) return kept_value(value);
  if (value.is_structured()) {
    for (Json& part : value) part = plain_numbers(std::move(part));
  }
  return value;
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
