#include "../object_name.h"
#include "../render/printable.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
};

Exit run(const Options& options, Session& session) {
  const ObjectName name = object_name_from(options.object);
  const Cache cache = session.open_cache();
  write_one_symbol(session, cache, cache.object_by_id(name.registry, name.oid));
  return Exit::Done;
}

}  // namespace

Action setup_get(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Prints the target of the only implementation of an oid. Several are an error: `reg select`\n"
      "chooses among them.");
  arguments.positional(options->object, "REGISTRY/OID", "the registry and the identifier");
  arguments.exit_codes({"3: no such registry, or no such oid",
                        "4: there are several implementations", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
