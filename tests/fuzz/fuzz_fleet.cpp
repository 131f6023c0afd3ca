// What arrives from etcd: answers of its gateway, heads and stored chunks, any bytes. It is read or
// refused, and what was read is not larger than the bytes allow. The first byte says what the rest
// is taken for.

#include <base64.h>
#include <gateway_text.h>
#include <generation.h>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace reg::fleet;

void require(bool holds) {
  if (!holds) std::abort();
}

// A key with its revision takes more than so many bytes of text.
constexpr std::size_t least_bytes_of_key = 20;

void check(const Range& range, std::string_view text) {
  require(range.kvs.size() <= text.size() / least_bytes_of_key);
  for (const KeyValue& kv : range.kvs) {
    require(!kv.key.empty() && kv.mod_revision > 0);
    require(kv.key.size() + kv.value.size() < text.size());
    static_cast<void>(Keys("name").origin_of(kv.key));
  }
}

void take_range(std::string_view text) { check(gateway::range_answer(text), text); }
void take_txn(std::string_view text) {
  const TxnAnswer answer = gateway::txn_answer(text);
  require(answer.gets.size() <= 128);
  for (const Range& range : answer.gets) check(range, text);
}
void take_lease(std::string_view text) { require(gateway::grant_answer(text).ttl.count() > 0); }
void take_keep_alive(std::string_view text) {
  const auto ttl = gateway::keep_alive_answer(text);
  require(!ttl || ttl->count() > 0);
}
void take_login(std::string_view text) { require(!gateway::login_answer(text).empty()); }
void take_refusal(std::string_view text) {
  const gateway::Refusal refusal = gateway::refusal_of(text);
  require(refusal.message.size() <= 300 && refusal.message.find('\n') == std::string::npos);
  static_cast<void>(gateway::meaning_of(refusal));
}
void take_watch(std::string_view text) { static_cast<void>(gateway::watch_line(text)); }

void take_head(std::string_view text) {
  std::string why;
  const auto head = Head::from(text, &why);
  require(head ? why.empty() : !why.empty());
  if (!head) return;
  const auto again = Head::from(head->to_text());
  require(again && again->to_text() == head->to_text());
}

void take_chunk(std::string_view stored) {
  const std::string id = chunks_of("a line\n").front().id;
  const auto text = unpacked(stored, id);
  require(!text || *text == "a line\n");
}

void take_text(std::string_view text) {
  std::string joined;
  for (const Chunk& chunk : chunks_of(text)) {
    require(unpacked(packed(chunk.text), chunk.id) == std::string(chunk.text));
    joined += chunk.text;
  }
  require(joined == text);
}

void take_base64(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes) return;
  std::string again;
  append_base64(again, *bytes);
  require(again == text);
}

constexpr std::array takers{take_range, take_txn,     take_lease, take_keep_alive,
                            take_login, take_refusal, take_watch, take_head,
                            take_chunk, take_text,    take_base64};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  // As letters, so that a corpus can be read.
  const std::size_t taker = static_cast<std::size_t>(data[0] - std::uint8_t{'a'}) % takers.size();
  try {
    takers[taker](rest);
  } catch (const EtcdError& error) {
    require(error.reason() == EtcdError::Reason::Malformed);
  }
  return 0;
}
