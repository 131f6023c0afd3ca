#include "../render/json_array.h"
#include "../render/printable.h"
#include "../render/rows.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <reg/auto_register.h>

namespace reg::app {

namespace {

std::string json_object(const SourceStatus& source) {
  return to_text(Json{{"state", to_string(source.state)},
                      {"kind", source.kind},
                      {"source", source.path},
                      {"why", source.why}});
}

void write_rows(Session& session, const std::vector<SourceStatus>& sources) {
  RowWriter rows(session.out(), session.format(), session.style(),
                 {"state", "kind", "source", "why"});
  for (const SourceStatus& source : sources) {
    rows.add({{to_string(source.state)}, {source.kind}, {source.path}, {source.why}});
  }
  rows.finish();
}

void write_json(Session& session, const std::vector<SourceStatus>& sources) {
  std::string text;
  for (std::size_t at = 0; at < sources.size(); ++at) {
    append_json_separator(text, at);
    text += json_object(sources[at]);
  }
  session.out().write(text);
  close_json_array(session.out(), sources.size());
}

Exit run(Session& session) {
  const std::vector<SourceStatus> sources = source_status(session.workspace());
  if (session.format() == Format::Json) {
    write_json(session, sources);
  } else if (has_columns(session.format())) {
    write_rows(session, sources);
  } else {
    for (const SourceStatus& source : sources) {
      session.out().line(session.format() == Format::Name ? printable(source.path)
                                                          : json_object(source));
    }
  }
  if (sources.empty()) session.messages().note("no sources");
  return Exit::Done;
}

}  // namespace

Action setup_status(Arguments& arguments) {
  arguments.describe(
      "Shows every source of the workspace: fresh, or changed, new, gone or failed since the "
      "cache\n"
      "was written, and why. Writes nothing. `reg auto-register --check` is the same as a test.");
  arguments.exit_codes({"2: registry.toml cannot be read", "5: there is no workspace"});
  return run;
}

}  // namespace reg::app
