#define XXH_INLINE_ALL
#include <xxhash.h>

#include "generation.h"

#include <reg/error.h>
#include <reg/json.h>
#include <reg/remote.h>
#include <text/hash.h>
#include <zlib.h>
#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace reg::fleet {
namespace {

// Before these many bytes no line ends a chunk; after them one byte in so many does.
constexpr std::size_t fewest_bytes = std::size_t{64} << 10;
constexpr std::size_t further_bytes = std::size_t{128} << 10;

constexpr std::size_t most_head_bytes = std::size_t{256} << 10;
constexpr std::size_t id_length = 32;

std::string id_of(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return hex_of(hash.high64) + hex_of(hash.low64);
}

// Long lines are as likely to be chosen as the short ones of the same length together.
bool ends_chunk(std::string_view line) { return hash_of(line) % further_bytes < line.size(); }

// How much of a text, which is not empty, is its first chunk.
std::size_t first_chunk(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t end = text.find('\n', size);
    const std::string_view line =
        text.substr(size, end == std::string_view::npos ? end : end + 1 - size);
    if (size + line.size() > most_chunk_bytes) return size == 0 ? most_chunk_bytes : size;
    size += line.size();
    if (size >= fewest_bytes && ends_chunk(line)) break;
  }
  return size;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_id(std::string_view id) {
  return id.size() == id_length && std::all_of(id.begin(), id.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}
bool is_word(std::string_view text) {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                  c == '-' || c == '.' || c == ':';
         });
}
bool is_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00Z";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char as) { return as == '0' ? is_digit(c) : c == as; });
}

// What a head has, strictly: the first thing that is wrong is thrown as text.
class HeadReader {
 public:
  explicit HeadReader(const Json& json) : json_(json) {
    if (!json_.is_object()) throw std::runtime_error("it is no object");
    if (number("format") != 1) {
      throw std::runtime_error("it is of format " + json_["format"].dump() +
                               ", and this program knows 1 only");
    }
    for (const auto& [name, value] : json_.items()) {
      static_cast<void>(value);
      if (std::find(members.begin(), members.end(), name) == members.end()) {
        throw std::runtime_error("it has a member that is unknown");
      }
    }
  }

  Head head() const {
    Head head;
    head.machine = text("machine", is_word);
    head.workspace = text("workspace", is_word);
    head.nonce = text("nonce", is_word);
    head.published = text("published", is_time);
    head.lease =
        text("lease", [](std::string_view lease) { return lease.empty() || is_word(lease); });
    head.symbols = number("symbols");
    head.bytes = number("bytes");
    head.chunks = chunks();
    if (head.bytes < head.chunks.size() || head.bytes > head.chunks.size() * most_chunk_bytes ||
        head.symbols > head.bytes) {
      throw std::runtime_error("its sizes cannot be those of what it lists");
    }
    return head;
  }

 private:
  static constexpr std::array<std::string_view, 9> members{"format",  "machine",   "workspace",
                                                           "nonce",   "published", "lease",
                                                           "symbols", "bytes",     "chunks"};

  const Json& at(const char* name) const {
    const auto found = json_.find(name);
    if (found == json_.end()) throw std::runtime_error(std::string("it has no '") + name + "'");
    return *found;
  }
  static std::runtime_error wrong(const char* name) {
    return std::runtime_error(std::string("its '") + name + "' is none");
  }
  template <class Check>
  std::string text(const char* name, Check check) const {
    const Json& value = at(name);
    if (!value.is_string() || !check(value.get_ref<const std::string&>())) throw wrong(name);
    return value.get<std::string>();
  }
  std::size_t number(const char* name) const {
    const Json& value = at(name);
    if (!value.is_number_unsigned()) throw wrong(name);
    return value.get<std::size_t>();
  }
  std::vector<std::string> chunks() const {
    const Json& value = at("chunks");
    if (!value.is_array()) throw wrong("chunks");
    if (value.size() > most_chunks) throw std::runtime_error("it lists too many chunks");
    std::vector<std::string> ids;
    for (const Json& id : value) {
      if (!id.is_string() || !is_id(id.get_ref<const std::string&>())) throw wrong("chunks");
      ids.push_back(id.get<std::string>());
    }
    return ids;
  }

  const Json& json_;
};

}  // namespace

Keys::Keys(const std::string& name) : prefix_("/reg/" + name + '/') {}
std::string Keys::heads() const { return prefix_ + "heads/"; }
std::string Keys::head(const std::string& origin) const { return heads() + origin; }
std::string Keys::chunks(const std::string& origin) const {
  return prefix_ + "chunks/" + origin + '/';
}
std::string Keys::chunk(const std::string& origin, const std::string& id) const {
  return chunks(origin) + id;
}

std::string Keys::origin_of(std::string_view head_key) const {
  const std::string start = heads();
  if (!head_key.starts_with(start)) return {};
  const std::string_view origin = head_key.substr(start.size());
  return origin_name_problem(origin).empty() ? std::string(origin) : std::string();
}

std::string Keys::shown(std::string_view key) {
  constexpr std::size_t longest = 100;
  if (key.size() <= longest) return std::string(key);
  std::size_t end = longest;
  const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  while (end > longest - 4 && is_inside(key[end])) --end;
  return std::string(key.substr(0, end)) + "…";
}

std::vector<Chunk> chunks_of(std::string_view text) {
  std::vector<Chunk> chunks;
  while (!text.empty()) {
    const std::string_view chunk = text.substr(0, first_chunk(text));
    chunks.push_back({chunk, id_of(chunk)});
    text.remove_prefix(chunk.size());
  }
  return chunks;
}

std::string packed(std::string_view text) {
  if (text.size() > most_chunk_bytes) throw std::length_error("a chunk that is too long");
  uLongf size = ::compressBound(static_cast<uLong>(text.size()));
  std::string stored(size, '\0');
  const int done = ::compress2(reinterpret_cast<Bytef*>(stored.data()), &size,
                               reinterpret_cast<const Bytef*>(text.data()),
                               static_cast<uLong>(text.size()), Z_DEFAULT_COMPRESSION);
  if (done != Z_OK) throw std::bad_alloc();  // it has no other reason
  stored.resize(size);
  return stored;
}

std::optional<std::string> unpacked(std::string_view stored, const std::string& id) {
  if (stored.size() > ::compressBound(most_chunk_bytes)) return std::nullopt;
  std::string text(most_chunk_bytes, '\0');
  uLongf size = most_chunk_bytes;
  auto read = static_cast<uLong>(stored.size());
  const int done = ::uncompress2(reinterpret_cast<Bytef*>(text.data()), &size,
                                 reinterpret_cast<const Bytef*>(stored.data()), &read);
  if (done != Z_OK || read != stored.size()) return std::nullopt;
  text.resize(size);
  if (id_of(text) != id) return std::nullopt;
  text.shrink_to_fit();
  return text;
}

std::string Head::to_text() const {
  return reg::to_text(Json{{"format", 1},
                           {"machine", machine},
                           {"workspace", workspace},
                           {"nonce", nonce},
                           {"published", published},
                           {"lease", lease},
                           {"symbols", symbols},
                           {"bytes", bytes},
                           {"chunks", chunks}});
}

std::optional<Head> Head::from(std::string_view text, std::string* why) {
  try {
    if (text.size() > most_head_bytes) throw std::runtime_error("it is too long");
    const Json json = parse_json(text, "head");
    return HeadReader(json).head();
  } catch (const std::runtime_error& error) {
    if (why != nullptr) *why = error.what();
    return std::nullopt;
  }
}

bool Head::lists(const std::vector<Chunk>& of_text) const {
  return std::equal(chunks.begin(), chunks.end(), of_text.begin(), of_text.end(),
                    [](const std::string& id, const Chunk& chunk) { return id == chunk.id; });
}

}  // namespace reg::fleet
