#include <fcntl.h>
#include <text/hash.h>
#include <unistd.h>
#include <update/stamps.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>
#include <utility>

namespace reg {
namespace {

using Head = StampFile::Head;

constexpr std::uint64_t version = 4;
constexpr std::size_t first_block = std::size_t{16} << 10;
constexpr std::size_t max_path = std::size_t{64} << 10;  // more than any system has

// A source, what was looked at, or a source that concerns a registry.
struct Record {
  std::uint64_t check = 0;  // of all that follows, and of the path
  std::uint64_t key = 0;    // the hash of the path, or of the registry's name
  FileStamp stamp;
  std::uint64_t hash = 0;
  std::uint64_t text = 0;    // where the path begins, from the end of the head
  std::uint64_t length = 0;  // of the path
  std::uint64_t reads = 0;   // what of it is read
};
// They are written as they stand in memory, which must have no gaps.
static_assert(std::has_unique_object_representations_v<Record>);
static_assert(std::is_trivially_copyable_v<Head> && sizeof(Head) == 88);

template <typename T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <typename T>
void copy_from(std::string_view bytes, T& value) {
  std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof value);
}

std::uint64_t check_of(Head head) {
  head.check = 0;
  return hash_of(bytes_of(head));
}
std::uint64_t check_of(const Record& record, std::string_view path) {
  return hash_of(bytes_of(record).substr(sizeof record.check), hash_of(path));
}

Record record_of(std::uint64_t key, std::string_view path, const FileStamp& stamp,
                 std::uint64_t hash, Reads reads) {
  Record record;
  record.key = key;
  record.stamp = stamp;
  record.hash = hash;
  record.length = path.size();
  record.reads = static_cast<std::uint64_t>(reads);
  return record;
}

// All that follows the head.
std::string rest_of(const StampTable& table) {
  std::string records, texts;
  const std::size_t records_size =
      (table.sources.size() + table.looked_at.size() + table.concerns.size()) * sizeof(Record);
  auto add = [&](std::string_view path, Record record) {
    record.text = records_size + texts.size();
    record.check = check_of(record, path);
    records += bytes_of(record);
    texts += path;
  };
  for (const SourceStamp& source : table.sources)
    add(source.path,
        record_of(hash_of(source.path), source.path, source.stamp, source.hash, source.reads));
  for (const LookedAt& name : table.looked_at)
    add(name.path, record_of(hash_of(name.path), name.path, name.stamp, 0, Reads::Whole));
  for (const auto& [registry, source] : table.concerns)
    add(source.path, record_of(registry, source.path, source.stamp, source.hash, source.reads));
  return records + texts + table.sets;
}

Head head_of(const StampTable& table, std::string_view rest) {
  Head head;
  stamps_format_start.copy(head.format, sizeof head.format);
  head.version = version;
  head.cache = table.cache;
  head.bytes = rest.size();
  head.rest_check = hash_of(rest);
  head.sources = static_cast<std::uint32_t>(table.sources.size());
  head.looked_at = static_cast<std::uint32_t>(table.looked_at.size());
  head.concerns = static_cast<std::uint32_t>(table.concerns.size());
  head.settings = static_cast<std::uint32_t>(table.sets.size());
  head.refresh = table.refresh;
  head.had_errors = table.had_errors;
  head.check = check_of(head);
  return head;
}

// Whether its text does: sums that fit do not tell who wrote them.
bool lies_in(const Record& record, std::uint64_t size) {
  return record.text <= size && record.length <= size - record.text;
}

bool knows_reads(const Record& record) {
  return record.reads <= static_cast<std::uint64_t>(Reads::ObjectExports);
}
Reads reads_in(const Record& record) { return static_cast<Reads>(record.reads); }

bool is_known(Refresh refresh) {
  return refresh == Refresh::Warn || refresh == Refresh::Auto || refresh == Refresh::Off;
}

template <typename T>
void sort_by_path_hash(std::vector<T>& entries) {
  std::vector<std::pair<std::uint64_t, T*>> order;
  for (T& entry : entries) order.emplace_back(hash_of(entry.path), &entry);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, std::string_view(a.second->path)) <
           std::pair(b.first, std::string_view(b.second->path));
  });
  std::vector<T> sorted;
  sorted.reserve(entries.size());
  for (auto& [hash, entry] : order) sorted.push_back(std::move(*entry));
  entries = std::move(sorted);
}

}  // namespace

void StampTable::sort() {
  sort_by_path_hash(sources);
  sort_by_path_hash(looked_at);
  std::sort(concerns.begin(), concerns.end(), [](const Concern& a, const Concern& b) {
    return std::pair(a.registry, std::string_view(a.source.path)) <
           std::pair(b.registry, std::string_view(b.source.path));
  });
}

const SourceStamp* StampTable::find(std::string_view path) const {
  const auto before = [](const SourceStamp& source, std::string_view wanted) {
    return std::pair(hash_of(source.path), std::string_view(source.path)) <
           std::pair(hash_of(wanted), wanted);
  };
  const auto found = std::lower_bound(sources.begin(), sources.end(), path, before);
  return found != sources.end() && found->path == path ? &*found : nullptr;
}

// A line for each thing, whose first letter says what it is. Patterns have no control characters.
std::string text_of(std::span<const SourceSet> sets) {
  std::string text;
  for (const SourceSet& set : sets) {
    if (set.all_origins_but) {
      text.append(1, 'r').append(*set.all_origins_but) += '\n';
      continue;
    }
    text += set.manifests ? "m" : "c";
    for (const SourceSet::Reader& reader : set.code)
      text += static_cast<char>('0' + static_cast<int>(reader.language));
    text += '\n';
    for (const SourceEntry& entry : set.patterns) text.append(1, 's').append(entry.pattern) += '\n';
    for (const std::string& pattern : set.exclude) text.append(1, 'x').append(pattern) += '\n';
  }
  return text;
}

std::vector<SourceSet> sets_from(std::string_view text) {
  std::vector<SourceSet> sets;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const char kind = text.front();
    const std::string_view rest = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (kind == 'm' || kind == 'c') {
      sets.push_back({{}, {}, kind == 'm', {}});
      for (const char language : rest)
        sets.back().code.push_back({static_cast<Language>(language - '0'), {}});
    } else if (kind == 'r') {
      sets.emplace_back();
      sets.back().all_origins_but = std::string(rest);
    } else if (!sets.empty() && kind == 's') {
      sets.back().patterns.push_back({std::string(rest), {}});
    } else if (!sets.empty()) {
      sets.back().exclude.emplace_back(rest);
    }
  }
  return sets;
}

void write_stamps(const CacheLock& lock, const StampTable& table) {
  const std::string rest = rest_of(table);
  AtomicFile file(stamps_path(lock.cache()));
  file.write(bytes_of(head_of(table, rest)));
  file.write(rest);
  file.commit();
}

std::optional<StampFile> StampFile::open(const std::filesystem::path& cache, const CacheSum& sum) {
  Descriptor opened(
      ::open(stamps_path(cache).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!opened.is_open()) return std::nullopt;
  StampFile file(std::move(opened));
  if (!file.read_head(sum)) return std::nullopt;
  return file;
}

bool StampFile::read_head(const CacheSum& sum) {
  begin_.resize(first_block);
  const ssize_t got = ::pread(file_.get(), begin_.data(), begin_.size(), 0);
  if (got < static_cast<ssize_t>(sizeof head_)) return false;
  begin_.resize(static_cast<std::size_t>(got));
  copy_from(begin_, head_);
  return begin_.starts_with(stamps_format_start) && head_.version == version &&
         head_.check == check_of(head_) && head_.cache == sum && is_known(head_.refresh);
}

bool StampFile::read_into(void* out, std::size_t size, std::uint64_t offset) const {
  if (offset + size <= begin_.size()) {
    std::memcpy(out, begin_.data() + offset, size);
    return true;
  }
  return ::pread(file_.get(), out, size, static_cast<off_t>(offset)) == static_cast<ssize_t>(size);
}

bool StampFile::ends_at(std::uint64_t offset) const {
  if (begin_.size() < first_block) return begin_.size() == offset;
  char more;
  return ::pread(file_.get(), &more, 1, static_cast<off_t>(offset)) == 0;
}

std::optional<StampTable> StampFile::whole() const {
  const std::uint64_t all_records = std::uint64_t{records()} * sizeof(Record);
  if (head_.bytes > max_file || all_records > head_.bytes ||
      head_.settings > head_.bytes - all_records)
    return std::nullopt;
  std::string rest(head_.bytes, '\0');
  const bool is_read =
      read_into(rest.data(), rest.size(), sizeof head_) && ends_at(sizeof head_ + head_.bytes);
  if (!is_read || hash_of(rest) != head_.rest_check) return std::nullopt;
  StampTable table{head_.cache, head_.refresh, head_.had_errors, {}, {}, {}, {}};
  for (std::size_t i = 0; i < records(); ++i) {
    Record record;
    copy_from(std::string_view(rest).substr(i * sizeof record), record);
    if (!lies_in(record, rest.size()) || !knows_reads(record)) return std::nullopt;
    std::string path = rest.substr(record.text, record.length);
    if (i < head_.sources) {
      table.sources.push_back({std::move(path), record.stamp, record.hash, reads_in(record)});
    } else if (i < size()) {
      table.looked_at.push_back({std::move(path), record.stamp});
    } else {
      table.concerns.push_back(
          {record.key, {std::move(path), record.stamp, record.hash, reads_in(record)}});
    }
  }
  table.sets = rest.substr(rest.size() - head_.settings);
  return table;
}

template <typename Take>
void StampFile::each_record(std::uint64_t begin, std::uint64_t count, std::uint64_t key,
                            Take take) const {
  Record record;
  const auto read = [&](std::uint64_t i) {
    return read_into(&record, sizeof record, sizeof head_ + i * sizeof record);
  };
  std::uint64_t low = begin, high = begin + count;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (!read(middle)) return;
    (record.key < key ? low : high) = record.key < key ? middle + 1 : middle;
  }
  for (; low < begin + count && read(low) && record.key == key; ++low) take(record);
}

std::optional<SourceStamp> StampFile::find(std::string_view path) const {
  std::optional<SourceStamp> found;
  each_record(0, head_.sources, hash_of(path), [&](const Record& record) {
    if (!found && record.check == check_of(record, path))
      found = SourceStamp{std::string(path), record.stamp, record.hash, reads_in(record)};
  });
  return found;
}

std::vector<SourceStamp> StampFile::concerning(std::string_view registry) const {
  std::vector<SourceStamp> found;
  each_record(size(), head_.concerns, hash_of(registry), [&](const Record& record) {
    if (!lies_in(record, head_.bytes) || record.length > max_path) return;
    std::string path(record.length, '\0');
    if (read_into(path.data(), path.size(), sizeof head_ + record.text) &&
        record.check == check_of(record, path))
      found.push_back({std::move(path), record.stamp, record.hash, reads_in(record)});
  });
  return found;
}

}  // namespace reg
