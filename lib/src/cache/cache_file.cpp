#include <cache/cache_file.h>
#include <cache/line_reader.h>
#include <fcntl.h>
#include <manifest/line.h>
#include <manifest/text_walk.h>
#include <sys/stat.h>
#include <text/json_scalar.h>
#include <text/json_text.h>
#include <unistd.h>
#include <workspace/io_error.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace reg {

namespace {

constexpr const char* make_hint = "run `reg auto-register` to make it";
constexpr const char* rebuild_hint = "run `reg auto-register` to rebuild it";
// A range this small is read at once: one more system call costs more than a few more lines to look
// at.
constexpr std::uint64_t small_range = std::uint64_t{8} << 10;

[[noreturn]] void failed(const std::string& doing, const std::filesystem::path& path, int error) {
  StorageError found = io_error(doing, path, error);
  if (error != ESTALE) throw found;
  throw StaleCache(found.kind(), found.what(), "another machine replaces it: try again");
}

[[noreturn]] void cannot_open(const std::filesystem::path& path, int error) {
  if (error != ENOENT && error != ENOTDIR) failed("open the cache", path, error);
  throw MissingCache(ErrorKind::Cache, "there is no cache at " + path.string(), make_hint);
}

// Of a path that is not empty; the current folder may be gone.
std::filesystem::path made_absolute(const std::filesystem::path& path) {
  std::error_code error;
  if (path.empty()) return path;
  std::filesystem::path whole = std::filesystem::absolute(path, error);
  return error ? path : whole.lexically_normal();
}

}  // namespace

CacheFile::CacheFile(std::filesystem::path path, const std::filesystem::path& root)
    : path_(std::move(path)), absolute_(made_absolute(path_)), root_(made_absolute(root)) {
  // O_NONBLOCK: the opening of a FIFO must not wait for a writer; it is refused right after.
  file_ = Descriptor(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file_.is_open()) cannot_open(path_, errno);
  read_header();
}

CacheFile::~CacheFile() = default;

void CacheFile::broken(const std::string& what) const {
  throw BrokenCache("the cache " + path_.string() + " is broken: " + what, what, rebuild_hint);
}

void CacheFile::refuse(const std::string& why) const {
  throw StorageError(ErrorKind::Cache, "the cache " + path_.string() + ' ' + why, rebuild_hint);
}

void CacheFile::read_header() {
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) failed("read the cache", path_, errno);
  if (!S_ISREG(status.st_mode)) refuse("is not a regular file");
  auto file_size = static_cast<std::uint64_t>(status.st_size);
  std::string text(std::min<std::uint64_t>(file_size, layout::header_size), '\0');
  read_into(text.data(), text.size(), 0);
  HeaderText read = reg::read_header(text, file_size);
  if (!read.problem.empty()) refuse(read.problem);
  header_ = read.header;
}

void CacheFile::read_into(char* buffer, std::size_t size, std::uint64_t offset) const {
  while (size != 0) {
    ssize_t got = ::pread(file_.get(), buffer, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) failed("read the cache", path_, errno);
    if (got == 0) broken("it became shorter while it was read");
    calls_.fetch_add(1, std::memory_order_relaxed);
    bytes_.fetch_add(static_cast<std::uint64_t>(got), std::memory_order_relaxed);
    buffer += got;
    size -= static_cast<std::size_t>(got);
    offset += static_cast<std::uint64_t>(got);
  }
}

std::string CacheFile::read(std::uint64_t begin, std::uint64_t end) const {
  if (begin > end || end > size()) broken("a range lies outside it");
  if (end - begin > layout::max_line) broken("a range is too long");
  std::string bytes(static_cast<std::size_t>(end - begin), '\0');
  read_into(bytes.data(), bytes.size(), begin);
  return bytes;
}

void CacheFile::each_line(
    CacheSection section,
    const std::function<bool(std::string_view line, std::uint64_t offset)>& visit) const {
  LineReader reader(*this, section);
  const bool tells = tell_ && section.begin >= symbols().begin && section.end <= symbols().end;
  for (std::uint64_t at = section.begin; at < section.end;) {
    std::string_view raw = reader.raw_line(at);
    if (tells) tell_(bare_line(raw));
    if (!visit(bare_line(raw), at)) return;
    at += raw.size();
  }
}

// Invariants: every line that begins before `low` is before the bound, and `low` begins a line; no
// line that begins at or after `high` is. Both are byte offsets, so that a probe needs no table of
// lines. A probe looks for a line start below `high` only, which bounds what the search for them
// can read to the section's size in all.
std::uint64_t CacheFile::lower_bound(LineReader& reader, CacheSection section,
                                     const Before& before) const {
  std::uint64_t low = section.begin;
  std::uint64_t high = section.end;
  while (low < high) {
    bool small = high - low <= small_range;
    if (small) reader.prefetch(low, high);
    std::uint64_t middle = small ? low : low + (high - low) / 2;
    std::uint64_t line = small ? low : reader.line_start(middle, high);
    std::string_view raw = line < high ? reader.raw_line(line) : std::string_view();
    if (line < high && before(bare_line(raw))) {
      low = line + raw.size();
    } else {
      high = middle;
    }
  }
  return low;
}

std::uint64_t CacheFile::lower_bound(CacheSection section, const Before& before) const {
  LineReader reader(*this, section);
  return lower_bound(reader, section, before);
}

LineKey CacheFile::key_of(std::string_view line) const {
  auto key = line_key(line);
  if (!key) broken("a symbol does not begin as it must");
  return *key;
}

CacheSection CacheFile::registry_lines(std::string_view registry) const {
  LineReader reader(*this, symbols());
  std::uint64_t begin = lower_bound(
      reader, symbols(), [&](std::string_view line) { return key_of(line).registry < registry; });
  CacheSection rest{begin, symbols().end};
  return {begin, lower_bound(reader, rest, [&](std::string_view line) {
            return key_of(line).registry <= registry;
          })};
}

CacheSection CacheFile::each_oid_line(
    std::string_view registry, std::string_view oid,
    const std::function<void(std::string_view line)>& visit) const {
  LineReader reader(*this, symbols());
  std::pair wanted(registry, oid);
  std::uint64_t begin = lower_bound(reader, symbols(), [&](std::string_view line) {
    LineKey key = key_of(line);
    return std::pair(key.registry, key.oid) < wanted;
  });
  std::uint64_t end = begin;
  while (end < symbols().end) {
    std::string_view raw = reader.raw_line(end);
    LineKey key = key_of(raw);
    if (std::pair(key.registry, key.oid) != wanted) break;
    if (tell_) tell_(bare_line(raw));
    visit(bare_line(raw));
    end += raw.size();
  }
  return {begin, end};
}

CacheSection CacheFile::oid_lines(std::string_view registry, std::string_view oid) const {
  return each_oid_line(registry, oid, [](std::string_view) {});
}

std::optional<MemberLine> split_member(std::string_view line) {
  TextWalk walk(line);
  if (!walk.take("\"")) return std::nullopt;
  auto key = walk.string();
  if (!key || !walk.take(":")) return std::nullopt;
  return MemberLine{*key, walk.rest()};
}

MemberLine CacheFile::member_of(std::string_view line) const {
  auto member = split_member(line);
  if (!member) broken("a member does not begin as it must");
  return *member;
}

std::optional<Json> CacheFile::member(CacheSection section, std::string_view key) const {
  LineReader reader(*this, section);
  std::uint64_t at = lower_bound(reader, section,
                                 [&](std::string_view line) { return member_of(line).key < key; });
  if (at == section.end) return std::nullopt;
  MemberLine found = member_of(bare_line(reader.raw_line(at)));
  if (found.key != key) return std::nullopt;
  return parsed(found.value);
}

// Canonical text is equal to its own escaping, which also shows that it was valid before it was
// read.
std::string CacheFile::plain(std::string_view escaped) const {
  if (is_plain(escaped)) return std::string(escaped);
  std::string text = unescape(escaped);
  std::string again;
  if (is_valid_utf8(text)) append_escaped(again, text);
  if (again != escaped) broken("a text in it is not written as it must be");
  return text;
}

Json CacheFile::parsed(std::string_view text) const {
  if (auto scalar = simple_scalar(text)) return std::move(*scalar);
  try {
    return parse_json(text, path_.string());
  } catch (const InputError& error) {
    broken(error.what());
  }
}

Json CacheFile::parsed_context(std::string_view text) const {
  try {
    return parse_context(text, path_.string());
  } catch (const InputError& error) {
    broken(error.what());
  }
}

// Member by member: most are scalars, which need no parser.
Json CacheFile::info_of(std::string_view text) const {
  Json info = Json::object();
  auto& members = info.get_ref<Json::object_t&>();
  if (text.empty()) return info;
  bool whole = each_info_member(text, [&](const InfoMember& member) {
    bool added = members.emplace(plain(member.key), parsed(member.value)).second;
    if (!added) broken("an info in it has a key twice");
    return true;
  });
  if (!whole) broken("an info in it is not laid out as it must be");
  return info;
}

Symbol CacheFile::symbol_of(std::string_view line) const {
  auto text = split_line(line);
  if (!text) broken("a symbol is not laid out as it must be");
  Symbol symbol;
  symbol.registry = plain(text->key.registry);
  symbol.oid = plain(text->key.oid);
  symbol.target = plain(text->key.target);
  symbol.info = info_of(text->info);
  if (!text->select.empty()) symbol.select = plain(text->select);
  symbol.doc = plain(text->doc);
  symbol.source = {plain(text->source.path), text->source.at.line, text->source.at.column};
  if (text->declared) symbol.declared = {plain(text->declared->path), text->declared->line};
  symbol.allow = allowed_codes(*text);
  return symbol;
}

}  // namespace reg
