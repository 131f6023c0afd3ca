#include "gateway_text.h"

#include "base64.h"
#include "json_events.h"

#include <reg/json.h>
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace reg::fleet::gateway {
namespace {

constexpr std::size_t most_operations = 128;
constexpr int unauthenticated = 16;
constexpr int permission_denied = 7;

// Requests ---------------------------------------------------------------------------------------

// JSON of flat objects, laid out by hand: a value may be a megabyte, and is copied once.
class Text {
 public:
  Text& object(std::string_view name = {}) {
    begin(name);
    text_ += '{';
    first_ = true;
    return *this;
  }
  Text& array(std::string_view name) {
    begin(name);
    text_ += '[';
    first_ = true;
    return *this;
  }
  Text& end(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
  }
  Text& bytes(std::string_view name, std::string_view value) {
    begin(name);
    text_ += '"';
    append_base64(text_, value);
    text_ += '"';
    return *this;
  }
  Text& number(std::string_view name, std::int64_t value) {
    return word(name, std::to_string(value));
  }
  Text& number_if(std::string_view name, std::int64_t value) {
    return value == 0 ? *this : number(name, value);
  }
  Text& word(std::string_view name, std::string_view value) {
    begin(name);
    text_ += '"';
    text_ += value;
    text_ += '"';
    return *this;
  }
  Text& yes(std::string_view name) {
    begin(name);
    text_ += "true";
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  void begin(std::string_view name) {
    if (!first_) text_ += ',';
    first_ = false;
    if (name.empty()) return;
    text_ += '"';
    text_ += name;
    text_ += "\":";
  }

  std::string text_;
  bool first_ = true;
};

void add_range_members(Text& text, const std::string& key, const std::string& end) {
  text.bytes("key", key);
  if (!end.empty()) text.bytes("range_end", end);
}

void add(Text& text, const Compare& compare) {
  const bool create = compare.what == Compare::What::Create;
  text.object()
      .bytes("key", compare.key)
      .word("target", create ? "CREATE" : "MOD")
      .word("result", compare.how == Compare::How::Equal ? "EQUAL" : "GREATER")
      .number(create ? "create_revision" : "mod_revision", compare.revision)
      .end('}');
}

void add(Text& text, const Operation& operation) {
  text.object();
  switch (operation.kind) {
    case Operation::Kind::Put:
      text.object("request_put")
          .bytes("key", operation.key)
          .bytes("value", operation.value)
          .number_if("lease", operation.lease);
      break;
    case Operation::Kind::Delete:
      text.object("request_delete_range");
      add_range_members(text, operation.key, operation.end);
      break;
    case Operation::Kind::Get:
      text.object("request_range");
      add_range_members(text, operation.key, {});
      text.number_if("revision", operation.revision);
      break;
  }
  text.end('}').end('}');
}

template <class Values>
void add_all(Text& text, std::string_view name, const Values& values) {
  text.array(name);
  for (const auto& value : values) add(text, value);
  text.end(']');
}

// Answers ----------------------------------------------------------------------------------------

[[noreturn]] void malformed(const std::string& why) {
  throw EtcdError(EtcdError::Reason::Malformed, "what came back is no answer of etcd: " + why);
}

template <class Number = std::int64_t>
Number number_from(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) malformed("a number is none");
  return value;
}

std::string bytes_from(std::string_view text) {
  std::optional<std::string> bytes = from_base64(text);
  if (!bytes) malformed("bytes are no base64");
  return *std::move(bytes);
}

bool drop(std::string_view& path, std::string_view start) {
  if (!path.starts_with(start)) return false;
  path.remove_prefix(start.size());
  return true;
}

// A header, whose members' path begins with `header.`.
void read_header(Header& header, std::string_view member, std::string_view text) {
  if (member == "cluster_id") header.cluster_id = number_from<std::uint64_t>(text);
  if (member == "revision") header.revision = number_from(text);
}

void read_key_value(KeyValue& kv, std::string_view member, std::string_view text) {
  if (member == "key") kv.key = bytes_from(text);
  if (member == "value") kv.value = bytes_from(text);
  if (member == "create_revision") kv.create_revision = number_from(text);
  if (member == "mod_revision") kv.mod_revision = number_from(text);
  if (member == "lease") kv.lease = number_from(text);
}

void check_last(const Range& range) {
  if (range.kvs.empty()) return;
  const KeyValue& kv = range.kvs.back();
  if (kv.key.empty() || kv.mod_revision <= 0) malformed("a key lacks its name or its revision");
}

// The members of a range. An object of kvs must be whole before the next, so that a small text
// cannot stand for many.
void read_range_object(Range& range, std::string_view path) {
  if (path != "kvs[]") return;
  check_last(range);
  range.kvs.emplace_back();
}
void read_range(Range& range, std::string_view path, std::string_view text) {
  if (drop(path, "kvs[].")) {
    read_key_value(range.kvs.back(), path, text);
  } else if (path == "count") {
    range.count = number_from(text);
  } else if (path == "more") {
    range.more = text == "true";
  }
}

void read(std::string_view text, const JsonEvents& events) {
  if (!read_json_events(text, events)) malformed("it is no JSON");
}

void check(const Header& header) {
  if (header.cluster_id == 0) malformed("it does not say which cluster answers");
}
void check_revision(const Header& header) {
  if (header.revision <= 0) malformed("it does not say when it was answered");
}

// Keys that are there and are not told would be taken for such that are gone.
void check_whole(const Range& range, bool all_match) {
  check_last(range);
  const auto told = static_cast<std::int64_t>(range.kvs.size());
  if (range.count < told || (told == 0 && (range.more || (all_match && range.count != 0))))
    malformed("keys that it counts are not in it");
}

const auto no_object = [](std::string_view) {};

}  // namespace

std::string range_text(const RangeRequest& request) {
  Text text;
  text.object();
  add_range_members(text, request.key, request.end);
  text.number_if("revision", request.revision)
      .number_if("min_mod_revision", request.min_mod_revision)
      .number_if("limit", request.limit);
  if (request.keys_only) text.yes("keys_only");
  return text.end('}').take();
}

std::string txn_text(const Txn& txn) {
  Text text;
  text.object();
  add_all(text, "compare", txn.conditions);
  add_all(text, "success", txn.then);
  add_all(text, "failure", txn.otherwise);
  return text.end('}').take();
}

std::string grant_text(std::chrono::seconds ttl) {
  return Text().object().number("TTL", ttl.count()).end('}').take();
}

std::string lease_text(std::int64_t lease) {
  return Text().object().number("ID", lease).end('}').take();
}

std::string watch_text(const std::string& key, const std::string& end, std::int64_t revision) {
  Text text;
  text.object().object("create_request");
  add_range_members(text, key, end);
  return text.number_if("start_revision", revision).end('}').end('}').take();
}

std::string login_text(const std::string& user, const std::string& password) {
  return to_text(Json{{"name", user}, {"password", password}});
}

RangeAnswer range_answer(std::string_view text, const RangeRequest& request) {
  RangeAnswer answer;
  read(text, {[&](std::string_view path) { read_range_object(answer, path); },
              [&](std::string_view path, std::string_view value) {
                if (drop(path, "header.")) {
                  read_header(answer.header, path, value);
                } else {
                  read_range(answer, path, value);
                }
              }});
  check(answer.header);
  check_revision(answer.header);
  check_whole(answer, request.min_mod_revision == 0);
  return answer;
}

TxnAnswer txn_answer(std::string_view text) {
  TxnAnswer answer;
  std::size_t responses = 0;
  constexpr std::string_view response = "responses[]", of_range = ".response_range";
  const auto object = [&](std::string_view path) {
    if (!drop(path, response)) return;
    if (path.empty() && ++responses > most_operations) malformed("there are too many responses");
    if (!drop(path, of_range)) return;
    if (path.empty()) {
      if (answer.gets.size() == responses) malformed("a response is more than one");
      answer.gets.emplace_back();
    } else if (drop(path, ".")) {
      read_range_object(answer.gets.back(), path);
    }
  };
  const auto scalar = [&](std::string_view path, std::string_view value) {
    if (drop(path, "header.")) {
      read_header(answer.header, path, value);
    } else if (path == "succeeded") {
      answer.succeeded = value == "true";
    } else if (drop(path, response) && drop(path, of_range) && drop(path, ".")) {
      read_range(answer.gets.back(), path, value);
    }
  };
  read(text, {object, scalar});
  check(answer.header);
  check_revision(answer.header);
  for (const Range& range : answer.gets) check_whole(range, true);
  return answer;
}

Lease grant_answer(std::string_view text) {
  Lease lease;
  read(text, {no_object, [&](std::string_view path, std::string_view value) {
                if (path == "ID") lease.id = number_from(value);
                if (path == "TTL") lease.ttl = std::chrono::seconds(number_from(value));
              }});
  if (lease.id == 0 || lease.ttl.count() <= 0) malformed("there is no lease in it");
  return lease;
}

std::optional<std::chrono::seconds> keep_alive_answer(std::string_view text) {
  Header header;
  std::optional<std::chrono::seconds> ttl;
  read(text, {no_object, [&](std::string_view path, std::string_view value) {
                if (!drop(path, "result.")) return;
                if (path == "TTL") ttl = std::chrono::seconds(number_from(value));
                if (drop(path, "header.")) read_header(header, path, value);
              }});
  check(header);
  // A lease that is over is answered as well, without a TTL.
  return ttl && ttl->count() > 0 ? ttl : std::nullopt;
}

std::string login_answer(std::string_view text) {
  std::string token;
  read(text, {no_object, [&](std::string_view path, std::string_view value) {
                if (path == "token") token = value;
              }});
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (token.empty() || !std::all_of(token.begin(), token.end(), is_visible)) {
    malformed("there is no token in it");
  }
  return token;
}

Refusal refusal_of(std::string_view text) {
  constexpr std::size_t longest = 300;
  Refusal refusal;
  try {
    const bool whole =
        read_json_events(text, {no_object, [&](std::string_view path, std::string_view value) {
                                  drop(path, "error.");  // in a stream
                                  if (path == "code" || path == "grpc_code") {
                                    refusal.code = number_from<int>(value);
                                  } else if (path == "message" || path == "error") {
                                    refusal.message = value.substr(0, longest);
                                  }
                                }});
    if (!whole || refusal.message.empty()) refusal.code = 0;
  } catch (const EtcdError&) {
    refusal.code = 0;
  }
  if (refusal.code == 0) refusal.message = text.substr(0, longest);
  for (const std::string_view start : {"etcdserver: ", "mvcc: "}) {
    if (refusal.message.starts_with(start)) refusal.message.erase(0, start.size());
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  std::replace_if(refusal.message.begin(), refusal.message.end(), is_control, ' ');
  while (refusal.message.ends_with(' ')) refusal.message.pop_back();
  return refusal;
}

Meaning meaning_of(const Refusal& refusal) {
  const auto says = [&](std::string_view words) {
    return refusal.message.find(words) != std::string::npos;
  };
  // A revision that is still to come is one of a cluster that was put back to an earlier state.
  if (says("has been compacted") || says("future revision")) return Meaning::Compacted;
  if (says("database space exceeded")) return Meaning::NoSpace;
  if (says("lease not found")) return Meaning::NoLease;
  if (says("too large") || says("too many operations") || says("larger than max")) {
    return Meaning::TooLarge;
  }
  if (says("missing content-type field")) return Meaning::NotReady;
  if (says("authentication is not enabled")) return Meaning::NoLoginThere;
  if (refusal.code == unauthenticated || says("user name is empty") || says("auth store is old") ||
      says("invalid auth token")) {
    return Meaning::LogIn;
  }
  if (refusal.code == permission_denied || says("authentication failed")) return Meaning::Denied;
  // Canceled, DeadlineExceeded, ResourceExhausted (too many requests), Aborted, Internal,
  // Unavailable: of one member, or for now.
  constexpr int passing[] = {1, 4, 8, 10, 13, 14};
  return std::find(std::begin(passing), std::end(passing), refusal.code) != std::end(passing)
             ? Meaning::Unreachable
             : Meaning::Other;
}

WatchLine watch_line(std::string_view line) {
  WatchLine meaning = WatchLine::Nothing;
  const auto is = [&](WatchLine what) { meaning = std::max(meaning, what); };
  const bool whole = read_json_events(line, {[&](std::string_view path) {
                                               if (path == "result.events[]")
                                                 is(WatchLine::Changes);
                                               if (path == "error") is(WatchLine::End);
                                             },
                                             [&](std::string_view path, std::string_view value) {
                                               if (path == "result.canceled" && value == "true")
                                                 is(WatchLine::End);
                                               if (path == "error" || path == "code")
                                                 is(WatchLine::End);
                                             }});
  return whole ? meaning : WatchLine::End;
}

}  // namespace reg::fleet::gateway
