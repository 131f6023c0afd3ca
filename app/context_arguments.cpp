#include "context_arguments.h"

#include <fcntl.h>
#include <reg/error.h>
#include <reg/facts.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace reg::app {

namespace {

constexpr std::size_t max_bytes = std::size_t{64} * 1024 * 1024;

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
  Json value = parse_context(text, name);
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

}  // namespace

ContextArguments::ContextArguments(const std::vector<std::string>& arguments) {
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) {
    throw UsageError("--ctx - reads standard input, and can be given once only");
  }
  for (const std::string& text : arguments) {
    if (text == "-") {
      given_.emplace_back(parse_object(read_all(STDIN_FILENO, "standard input"), "standard input"));
    } else if (text.starts_with('@')) {
      given_.emplace_back(context_from_file(text.substr(1)));
    } else if (text.starts_with('{')) {
      given_.emplace_back(parse_object(text, "--ctx"));
    } else if (text.find('=') == std::string::npos) {
      throw UsageError("--ctx \"" + text + "\" is no context",
                       "give it as key=value, @file.json, - (standard input) or {…}");
    } else {
      given_.emplace_back(text);
    }
  }
}

Context ContextArguments::read_for(const RegistryInfo& registry, const Messages& messages) const {
  Context context = Context::object();
  std::vector<Diagnostic> warnings;
  for (const auto& one : given_) {
    const auto* assignment = std::get_if<std::string>(&one);
    merge_context(context, assignment == nullptr
                               ? std::get<Context>(one)
                               : read_fact(registry, *assignment, "--ctx", warnings));
  }
  for (const Diagnostic& warning : warnings) messages.warning(warning.message, warning.hint);
  return context;
}

}  // namespace reg::app
