#include "../render/json_array.h"
#include "../render/pin_effect.h"
#include "../render/printable.h"
#include "../render/rows.h"
#include "../render/text.h"
#include "../update_hint.h"
#include "commands.h"

#include <reg/cache.h>
#include <reg/status.h>
#include <algorithm>

namespace reg::app {

namespace {

Json cache_json(const Status& status, const std::string& path) {
  return {{"path", path},
          {"state", to_string(status.cache)},
          {"why", status.why},
          {"frozen", status.frozen},
          {"symbols", status.symbols},
          {"define", status.define}};
}

Json source_json(const SourceStatus& source) {
  return {{"state", to_string(source.state)},
          {"kind", source.kind},
          {"source", source.path},
          {"why", source.why}};
}

Json failure_json(const FailedLibrary& failure) {
  return {{"library", failure.library}, {"target", failure.target}, {"declared", failure.declared},
          {"failure", failure.failure}, {"reason", failure.reason}, {"noticed", failure.noticed}};
}

// A pin with what it does.
struct PinLine {
  PinStatus status;
  Applying applying;
};

std::vector<PinLine> pin_lines(const Status& status, const Workspace& workspace) {
  std::vector<PinLine> lines;
  if (status.pins.empty() || status.cache != CacheState::Well) return lines;
  const Cache cache = Cache::open(workspace);
  for (const PinStatus& pin : status.pins)
    lines.push_back({pin, applying_of(cache, pin.registry, pin.pin)});
  return lines;
}

std::string effect_of(const PinLine& pin) {
  if (!pin.status.registered) return "none: it is not registered";
  if (pin.applying.verdict == Verdict::Never) return "none: it " + never_applies(pin.applying);
  return "wins wherever it applies";
}

Json pin_json(const PinLine& line) {
  const PinStatus& pin = line.status;
  return {
      {"registry", pin.registry},     {"oid", pin.pin.oid},
      {"target", pin.pin.target},     {"reason", pin.pin.reason},
      {"registered", pin.registered}, {"never_applies", line.applying.verdict == Verdict::Never}};
}

// A member of an object, behind others, whose value is an array with an element a line.
template <typename Items, typename ToJson>
void append_list(std::string& text, const char* name, const Items& items, ToJson to_json) {
  text += std::string(",\"") + name + "\":";
  for (std::size_t at = 0; at < items.size(); ++at) {
    append_json_separator(text, at);
    text += to_text(to_json(items[at]));
  }
  text += items.empty() ? "[]" : "\n]";
}

std::string cache_line(const Status& status, const std::string& path) {
  std::string text = "cache: ";
  text += status.cache == CacheState::Broken ? status.why : to_string(status.cache);
  if (status.frozen) text += ", locked by `reg lock`";
  if (status.cache == CacheState::Well) {
    text += ", " + counted(status.symbols, "symbol", "symbols") + define_options(status.define);
    if (!status.left_out.empty())
      text += " (" + grouped(status.left_out.size()) + " left out by `when`)";
    if (status.code != 0)
      text += "; " + counted(status.code, "file of code declares", "files of code declare") +
              " nothing";
    if (status.objects != 0)
      text += "; " + counted(status.objects, "object file declares", "object files declare") +
              " nothing";
    if (!status.seen.empty())
      text += "; " + grouped(status.seen.size()) + " seen in code, and not registrable";
  }
  return text + "; " + path;
}

// What an origin publishes and cannot be used is nothing that a run could mend.
bool is_fresh(const SourceStatus& source) {
  return source.state == SourceState::Fresh ||
         (source.state == SourceState::Failed && source.kind == "remote");
}

void write_rows(Session& session, const Status& status) {
  RowWriter rows(session, {"state", "kind", "source", "why"});
  for (const SourceStatus& source : status.sources) {
    rows.add({{to_string(source.state)}, {source.kind}, {source.path}, {source.why}});
  }
  rows.finish();
}

void write_json(Session& session, const Status& status, const std::vector<PinLine>& pins,
                const std::string& path) {
  std::string text = "{\"cache\":" + to_text(cache_json(status, path));
  append_list(text, "sources", status.sources, source_json);
  append_list(text, "failures", status.failures, failure_json);
  append_list(text, "pins", pins, pin_json);
  session.out().write(text + "}\n");
}

// Below the sources, which are what the command is about.
void write_failures(Session& session, const Status& status) {
  if (status.failures.empty()) return;
  session.out().line("");
  RowWriter rows(session, {"failure", "library", "why"});
  for (const FailedLibrary& failure : status.failures)
    rows.add({{failure.failure}, {failure.library}, {failure.reason}});
  rows.finish();
}

void write_pins(Session& session, const std::vector<PinLine>& pins) {
  if (pins.empty()) return;
  session.out().line("");
  RowWriter rows(session, {"pinned", "target", "effect", "reason"});
  for (const PinLine& pin : pins)
    rows.add({{pin.status.registry + '/' + pin.status.pin.oid},
              {pin.status.pin.target},
              {effect_of(pin)},
              {pin.status.pin.reason}});
  rows.finish();
}

void write_left_out(Session& session, const Status& status) {
  for (const LeftOut& symbol : status.left_out) {
    session.messages().note(symbol.place.to_string() + ": " + symbol.registry + '/' + symbol.oid +
                            ' ' + symbol.target + " is left out: when " + symbol.when);
  }
}

void write_hint(const Session& session, const UpdateHint& hint, const std::string& what) {
  session.messages().note(hint.works ? hint.text + " to " + what : "to " + what + ": " + hint.text);
}

void write_seen(Session& session, const Status& status) {
  for (const Diagnostic& each : status.seen)
    session.messages().note(each.place.to_string() +
                            ": seen, and not registrable: " + each.message);
}

Exit run(Session& session) {
  const Workspace workspace = session.workspace();
  const Status status = reg::status(workspace);
  const std::vector<PinLine> pins = pin_lines(status, workspace);
  const std::string path = workspace.cache().string();
  Output& out = session.out();
  switch (session.format()) {
    case Format::Json:
      write_json(session, status, pins, path);
      break;
    case Format::JsonLines:
      out.line(to_text(Json{{"cache", cache_json(status, path)}}));
      for (const SourceStatus& source : status.sources) out.line(to_text(source_json(source)));
      for (const FailedLibrary& failure : status.failures) out.line(to_text(failure_json(failure)));
      for (const PinLine& pin : pins) out.line(to_text(pin_json(pin)));
      break;
    case Format::Name:
      for (const SourceStatus& source : status.sources) out.line(printable(source.path));
      break;
    case Format::Table:
      out.line(printable(cache_line(status, path)));
      write_rows(session, status);
      write_failures(session, status);
      write_pins(session, pins);
      break;
    default:
      write_rows(session, status);
  }
  if (session.verbose()) write_left_out(session, status);
  if (session.verbose()) write_seen(session, status);
  const bool fresh = status.cache == CacheState::Well &&
                     std::all_of(status.sources.begin(), status.sources.end(), is_fresh);
  const std::string what =
      status.cache == CacheState::Missing ? "make the cache" : "bring the cache up to date";
  if (!fresh) write_hint(session, update_hint(session.globals(), workspace, status.define), what);
  return Exit::Done;
}

}  // namespace

Action setup_status(Arguments& arguments) {
  arguments.describe(
      "Shows how the cache is, and every source of the workspace: fresh, or changed, new, gone or\n"
      "failed since the cache was written, and why. Writes nothing. `reg auto-register --check` "
      "is\n"
      "the same as a test. Libraries that a program could not load are listed, with the reason, as "
      "long as\n"
      "neither they nor what they depend on changed; so are pins (`reg pin`), with their effect. "
      "With -v, also "
      "the symbols that their `when` "
      "leaves out,\n"
      "and what was seen in code and is not registrable.");
  arguments.exit_codes({"2: registry.toml cannot be used", "5: there is no workspace"});
  return run;
}

}  // namespace reg::app
