#pragma once
// The sidecar of a cache: what incremental runs need and the cache does not say.
//
// It is one JSON document beside the cache, `registry_cache.state.json`. The cache together with it
// holds every declaration of every source: a symbol's line is its declaration, and what did not
// become a line (registries, predicates, merges, symbols that a directive removed, …) is kept here.
// It is not a function of the sources (it has their times), it may be lost at any time, and it
// counts only for the very cache file that it names: without it, the next run reads all sources.

#include <cache/file_lock.h>
#include <reg/json.h>
#include <registration/catalog.h>
#include <workspace/files.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// One source as it was when it was last read.
struct KnownSource {
  std::string path;
  std::string kind;  // the extractor's name
  FileStamp stamp;
  bool failed = false;                  // it had errors: it is read again each time
  bool edits_store = false;             // it acts on what other sources declare (has_store_edits)
  std::vector<std::string> registries;  // that it has symbols in
  Declarations remainder;  // all that it declares besides the cache's lines; `symbols`: those that
                           // were dropped
};

struct State {
  Json facts = Json::object();  // that `when` was evaluated against
  std::vector<KnownSource> sources;

  // Whether nothing in it acts on what other sources declare, so that the lines of one oid follow
  // from its own declarations alone.
  bool plain() const;
};

std::filesystem::path state_path(const std::filesystem::path& cache);

// nullopt: there is none, it cannot be read, or it belongs to another cache file.
std::optional<State> read_state(const std::filesystem::path& cache);
// For the cache as it is now. Throws StorageError (Io).
void write_state(const CacheLock& lock, const State& state);

// Whether these declarations act on what other sources declare.
bool has_store_edits(const Declarations& declarations);

}  // namespace reg
