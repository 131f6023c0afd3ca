#pragma once
// How a publication lies in etcd: chunks that are called after their content, and one head for each
// origin, which lists them. Nothing here speaks to a network.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

// Where a shared registry's keys are.
class Keys {
 public:
  explicit Keys(const std::string& name);
  std::string heads() const;  // the prefix of all heads
  std::string head(const std::string& origin) const;
  std::string chunks(const std::string& origin) const;  // the prefix of an origin's chunks
  std::string chunk(const std::string& origin, const std::string& id) const;
  // The origin whose head that is; empty: none, or one of no valid name.
  std::string origin_of(std::string_view head_key) const;
  // A key for people: 100 bytes of it at most.
  static std::string shown(std::string_view key);

 private:
  std::string prefix_;
};

constexpr std::size_t most_chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t most_chunks = 4096;  // of a generation

struct Chunk {
  std::string_view text;  // a part of what was divided
  std::string id;         // 32 hexadecimal digits: XXH3-128 of the text
};
// Divides a text at ends of lines that their content chooses, so that a small change of the text
// changes few chunks; none is longer than `most_chunk_bytes`. The same text, the same chunks.
std::vector<Chunk> chunks_of(std::string_view text);

// A chunk as it is stored, and back (deflate). nullopt: it is not that chunk, or would become
// longer than `most_chunk_bytes`.
std::string packed(std::string_view text);
std::optional<std::string> unpacked(std::string_view stored, const std::string& id);

struct Head {
  std::string machine;    // the publisher's (machine.h)
  std::string workspace;  // a hash of its workspace's path
  std::string nonce;      // one for each time that a head is put
  std::string published;  // its clock: 2026-11-22T09:00:00Z
  std::string lease;      // "60s"; empty: none
  std::size_t symbols = 0, bytes = 0;
  std::vector<std::string> chunks;  // ids, in the order of the text

  std::string to_text() const;
  // nullopt: it is none; `why` says so.
  static std::optional<Head> from(std::string_view text, std::string* why = nullptr);
  // Whether a text is what the head lists.
  bool lists(const std::vector<Chunk>& of_text) const;
};

}  // namespace reg::fleet
