#include "json_events.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace reg::fleet {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 16;
constexpr std::size_t longest_name = 64;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                  (c >= 'a' && c <= 'z');
         });
}

// The parser's events, with paths.
class Handler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  explicit Handler(const JsonEvents& events) : events_(events) {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    events_.object(path_);
    starts_.push_back(path_.size());
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) { return end(); }
  bool on_array_begin(json::error_code&) {
    starts_.push_back(path_.size());
    path_ += "[]";
    return true;
  }
  bool on_array_end(std::size_t, json::error_code&) { return end(); }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    add(part);
    path_.resize(starts_.back());
    if (!path_.empty()) path_ += '.';
    path_ += is_name(parts_) ? parts_ : "?";
    parts_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    if (parts_.empty()) return scalar(part);
    add(part);
    scalar(std::string_view(parts_));
    parts_.clear();
    return true;
  }
  bool on_number_part(json::string_view part, json::error_code&) { return add(part); }
  bool on_int64(std::int64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_double(double, json::string_view part, json::error_code&) { return number(part); }
  bool on_bool(bool value, json::error_code&) { return scalar(value ? "true" : "false"); }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool add(json::string_view part) {
    parts_.append(part.data(), part.size());
    return true;
  }
  bool end() {
    path_.resize(starts_.back());
    starts_.pop_back();
    return true;
  }
  bool scalar(std::string_view text) {
    events_.scalar(path_, text);
    return true;
  }
  bool scalar(json::string_view text) { return scalar(std::string_view(text.data(), text.size())); }
  bool scalar(const char* text) { return scalar(std::string_view(text)); }
  bool number(json::string_view part) {
    add(part);
    scalar(std::string_view(parts_));
    parts_.clear();
    return true;
  }

  const JsonEvents& events_;
  std::string path_;
  std::vector<std::size_t> starts_;  // where the path of each open object or array ends
  std::string parts_;                // of a name, a string or a number
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool read_json_events(std::string_view text, const JsonEvents& events) {
  json::parse_options options;
  options.max_depth = deepest;
  json::basic_parser<Handler> parser(options, events);
  json::error_code code;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), code);
  return !code && parser.done() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(read), text.end(), is_blank);
}

}  // namespace reg::fleet
