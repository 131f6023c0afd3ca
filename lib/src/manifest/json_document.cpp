#include <manifest/document.h>
#include <manifest/json_builder.h>
#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <utility>

namespace reg {
namespace {

namespace json = boost::json;

// The parser's events, passed on.
class Handler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  explicit Handler(JsonBuilder& builder) : builder_(builder) {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return builder_.begin_array(), true; }
  bool on_array_end(std::size_t, json::error_code&) { return builder_.end_array(), true; }
  bool on_object_begin(json::error_code&) { return builder_.begin_object(), true; }
  bool on_object_end(std::size_t, json::error_code&) { return builder_.end_object(), true; }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    return builder_.add_part({part.data(), part.size()}), true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    return builder_.end_string({part.data(), part.size()}), true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    return builder_.add_part({part.data(), part.size()}), true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    return builder_.end_key({part.data(), part.size()}), true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
    return builder_.add_number(static_cast<double>(value)), true;
  }
  bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) {
    return builder_.add_number(static_cast<double>(value)), true;
  }
  bool on_double(double value, json::string_view, json::error_code&) {
    return builder_.add_number(value), true;
  }
  bool on_bool(bool value, json::error_code&) { return builder_.add_bool(value), true; }
  bool on_null(json::error_code&) { return builder_.add_null(), true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  JsonBuilder& builder_;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view code_point_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continues_code_point(text[end])) ++end;
  return text.substr(at, end - at);
}

// What people write into JSON that is not JSON.
std::string hint_for(std::string_view text, std::size_t at) {
  const char c = text[at];
  std::string_view before = text.substr(0, at);
  while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
  if (c == '/' || c == '#') return "JSON has no comments";
  if (c == '\'') return "JSON strings stand in double quotes";
  if ((c == ']' || c == '}') && before.ends_with(',')) {
    return "JSON has no comma after the last element";
  }
  if (static_cast<unsigned char>(c) < 0x20) {
    return "in a string, write control characters as escapes";
  }
  return {};
}

Problem describe(json::error_code code, std::string_view text, std::size_t at) {
  const std::string start = "not valid JSON: ";
  if (code == json::error::too_deep) {
    return {"nested deeper than " + std::to_string(max_nesting) + " levels"};
  }
  if (code == json::error::exponent_overflow) return {"a number too large for a double"};
  if (at >= text.size()) return {start + "the file ends too early", "is it truncated?"};
  if (code == json::error::extra_data) {
    return {start + "text after the end of the document: " + shown(code_point_at(text, at))};
  }
  if (code == json::error::illegal_leading_surrogate ||
      code == json::error::illegal_trailing_surrogate ||
      code == json::error::expected_utf16_escape) {
    return {start + "half a surrogate pair"};
  }
  if (code == json::error::expected_hex_digit) {
    return {start + "expected a hexadecimal digit, got " + shown(code_point_at(text, at))};
  }
  return {start + "unexpected " + shown(code_point_at(text, at)), hint_for(text, at)};
}

json::parse_options options() {
  json::parse_options options;
  options.max_depth = max_nesting;
  options.allow_invalid_utf8 = true;  // the text has been checked as a whole
  return options;
}

}  // namespace

void parse_json_document(const SourceText& source, Problems& problems, DocumentSink& sink) {
  const std::string_view text = source.text;
  if (std::all_of(text.begin(), text.end(), is_blank)) {
    problems.add(Position{1, 1}, {"the file is empty", "an empty JSON manifest is {}"});
    return;
  }
  JsonBuilder builder(source, sink);
  json::basic_parser<Handler> parser(options(), builder);
  json::error_code code;
  std::size_t read = parser.write_some(false, text.data(), text.size(), code);
  while (!code && read < text.size() && is_blank(text[read])) ++read;
  if (!code && read < text.size()) code = json::error::extra_data;
  if (code) {
    problems.add(position_at(text, read), describe(code, text, read));
  } else {
    builder.end_document();
  }
}

}  // namespace reg
