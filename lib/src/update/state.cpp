#include <cache/cache_file.h>
#include <extract/extractor.h>
#include <manifest/line.h>
#include <text/hash.h>
#include <text/json_text.h>
#include <update/declarations_json.h>
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

FileStamp stamp_from(const Json& json) {
  return {json.at(0).get<std::uint64_t>(), json.at(1).get<std::int64_t>(),
          json.at(2).get<std::int64_t>(), json.at(3).get<std::uint64_t>()};
}

template <typename T>
std::optional<T> present(std::optional<T> value) {
  if (!value) throw Json::other_error::create(501, "not a hash", nullptr);
  return value;
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

KnownSource source_from(const Json& json) {
  KnownSource source;
  source.path = json.at("path").get<std::string>();
  source.kind = json.at("kind").get<std::string>();
  source.stamp = stamp_from(json.at("stamp"));
  source.hash = *present(hash_from_hex(json.at("hash").get_ref<const std::string&>()));
  const Json nothing = Json::array(), no_declarations = Json::object();
  const auto part = [&json](const char* key, const Json& otherwise) -> const Json& {
    const auto found = json.find(key);
    return found == json.end() ? otherwise : *found;
  };
  source.registries = part("symbols_in", nothing).get<std::vector<std::string>>();
  source.acts_on = part("acts_on", nothing).get<std::vector<std::string>>();
  auto declarations =
      std::make_shared<Declarations>(declarations_from_json(part("declares", no_declarations)));
  source.left_out = lines_from_json(part("left_out", nothing), *declarations);
  source.dropped = lines_from_json(part("dropped", nothing), *declarations);
  source.declarations = std::move(declarations);
  source.findings = diagnostics_from_json(part("findings", nothing));
  source.found_of = positions_from_json(part("found_of", nothing));
  if (json.contains("declared"))
    source.declared = *present(hash_from_hex(json.at("declared").get_ref<const std::string&>()));
  return source;
}

State state_from(const Json& json) {
  State state;
  state.cache = *present(CacheSum::from_string(json.at("cache").get_ref<const std::string&>()));
  state.cache_stamp = stamp_from(json.at("cache_stamp"));
  state.facts = parse_context(json.at("facts").get_ref<const std::string&>(), "facts");
  state.code = *present(hash_from_hex(json.at("code").get_ref<const std::string&>()));
  state.code_rules = *present(hash_from_hex(json.at("code_rules").get_ref<const std::string&>()));
  state.idle_scans = json.at("idle_scans").get<std::vector<std::size_t>>();
  for (const Json& source : json.at("sources")) state.sources.push_back(source_from(source));
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
    return state_from(Json::parse(rest));
  } catch (const Json::exception&) {  // of another program, whose hash is right all the same
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
