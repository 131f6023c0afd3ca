#include "../object_name.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <reg/text.h>
#include <algorithm>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
};

// An ambiguity is of use only together with what there is to choose from.
Symbol only_implementation(const Cache& cache, const ObjectName& name) {
  try {
    return cache.object_by_id(name.registry, name.oid);
  } catch (const SelectAmbiguity& error) {
    // Several origins may publish one target.
    std::vector<std::string> targets;
    for (const std::string& target : error.targets()) {
      if (std::find(targets.begin(), targets.end(), target) == targets.end())
        targets.push_back(target);
    }
    throw RegistryError(error.kind(), error.what(),
                        "`reg select` chooses among " + joined(targets));
  }
}

Exit run(const Options& options, Session& session) {
  const ObjectName name = object_name_from(options.object);
  return session.answer([&](const Cache& cache) {
    write_one_symbol(session, cache, only_implementation(cache, name));
    return Exit::Done;
  });
}

}  // namespace

Action setup_get(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Prints the target of the only implementation of an oid. Several are an error: `reg select`\n"
      "chooses among them.");
  arguments.positional(options->object, "REGISTRY/OID", "the registry and the identifier");
  arguments.surplus("a registry and an oid are one argument: REGISTRY/OID");
  arguments.exit_codes({"3: no such registry, or no such oid",
                        "4: there are several implementations", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
