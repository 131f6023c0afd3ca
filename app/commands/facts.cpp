#include "../object_name.h"
#include "../render/fact_rows.h"
#include "../render/json_values.h"
#include "../render/printable.h"
#include "../render/rows.h"
#include "commands.h"

#include <reg/fact_uses.h>
#include <reg/host.h>
#include <reg/shapes.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::optional<std::string> object;
  bool host = false;
};

void write_json(Session& session, const std::vector<FactUse>& facts) {
  JsonValues values(session);
  for (const FactUse& use : facts) {
    std::string text;
    append_fact_use(text, use);
    values.add(text);
  }
  values.finish();
}

void write_uses(Session& session, const FactUses& uses) {
  switch (session.format()) {
    case Format::Json:
    case Format::JsonLines:
      return write_json(session, uses.facts);
    case Format::Name:
      for (const FactUse& use : uses.facts) session.out().line(printable(use.fact.path));
      return;
    default:
      write_fact_rows(session, uses.facts);
  }
}

// A registry without symbols, or whose symbols are chosen by nothing, is no error.
Exit show_uses(const ObjectName& name, Session& session, const Cache& cache) {
  if (name.oid.empty()) require_registry(cache, name.registry, "facts");
  const FactUses uses = fact_uses(cache, name.registry, name.oid);
  write_uses(session, uses);
  if (uses.facts.empty()) {
    const std::string whose = name.oid.empty() ? name.registry : name.registry + '/' + name.oid;
    session.messages().note("no predicate in " + whose + " reads a fact");
  }
  return Exit::Done;
}

Exit show_host(Session& session) {
  const Context facts = host_facts();
  const Format format = session.format();
  if (session.wants_json()) {
    session.out().line(to_text(facts));
  } else if (format == Format::Name) {
    for (const LeafFact& fact : leaf_facts(facts)) session.out().line(printable(fact.path));
  } else {
    write_leaf_facts(session, leaf_facts(facts));
  }
  return Exit::Done;
}

ObjectName asked_for(const std::string& object) {
  if (object.find('/') == std::string::npos) return {object, {}};
  return object_name_from(object);
}

Exit run(const Options& options, Session& session) {
  if (options.host) {
    if (options.object) throw UsageError("--host is about this machine, and takes no registry");
    if (session.globals().fresh == FreshFirst::Yes)
      throw UsageError("--host asks no cache, so that there is nothing to be made fresh");
    return show_host(session);
  }
  if (!options.object) {
    throw UsageError("facts needs a registry, or --host",
                     "`reg list` shows the registries; `reg facts --host` this machine's facts");
  }
  const ObjectName name = asked_for(*options.object);
  return session.answer([&](const Cache& cache) { return show_uses(name, session, cache); });
}

}  // namespace

Action setup_facts(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Shows the facts that the predicates of a registry, or of one oid in it, depend on: their "
      "declared types, what they are compared with (named predicates are written out; of a "
      "candidate's field, the values that candidates have), their values in [context], how many "
      "candidates read them, and where these are declared. With --host, the facts of this machine "
      "that --ctx @host stands for, which needs no workspace.");
  arguments.positional(options->object, "REGISTRY[/OID]", "the registry, and the identifier in it");
  arguments.flag(options->host, "--host",
                 "show this machine's facts; with -o json, as --ctx @host\nuses them");
  arguments.surplus("a registry and an oid are one argument: REGISTRY/OID");
  arguments.exit_codes({"2: neither a registry nor --host, or both",
                        "3: no such registry, or no such oid", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
