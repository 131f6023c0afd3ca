#pragma once
// `--ctx`: facts given on the command line.

#include "messages.h"

#include <reg/cache.h>
#include <reg/fact_uses.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <string>
#include <vector>

namespace reg::app {

// What a selection is asked for.
struct AskedContext {
  Context base;   // `[context]`, without what is taken away
  Context given;  // what is laid over it
  // Where each fact comes from, in the shape of the two together: "[context]", "--ctx", "@file",
  // "@host".
  Json origins;
};

// The values of `--ctx`, of which files and standard input are read once.
class ContextArguments {
 public:
  // Each is `key=value`, `~key`, `@file.json`, `@host`, `-` (stdin, once) or `{…}`. Throws
  // UsageError, and InputError with a place in the file.
  explicit ContextArguments(const std::vector<std::string>& arguments);

  // Lays them over each other, later ones winning, key by key; `~key` takes away. `key=value` is
  // read as the registry declares the fact, and what looks like a slip is warned about. Throws
  // InputError, also for what the host says of itself where the registry declares another type.
  AskedContext read_for(const RegistryInfo& registry, Context base, const Messages& messages) const;

 private:
  struct Given {
    enum class Kind : char { Facts, Assignment, TakenAway };
    Kind kind;
    std::string text;    // of an assignment; the key that is taken away
    Context facts = {};  // all others
    std::string origin = "--ctx";
  };
  std::vector<Given> given_;
};

// What is given, but of the host's facts only those that somebody reads.
Context without_unread_host_facts(const AskedContext& asked, const FactUses& uses);

// What `--help` says of `--ctx`.
inline constexpr const char* ctx_help =
    "facts: key=value (of the declared type, else JSON, else\n"
    "text; a.b=1 nests), @file.json, @host (this machine),\n"
    "- (standard input) or {…}; later ones win; '~key'\n"
    "takes a fact away";

}  // namespace reg::app
