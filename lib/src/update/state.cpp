#include <manifest/line.h>
#include <update/declarations_json.h>
#include <update/state.h>
#include <workspace/atomic_file.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

constexpr const char* format = "reg-state";
constexpr int version = 2;

Json to_json(const FileStamp& stamp) {
  return {stamp.size, stamp.modified, stamp.changed, stamp.inode};
}

FileStamp stamp_from(const Json& json) {
  return {json.at(0).get<std::uint64_t>(), json.at(1).get<std::int64_t>(),
          json.at(2).get<std::int64_t>(), json.at(3).get<std::uint64_t>()};
}

Json to_json(const KnownSource& source) {
  return {{"path", source.path},
          {"kind", source.kind},
          {"stamp", to_json(source.stamp)},
          {"failed", source.failed},
          {"edits_store", source.edits_store},
          {"symbols_in", source.registries},
          {"declares", declarations_to_json(source.remainder)}};
}

KnownSource source_from(const Json& json) {
  return {json.at("path").get<std::string>(),
          json.at("kind").get<std::string>(),
          stamp_from(json.at("stamp")),
          json.at("failed").get<bool>(),
          json.at("edits_store").get<bool>(),
          json.at("symbols_in").get<std::vector<std::string>>(),
          declarations_from_json(json.at("declares"))};
}

State state_from(const Json& json) {
  State state;
  state.facts = json.at("facts");
  for (const Json& source : json.at("sources")) state.sources.push_back(source_from(source));
  return state;
}

}  // namespace

bool has_store_edits(const Declarations& declarations) {
  bool directives = std::any_of(declarations.symbols.begin(), declarations.symbols.end(),
                                [](const SymbolRecord& record) { return record.directives; });
  return directives || !declarations.merges.empty() || !declarations.unregistrations.empty();
}

bool State::plain() const {
  return std::none_of(sources.begin(), sources.end(), [](const KnownSource& source) {
    return source.failed || source.edits_store || !source.remainder.symbols.empty();
  });
}

fs::path state_path(const fs::path& cache) {
  return fs::path(cache).replace_extension(".state.json");
}

std::optional<State> read_state(const fs::path& cache) {
  try {
    Json json = Json::parse(read_file(state_path(cache)).text);
    bool ours = json.at("format") == format && json.at("version") == version &&
                stamp_from(json.at("cache")) == stamp_of(cache);
    if (ours) return state_from(json);
  } catch (const Json::exception&) {  // damaged: as if it were lost
  } catch (const StorageError&) {
  } catch (const PredicateError&) {
  }
  return std::nullopt;
}

void write_state(const CacheLock& lock, const State& state) {
  Json sources = Json::array();
  for (const KnownSource& source : state.sources) sources.push_back(to_json(source));
  Json json = {{"format", format},
               {"version", version},
               {"cache", to_json(stamp_of(lock.cache()))},
               {"facts", state.facts},
               {"sources", std::move(sources)}};
  AtomicFile file(state_path(lock.cache()));
  file.write(to_text(json));
  file.commit();
}

}  // namespace reg
