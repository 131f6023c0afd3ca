#include "context_arguments.h"

#include <fcntl.h>
#include <reg/error.h>
#include <reg/facts.h>
#include <reg/host.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace reg::app {

namespace {

const std::string host_origin = "@host";
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

[[noreturn]] void cannot_read(const std::string& name, std::string hint = {}) {
  throw InputError("cannot read " + name + ": " + std::strerror(errno), std::move(hint));
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
  if (file.number() < 0) cannot_read(path, did_you_mean('@' + path, {host_origin}));
  return parse_object(read_all(file.number(), path), path);
}

// Of `~key`.
std::string key_to_take_away(const std::string& text) {
  const auto equals = std::find(text.begin(), text.end(), '=');
  if (equals != text.end() && std::find(text.begin(), text.end(), '`') == text.end()) {
    throw UsageError("--ctx " + text + " takes a fact away, and gives it no value",
                     "`--ctx '" + std::string(text.begin(), equals) + "'` does");
  }
  return {text.begin() + 1, text.end()};
}

// Notes the origin in the place of every value that is there; an empty object is one only where
// there is nothing that it leaves as it is.
void add_origins(Json& origins, const Json& facts, const std::string& origin) {
  if (!origins.is_object()) origins = Json::object();
  for (const auto& [name, value] : facts.items()) {
    if (value.is_object() && !value.empty()) {
      add_origins(origins[name], value, origin);
    } else if (!value.is_object() || !origins.contains(name)) {
      origins[name] = origin;
    }
  }
}

// What stands in the place of a fact in `origins`; null where the fact is not there.
Json origin_at(const Json& origins, const std::string& path) {
  const Json* origin = &origins;
  for (const std::string& name : parse_path(path)) {
    if (!origin->is_object() || !origin->contains(name)) return {};
    origin = &(*origin)[name];
  }
  return *origin;
}

// Whether something of a fact comes from there.
bool is_from(const Json& origin, const std::string& name) {
  if (!origin.is_object()) return origin == name;
  return std::any_of(origin.begin(), origin.end(),
                     [&](const Json& part) { return is_from(part, name); });
}

Diagnostic misspelled(const std::string& name, const std::string& origin) {
  return {Severity::Warning,
          {},
          origin + ": the name " + in_quotes(name) + " is not the fact " + name,
          "a dot in a name nests nothing: nest the objects, or give `--ctx " + name + "=…`",
          {}};
}

Diagnostic problem_of(WrongFact wrong, const Json& origin) {
  Diagnostic problem{Severity::Error, {}, std::move(wrong.message), std::move(wrong.hint), {}};
  if (origin == "[context]") problem.place.path = Workspace::config_name;
  if (!is_from(origin, host_origin)) return problem;
  problem.message += ", by @host";
  problem.hint = "`--ctx " + shell_word('~' + wrong.path) + "` behind `--ctx @host` takes it away";
  return problem;
}

// Nobody wrote what the host is, so that whoever asks is to know where it comes from.
void check_host_facts(const RegistryInfo& registry, const AskedContext& asked) {
  Context facts = asked.base;
  merge_context(facts, asked.given);
  std::vector<Diagnostic> problems;
  bool of_host = false;
  for (WrongFact& wrong : wrong_facts(registry, facts)) {
    const Json origin = origin_at(asked.origins, wrong.path);
    of_host = of_host || is_from(origin, host_origin);
    problems.push_back(problem_of(std::move(wrong), origin));
  }
  if (of_host) throw InputError(std::move(problems));
}

using PathNames = std::vector<std::string>;

bool begins_with(const PathNames& path, const PathNames& before) {
  return before.size() <= path.size() && std::equal(before.begin(), before.end(), path.begin());
}

// Removes from an object what is of the host and lies neither in nor around one of the paths.
void remove_unread(Json& facts, const Json& origins, const std::vector<PathNames>& read,
                   PathNames& names) {
  for (auto at = facts.begin(); at != facts.end();) {
    names.push_back(at.key());
    const Json origin = origins.is_object() ? origins.value(at.key(), Json()) : Json();
    const auto is_inside = [&](const PathNames& path) { return begins_with(names, path); };
    const auto is_around = [&](const PathNames& path) { return begins_with(path, names); };
    bool remove = false;
    if (std::none_of(read.begin(), read.end(), is_inside)) {
      const bool had_parts = at->is_object() && !at->empty();
      if (had_parts) remove_unread(*at, origin, read, names);
      const bool is_unread = std::none_of(read.begin(), read.end(), is_around);
      remove = had_parts ? at->empty() : is_unread && origin == host_origin;
    }
    names.pop_back();
    at = remove ? facts.erase(at) : std::next(at);
  }
}

// Rather than something in it, or around it.
bool is_read_itself(const FactUse& use) {
  return !use.comparisons.empty() || use.more_comparisons || !use.by_way_of.empty();
}

}  // namespace

Context without_unread_host_facts(const AskedContext& asked, const FactUses& uses) {
  std::vector<PathNames> read;
  for (const FactUse& use : uses.facts) {
    if (is_read_itself(use)) read.push_back(parse_path(use.fact.path));
  }
  Context facts = asked.given;
  PathNames names;
  remove_unread(facts, asked.origins, read, names);
  return facts;
}

ContextArguments::ContextArguments(const std::vector<std::string>& arguments) {
  using Kind = Given::Kind;
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) {
    throw UsageError("--ctx - reads standard input, and can be given once only");
  }
  for (const std::string& text : arguments) {
    if (text == "-") {
      const std::string name = "standard input";
      given_.push_back({Kind::Facts, {}, parse_object(read_all(STDIN_FILENO, name), name), name});
    } else if (text == "@") {
      throw UsageError("--ctx @ needs a file: --ctx @facts.json");
    } else if (text == host_origin) {
      given_.push_back({Kind::Facts, {}, host_facts(), text});
    } else if (text.starts_with('@')) {
      given_.push_back({Kind::Facts, {}, context_from_file(text.substr(1)), text});
    } else if (text.starts_with('{')) {
      given_.push_back({Kind::Facts, {}, parse_object(text, "--ctx")});
    } else if (text.starts_with('~')) {
      given_.push_back({Kind::TakenAway, key_to_take_away(text)});
    } else if (text.find('=') == std::string::npos) {
      throw UsageError("--ctx \"" + text + "\" is no context",
                       "give it as key=value, ~key, @file.json, @host, - (standard input) or {…}");
    } else {
      given_.push_back({Kind::Assignment, text});
    }
  }
}

AskedContext ContextArguments::read_for(const RegistryInfo& registry, Context base,
                                        const Messages& messages) const {
  AskedContext asked{std::move(base), Context::object(), {}};
  add_origins(asked.origins, asked.base, "[context]");
  std::vector<Diagnostic> warnings;
  for (const Given& one : given_) {
    if (one.kind == Given::Kind::TakenAway) {
      const auto path = read_taken_away(registry, one.text, "--ctx", warnings);
      for (Json* facts : {&asked.base, &asked.given, &asked.origins}) take_away(*facts, path);
      continue;
    }
    const Context facts = one.kind == Given::Kind::Facts
                              ? one.facts
                              : read_fact(registry, one.text, "--ctx", warnings);
    for (const std::string& name : misspelled_facts(registry, facts))
      warnings.push_back(misspelled(name, one.origin));
    merge_context(asked.given, facts);
    add_origins(asked.origins, facts, one.origin);
  }
  messages.diagnostics(warnings);
  if (is_from(asked.origins, host_origin)) check_host_facts(registry, asked);
  return asked;
}

}  // namespace reg::app
