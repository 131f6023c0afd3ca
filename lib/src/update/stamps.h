#pragma once
// The table of stamps beside a cache, `<cache>.stamps`: what a query needs to know that the cache
// still says what the sources say. It costs no parsing.
//
// It has a head, then a record of fixed size for each source (sorted by the hash of its path), for
// each name that was looked at, and again for each source that concerns answers from others (sorted
// by the hash of the registry), then their texts. The head names the cache by its sum and has a
// checksum of itself and one of all the rest; every record has one of its own, of its text too, so
// that a few can be looked up in a large table. Numbers are as this machine has them: on another
// kind of machine no checksum fits.
//
// What it says stays true: sources like these, with the facts that the cache names, come to a cache
// of that sum. So it may be lost, or left behind by a writer that was killed.

#include <cache/cache_lock.h>
#include <cache/layout.h>
#include <reg/refresh.h>
#include <reg/workspace.h>
#include <workspace/descriptor.h>
#include <workspace/discover.h>
#include <workspace/source_content.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A source as it was when it was last read; or a shared object that is matched, which may be a
// source as well, and whose stamp is that of nothing where there is nothing.
struct SourceStamp {
  std::string path;
  FileStamp stamp;
  std::uint64_t hash = 0;  // of its content
  Reads reads = Reads::Whole;
  friend bool operator==(const SourceStamp&, const SourceStamp&) = default;
};

// Whether it says that there is no such object.
inline bool is_of_nothing(const SourceStamp& known) {
  return known.reads == Reads::ObjectExports && known.stamp == FileStamp{} && known.hash == 0;
}

// A source that can change what is answered of a registry, whichever source the answer is from.
struct Concern {
  std::uint64_t registry = 0;  // the hash of its name; of "": any registry
  SourceStamp source;
  friend bool operator==(const Concern&, const Concern&) = default;
};

struct StampTable {
  CacheSum cache;  // the one that it is about
  Refresh refresh = Refresh::Warn;
  bool had_errors = false;             // some of the sources had, and what is wrong was left out
  std::vector<SourceStamp> sources;    // by the hashes of their paths
  std::vector<LookedAt> looked_at;     // likewise
  std::string sets;                    // what tells sources from other files: `text_of`
  std::vector<Concern> concerns = {};  // by registry, then as `sources`

  // In the order that the file has.
  void sort();
  // What it says of a source, where it is sorted; null: nothing.
  const SourceStamp* find(std::string_view path) const;
  friend bool operator==(const StampTable&, const StampTable&) = default;
};

// Sets of sources as a text, and back: without the numbers of scans, which tell no files apart.
std::string text_of(std::span<const SourceSet> sets);
std::vector<SourceSet> sets_from(std::string_view text);

// Replaces the table of the lock's cache. Throws StorageError (Io).
void write_stamps(const CacheLock& lock, const StampTable& table);

// The open table of a cache. Const functions are safe from any thread.
class StampFile {
 public:
  // nullopt: there is none, or it is damaged, or another cache's.
  static std::optional<StampFile> open(const std::filesystem::path& cache, const CacheSum& sum);

  Refresh refresh() const { return head_.refresh; }
  bool had_errors() const { return head_.had_errors; }
  // The number of sources and of names that were looked at.
  std::size_t size() const { return std::size_t{head_.sources} + head_.looked_at; }
  // All of it; nullopt: it is damaged.
  std::optional<StampTable> whole() const;
  // What it says of a source; nullopt: nothing, or what it says is damaged.
  std::optional<SourceStamp> find(std::string_view path) const;
  // The sources that concern answers of a registry ("": of any), but those that concern any.
  std::vector<SourceStamp> concerning(std::string_view registry) const;

  // The first bytes of the file.
  struct Head {
    char format[16] = {};
    std::uint64_t check = 0;  // of all else in the head
    std::uint64_t version = 0;
    CacheSum cache;
    std::uint64_t bytes = 0, rest_check = 0;  // of what follows the head
    std::uint32_t sources = 0, looked_at = 0, concerns = 0;
    std::uint32_t settings = 0;  // bytes; they end the file
    Refresh refresh = Refresh::Warn;
    bool had_errors = false;
    char unused[6] = {};
  };

 private:
  explicit StampFile(Descriptor file) : file_(std::move(file)) {}
  bool read_head(const CacheSum& sum);
  bool ends_at(std::uint64_t offset) const;
  bool read_into(void* out, std::size_t size, std::uint64_t offset) const;
  // The records from `begin` on, sorted by key, that have this one.
  template <typename Take>
  void each_record(std::uint64_t begin, std::uint64_t count, std::uint64_t key, Take take) const;
  std::size_t records() const { return size() + head_.concerns; }

  Descriptor file_;
  Head head_;
  std::string begin_;  // the first block of the file: all of a small one
};

}  // namespace reg
