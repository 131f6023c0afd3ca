#pragma once
// The sidecar of a cache: what incremental runs need and the cache does not say.
//
// It is one file beside the cache, `<cache>.state`: a line that names the format and a hash of the
// rest, and the rest, one JSON document. The cache together with it holds every declaration of
// every source: a symbol's line is its declaration, and what did not become a line (registries,
// predicates, merges, symbols that were left out, …) is kept here. It is not a function of the
// sources (it has their times), and may be lost or damaged at any time: then the next run reads all
// sources. It counts only for the cache that it names by its sum.

#include <cache/cache_lock.h>
#include <cache/layout.h>
#include <reg/json.h>
#include <registration/catalog.h>
#include <workspace/files.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// One source as it was when it was last read.
struct KnownSource {
  std::string path;
  std::string kind;  // the extractor's name
  FileStamp stamp;
  std::uint64_t hash = 0;               // of its content
  std::vector<std::string> registries;  // that it has symbols in, in the cache
  std::vector<std::string> acts_on;     // where it acts on what others declare
  // What it declares besides symbols, and what was found when it was read.
  std::shared_ptr<const Declarations> declarations;
  std::vector<SymbolRecord> left_out;  // by `when`
  std::vector<SymbolRecord> dropped;   // by what others declare, or on account of an error
  std::vector<Diagnostic> findings;    // what registration found out about it
  std::vector<Position> found_of;      // the declarations that these are about, in their order
  std::uint64_t declared = 0;          // as GatheredSource's

  // There are errors in it: what is wrong was left out.
  bool failed() const;
  std::string first_error() const;
  // It is an object file that declares nothing, as most do.
  bool is_bare_object() const;
};

struct State {
  CacheSum cache;                // the one that it is about
  FileStamp cache_stamp;         // of its file
  Json facts = Json::object();   // that `when` was evaluated against
  std::uint64_t code = 0;        // as GatheredCode's sum
  std::uint64_t code_rules = 0;  // as GatheredCode's rules
  std::vector<std::size_t> idle_scans;
  std::vector<KnownSource> sources;
};

// nullopt: there is none, or it cannot be read, or it is not as it was written.
std::optional<State> read_state(const std::filesystem::path& cache);
// Throws StorageError (Io). What it says of the cache is set here.
void write_state(const CacheLock& lock, State state);

}  // namespace reg
