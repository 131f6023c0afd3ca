#include "context_arguments.h"

#include <fcntl.h>
#include <reg/error.h>
#include <text/json_text.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace reg::app {

namespace {

constexpr std::size_t max_bytes = std::size_t{64} * 1024 * 1024;
constexpr std::ptrdiff_t max_dots = 100;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void cannot_read(const std::string& name) {
  throw InputError("cannot read " + name + ": " + std::strerror(errno));
}

std::string read_all(int descriptor, const std::string& name) {
  std::string text;
  constexpr std::size_t step = 64 * 1024;
  for (;;) {
    const std::size_t size = text.size();
    text.resize(size + step);
    const ssize_t got = read(descriptor, text.data() + size, step);
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return text;
    if (got < 0 && errno != EINTR) cannot_read(name);
    if (text.size() > max_bytes) throw InputError(name + " is larger than 64 MiB");
  }
}

Context parse_object(const std::string& text, const std::string& name) {
  Json value = parse_json(text, name);
  if (!value.is_object()) {
    throw InputError("a context is a JSON object, and " + name + " holds something else", {},
                     {name});
  }
  return value;
}

Context context_from_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) cannot_read(path);
  return parse_object(read_all(file.number(), path), path);
}

// False for most plain words: finding that out by parsing takes an exception, which takes longer
// than all else that is done to a context.
bool may_be_json(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return false;
  text = text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
  return std::string_view("{[\"-0123456789").find(text.front()) != std::string_view::npos ||
         text == "true" || text == "false" || text == "null";
}

Json value_from(const std::string& text) {
  if (!may_be_json(text)) return text;
  try {
    return parse_json(text, "value");
  } catch (const InputError&) {
    return text;
  }
}

void require_utf8(const std::string& option, const std::string& text) {
  if (!is_valid_utf8(text)) throw UsageError(option + ' ' + text + " is not UTF-8");
}

// `{"a":{"b":value}}` for the key `a.b`.
Json nested(const std::string& option, const std::string& key, Json value) {
  if (std::count(key.begin(), key.end(), '.') > max_dots) {
    throw UsageError(option + ": a key has at most 100 dots");
  }
  if (key.empty() || key.front() == '.' || key.back() == '.' ||
      key.find("..") != std::string::npos) {
    throw UsageError(option + " \"" + key + "=…\" has an empty key");
  }
  for (std::size_t end = key.size();;) {
    const std::size_t dot = key.rfind('.', end - 1);
    const std::size_t begin = dot == std::string::npos ? 0 : dot + 1;
    Json outer = Json::object();
    outer[key.substr(begin, end - begin)] = std::move(value);
    value = std::move(outer);
    if (begin == 0) return value;
    end = dot;
  }
}

}  // namespace

Json assignment(const std::string& option, const std::string& text) {
  require_utf8(option, text);
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    throw UsageError(option + " \"" + text + "\" has no `=`", "give it as key=value");
  }
  return nested(option, text.substr(0, equals), value_from(text.substr(equals + 1)));
}

Context context_from(const std::vector<std::string>& arguments) {
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) {
    throw UsageError("--ctx - reads standard input, and can be given once only");
  }
  Context context = Context::object();
  for (const std::string& text : arguments) {
    if (text == "-") {
      merge_context(context,
                    parse_object(read_all(STDIN_FILENO, "standard input"), "standard input"));
    } else if (text.starts_with('@')) {
      merge_context(context, context_from_file(text.substr(1)));
    } else if (text.starts_with('{')) {
      merge_context(context, parse_object(text, "--ctx"));
    } else if (text.find('=') == std::string::npos) {
      throw UsageError("--ctx \"" + text + "\" is no context",
                       "give it as key=value, @file.json, - (standard input) or {…}");
    } else {
      merge_context(context, assignment("--ctx", text));
    }
  }
  return context;
}

}  // namespace reg::app
