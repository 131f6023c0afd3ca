#include <cache/cache_file.h>
#include <extract/extractor.h>
#include <manifest/line.h>
#include <text/hash.h>
#include <text/json_text.h>
#include <update/declarations_json.h>
#include <update/saved.h>
#include <update/state.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <chrono>
#include <thread>

namespace reg {
namespace fs = std::filesystem;
namespace {

constexpr int version = 7;
// Above this, to verify a cache takes longer than to wait until its stamp tells every change.
constexpr std::uint64_t worth_waiting = std::uint64_t{16} << 20;

std::string first_line(std::string_view rest) {
  return std::string(state_format_start) + std::to_string(version) + ",\"hash\":\"" +
         hex_of(hash_of(rest)) + "\"}\n";
}

Json to_json(const FileStamp& stamp) {
  return {stamp.size, stamp.modified, stamp.changed, stamp.inode};
}

FileStamp stamp_from(const Node& saved) {
  return {natural_at(item(saved, 0)), integer_at(item(saved, 1)), integer_at(item(saved, 2)),
          natural_at(item(saved, 3))};
}

std::uint64_t hash_at(const Node& saved) {
  if (const auto hash = hash_from_hex(text_at(saved))) return *hash;
  throw NotAsSaved();
}

CacheSum sum_at(const Node& saved) {
  if (const auto sum = CacheSum::from_string(text_at(saved))) return *sum;
  throw NotAsSaved();
}

Json to_json(const KnownSource& source) {
  Json json = {{"path", source.path},
               {"kind", source.kind},
               {"stamp", to_json(source.stamp)},
               {"hash", hex_of(source.hash)}};
  // There may be thousands of sources that say little: what is empty is left out.
  const auto put = [&json](const char* key, Json value) {
    if (!value.empty()) json[key] = std::move(value);
  };
  put("symbols_in", source.registries);
  put("acts_on", source.acts_on);
  put("declares", declarations_to_json(*source.declarations));
  put("left_out", lines_to_json(source.left_out));
  put("dropped", lines_to_json(source.dropped));
  put("findings", diagnostics_to_json(source.findings));
  put("found_of", positions_to_json(source.found_of));
  if (source.declared != 0) json["declared"] = hex_of(source.declared);
  return json;
}

KnownSource source_from(const Node& saved) {
  KnownSource source;
  source.path = string_at(member(saved, "path"));
  source.kind = string_at(member(saved, "kind"));
  source.stamp = stamp_from(member(saved, "stamp"));
  source.hash = hash_at(member(saved, "hash"));
  source.registries = strings_of(items_in(saved, "symbols_in"));
  source.acts_on = strings_of(items_in(saved, "acts_on"));
  auto declarations = std::make_shared<Declarations>();
  if (const Node* declares = find_member(saved, "declares"))
    *declarations = saved_declarations(*declares);
  source.left_out = saved_lines(saved, "left_out", *declarations);
  source.dropped = saved_lines(saved, "dropped", *declarations);
  source.declarations = std::move(declarations);
  source.findings = saved_diagnostics(saved, "findings");
  source.found_of = saved_positions(saved, "found_of");
  if (const Node* declared = find_member(saved, "declared")) source.declared = hash_at(*declared);
  return source;
}

State state_from(const Node& saved) {
  State state;
  state.cache = sum_at(member(saved, "cache"));
  state.cache_stamp = stamp_from(member(saved, "cache_stamp"));
  state.facts = parse_context(string_at(member(saved, "facts")), "facts");
  state.code = hash_at(member(saved, "code"));
  state.code_rules = hash_at(member(saved, "code_rules"));
  for (const Node& scan : items_in(saved, "idle_scans"))
    state.idle_scans.push_back(natural_at(scan));
  const Run<Node> sources = items_of(member(saved, "sources"));
  state.sources.reserve(sources.size());
  for (const Node& source : sources) state.sources.push_back(source_from(source));
  return state;
}

std::string text_of(const State& state) {
  Json sources = Json::array();
  for (const KnownSource& source : state.sources) sources.push_back(to_json(source));
  const Json json = {
      {"cache", state.cache.to_string()}, {"cache_stamp", to_json(state.cache_stamp)},
      {"facts", to_text(state.facts)},  // a text: numbers may keep theirs
      {"code", hex_of(state.code)},       {"code_rules", hex_of(state.code_rules)},
      {"idle_scans", state.idle_scans},   {"sources", std::move(sources)}};
  return to_text(json) + '\n';
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

void describe_cache(const fs::path& cache, State& state) {
  state.cache = CacheFile(cache).header().sum;
  const FileStamp stamp = stamp_of(cache);
  while (stamp.size > worth_waiting && noted(stamp) != stamp)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  state.cache_stamp = noted(stamp);
}

}  // namespace

bool KnownSource::failed() const {
  return has_errors(declarations->diagnostics) || has_errors(findings);
}

std::string KnownSource::first_error() const {
  for (const auto* list : {&declarations->diagnostics, &findings}) {
    for (const Diagnostic& each : *list) {
      if (each.severity == Severity::Error) return each.message;
    }
  }
  return {};
}

bool KnownSource::is_bare_object() const {
  return kind == object_extractor().name && !failed() && registries.empty() && left_out.empty() &&
         dropped.empty() && declarations->mentioned.empty();
}

std::optional<State> read_state(const fs::path& cache) {
  try {
    const std::string text = read_file(state_path(cache)).text;
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view rest = std::string_view(text).substr(end);
    if (text.substr(0, end) != first_line(rest)) return std::nullopt;
    std::optional<State> state;
    with_saved(rest, [&](const Node& saved) { state = state_from(saved); });
    return state;
  } catch (const NotAsSaved&) {  // of another program, whose hash is right all the same
  } catch (const StorageError&) {
  } catch (const InputError&) {
  }
  return std::nullopt;
}

void write_state(const CacheLock& lock, State state) {
  describe_cache(lock.cache(), state);
  const std::string rest = text_of(state);
  AtomicFile file(state_path(lock.cache()));
  file.write(first_line(rest));
  file.write(rest);
  file.commit();
}

}  // namespace reg
