#include <overview.h>

#include "actions.h"
#include "connected.h"
#include "fleet_commands.h"
#include "render/json_values.h"
#include "render/printable.h"
#include "render/rows.h"

#include <workspace_shelf.h>

namespace reg::app {

namespace {

using fleet::OriginRow;

// As many digits as tell machines apart.
constexpr std::size_t machine_digits = 8;

Json json_of(const OriginRow& row) {
  const auto& head = row.head;
  return {{"origin", row.origin},
          {"symbols", head ? Json(head->symbols) : Json()},
          {"bytes", head ? Json(head->bytes) : Json()},
          {"published", head ? Json(head->published) : Json()},
          {"lease", head && !head->lease.empty() ? Json(head->lease) : Json()},
          {"machine", head ? Json(head->machine) : Json()},
          {"state", to_string(row.state)},
          {"why", row.why}};
}

void write_rows(Session& session, const std::vector<OriginRow>& origins) {
  RowWriter rows(session, {"origin", "symbols", "published", "lease", "machine", "state", "why"});
  for (const OriginRow& row : origins) {
    const fleet::Head head = row.head.value_or(fleet::Head{});
    rows.add({{row.origin},
              Cell::number(row.head ? std::to_string(head.symbols) : ""),
              {head.published},
              {head.lease},
              {head.machine.substr(0, machine_digits)},
              {to_string(row.state)},
              {row.why}});
  }
  rows.finish();
}

void write(Session& session, const std::vector<OriginRow>& origins) {
  JsonValues values(session);
  switch (session.format()) {
    case Format::Json:
    case Format::JsonLines:
      for (const OriginRow& row : origins) values.add(to_text(json_of(row)));
      return values.finish();
    case Format::Name:
      for (const OriginRow& row : origins) session.out().line(printable(row.origin));
      return;
    default:
      write_rows(session, origins);
  }
}

Exit run(Session& session) {
  const Connected here = connected(session);
  const fleet::WorkspaceShelf shelf(here.workspace);
  const std::vector<OriginRow> origins =
      fleet::overview(*here.etcd, here.remote, here.identity, shelf);
  write(session, origins);
  if (origins.empty())
    session.messages().note("nobody publishes to \"" + here.remote.name + "\" so far");
  return Exit::Done;
}

}  // namespace

Action fleet_action(Arguments& arguments) {
  declare_fleet(arguments);
  return run;
}

}  // namespace reg::app
