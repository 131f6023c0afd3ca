#include <doctest/doctest.h>
#include <etcd.h>
#include <gateway_text.h>
#include <rapidcheck.h>
#include <reg/json.h>
#include <string>

namespace {

using namespace reg::fleet;
using namespace reg::fleet::gateway;
using namespace std::chrono_literals;
using reg::Json;

const std::string header =
    R"("header":{"cluster_id":"14841639068965178418","member_id":"1","revision":"7","raft_term":"2"})";

Json parsed(const std::string& text) { return reg::parse_json(text, "request"); }

template <class Ask>
void is_malformed(Ask ask) {
  try {
    ask();
    FAIL("it was read");
  } catch (const EtcdError& error) {
    CHECK(error.reason() == EtcdError::Reason::Malformed);
  }
}

TEST_CASE("a range is asked for by what is set of it") {
  CHECK(range_text({.key = "foo"}) == R"({"key":"Zm9v"})");
  CHECK(parsed(range_text({.key = "foo",
                           .end = "fop",
                           .revision = 5,
                           .min_mod_revision = 4,
                           .limit = 3,
                           .keys_only = true})) == Json{{"key", "Zm9v"},
                                                        {"range_end", "Zm9w"},
                                                        {"revision", "5"},
                                                        {"min_mod_revision", "4"},
                                                        {"limit", "3"},
                                                        {"keys_only", true}});
}

TEST_CASE("a transaction is asked for with its conditions and what is done in either case") {
  Txn txn;
  txn.conditions = {{"foo", Compare::What::Create, Compare::How::Equal, 0},
                    {"foo", Compare::What::Mod, Compare::How::Greater, 9}};
  txn.then = {{Operation::Kind::Put, "foo", "bar", 77}, {Operation::Kind::Delete, "foo"}};
  txn.otherwise = {{.kind = Operation::Kind::Get, .key = "foo", .revision = 3}};
  CHECK(parsed(txn_text(txn)) == parsed(R"({
    "compare": [
      {"key": "Zm9v", "target": "CREATE", "result": "EQUAL", "create_revision": "0"},
      {"key": "Zm9v", "target": "MOD", "result": "GREATER", "mod_revision": "9"}],
    "success": [
      {"request_put": {"key": "Zm9v", "value": "YmFy", "lease": "77"}},
      {"request_delete_range": {"key": "Zm9v"}}],
    "failure": [{"request_range": {"key": "Zm9v", "revision": "3"}}]})"));
  CHECK(parsed(txn_text({})) == parsed(R"({"compare": [], "success": [], "failure": []})"));
}

TEST_CASE("leases, watches and logins are asked for") {
  CHECK(grant_text(60s) == R"({"TTL":"60"})");
  CHECK(lease_text(-5) == R"({"ID":"-5"})");
  CHECK(watch_text("foo", "fop", 8) ==
        R"({"create_request":{"key":"Zm9v","range_end":"Zm9w","start_revision":"8"}})");
  CHECK(parsed(login_text("a\"b", "\n")) == Json{{"name", "a\"b"}, {"password", "\n"}});
}

TEST_CASE("an answer to a range is read whole") {
  const RangeAnswer answer = range_answer("{" + header + R"(,"kvs":[
      {"key":"Zm9v","create_revision":"2","mod_revision":"3","version":"2","value":"YmFy"},
      {"key":"Zm9w","create_revision":"4","mod_revision":"5","version":"1","lease":"-12"}],
      "more":true,"count":"9"})");
  CHECK(answer.header.cluster_id == 14841639068965178418U);
  CHECK(answer.header.revision == 7);
  REQUIRE(answer.kvs.size() == 2);
  CHECK(answer.kvs[0].key == "foo");
  CHECK(answer.kvs[0].value == "bar");
  CHECK(answer.kvs[0].create_revision == 2);
  CHECK(answer.kvs[0].mod_revision == 3);
  CHECK(answer.kvs[0].lease == 0);
  CHECK(answer.kvs[1].key == "fop");
  CHECK(answer.kvs[1].value == "");
  CHECK(answer.kvs[1].lease == -12);
  CHECK(answer.count == 9);
  CHECK(answer.more);
  const RangeAnswer empty = range_answer("{" + header + "}");
  CHECK(empty.kvs.empty());
  CHECK_FALSE(empty.more);
}

TEST_CASE("numbers may stand without quotes, and what is unknown is passed over") {
  const RangeAnswer answer = range_answer(
      R"({"header":{"cluster_id":5,"revision":6,"new":{"kvs":[{"key":"Zm9v"}]}},"news":[[{"key":1}]],
          "kvs[].key":"!","count":2})",
      {.key = "foo", .min_mod_revision = 6});
  CHECK(answer.header.revision == 6);
  CHECK(answer.count == 2);
  CHECK(answer.kvs.empty());
}

TEST_CASE("what is no answer to a range is said to be none") {
  for (const std::string text :
       {"", "null", "{}", "[]", "Not Found", "{", R"({"header":{"cluster_id":"x"}})",
        R"({"header":{"cluster_id":"0"}})", R"({"header":{"cluster_id":"1"}})",
        R"({"header":{"cluster_id":"1","revision":"-5"}})",
        R"({"header":{"cluster_id":"99999999999999999999"}})"}) {
    CAPTURE(text);
    is_malformed([&] { range_answer(text); });
  }
  for (const std::string rest :
       {R"("kvs":[{}])", R"("kvs":[{"key":"Zm9v"}])", R"("kvs":[{},{}])",
        R"("kvs":[{"mod_revision":"1"}])", R"("kvs":[{"key":"!!!!","mod_revision":"1"}])",
        R"("kvs":[{"key":"Zm9v","mod_revision":"1.5"}])", R"("count":"many")", R"("count":{)",
        R"("count":"5")", R"("more":true,"count":"5")",
        R"("kvs":[{"key":"Zm9v","mod_revision":"1"}])"}) {
    CAPTURE(rest);
    is_malformed([&] { range_answer("{" + header + "," + rest + "}"); });
  }
  is_malformed([] {
    range_answer("{" + header + R"(,"more":true,"count":"5"})",
                 {.key = "foo", .min_mod_revision = 6});
  });
  is_malformed([] { range_answer("{" + header + "}{}"); });
  is_malformed([] { range_answer("{" + header + R"(,"deep":)" + std::string(100'000, '[')); });
}

TEST_CASE("an answer to a transaction has a range for each get that was carried out") {
  const TxnAnswer answer = txn_answer("{" + header + R"(,"succeeded":true,"responses":[
      {"response_put":{"header":{"revision":"9"}}},
      {"response_range":{"header":{"revision":"9"},"kvs":[{"key":"Zm9v","mod_revision":"3","value":"YmFy"}],"count":"1"}},
      {"response_range":{"header":{"revision":"9"}}},
      {"response_delete_range":{"header":{"revision":"9"}}}]})");
  CHECK(answer.succeeded);
  CHECK(answer.header.revision == 7);
  REQUIRE(answer.gets.size() == 2);
  REQUIRE(answer.gets[0].kvs.size() == 1);
  CHECK(answer.gets[0].kvs[0].value == "bar");
  CHECK(answer.gets[0].count == 1);
  CHECK(answer.gets[1].kvs.empty());
  CHECK_FALSE(txn_answer("{" + header + "}").succeeded);
  is_malformed([] {
    txn_answer("{" + header + R"(,"responses":[{"response_range":{},"response_range":{}}]})");
  });
  is_malformed(
      [] { txn_answer("{" + header + R"(,"responses":[{"response_range":{"kvs":[{}]}}]})"); });
  is_malformed(
      [] { txn_answer("{" + header + R"(,"responses":[{"response_range":{"count":"1"}}]})"); });
  std::string many;
  for (int i = 0; i < 129; ++i) many += std::string(i == 0 ? "" : ",") + "{}";
  is_malformed([&] { txn_answer("{" + header + R"(,"responses":[)" + many + "]}"); });
}

TEST_CASE("leases are read, and one that is over is known by what is missing") {
  const Lease lease = grant_answer("{" + header + R"(,"ID":"2324035543915106058","TTL":"60"})");
  CHECK(lease.id == 2324035543915106058);
  CHECK(lease.ttl == 60s);
  is_malformed([] { grant_answer("{" + header + "}"); });
  CHECK(keep_alive_answer(R"({"result":{)" + header +
                          R"(,"ID":"5","TTL":"60"}})"
                          "\n") == 60s);
  CHECK_FALSE(keep_alive_answer(R"({"result":{)" + header + R"(,"ID":"5"}})"));
  is_malformed([] { keep_alive_answer("{}"); });
}

TEST_CASE("a token is what can stand in a header") {
  CHECK(login_answer("{" + header + R"(,"token":"abc.7"})") == "abc.7");
  is_malformed([] { login_answer("{" + header + "}"); });
  is_malformed([] { login_answer("{" + header + R"(,"token":"a\r\nHost: b"})"); });
}

TEST_CASE("refusals are read in all forms that etcd has") {
  const Refusal plain = refusal_of(
      R"({"error":"etcdserver: no leader","message":"etcdserver: no leader","code":14})");
  CHECK(plain.code == 14);
  CHECK(plain.message == "no leader");
  const Refusal stream = refusal_of(
      R"({"error":{"grpc_code":14,"http_code":503,"message":"etcdserver: no leader","http_status":"x"}})");
  CHECK(stream.code == 14);
  CHECK(stream.message == "no leader");
  const Refusal newer =
      refusal_of(R"({"code":5,"message":"etcdserver: requested lease not found","details":[]})");
  CHECK(newer.code == 5);
  CHECK(meaning_of(newer) == Meaning::NoLease);
  const Refusal none = refusal_of("<html>\n\x1b[31mnone\x1b[0m</html>\n");
  CHECK(none.code == 0);
  CHECK(none.message == "<html>  [31mnone [0m</html>");
  CHECK(refusal_of(std::string(100'000, 'x')).message.size() == 300);
  CHECK(refusal_of(R"({"code":99999999999,"message":"x"})").code == 0);
}

TEST_CASE("refusals mean what is to be done") {
  const auto meaning = [](int code, const std::string& message) {
    return meaning_of({code, message});
  };
  CHECK(meaning(14, "request timed out") == Meaning::Unreachable);
  CHECK(meaning(2, "OK: HTTP status code 200; transport: missing content-type field") ==
        Meaning::NotReady);
  CHECK(meaning(8, "too many requests") == Meaning::Unreachable);
  CHECK(meaning(8, "database space exceeded") == Meaning::NoSpace);
  CHECK(meaning(11, "required revision has been compacted") == Meaning::Compacted);
  CHECK(meaning(11, "required revision is a future revision") == Meaning::Compacted);
  CHECK(meaning(3, "request is too large") == Meaning::TooLarge);
  CHECK(meaning(3, "too many operations in txn request") == Meaning::TooLarge);
  CHECK(meaning(16, "invalid auth token") == Meaning::LogIn);
  CHECK(meaning(3, "user name is empty") == Meaning::LogIn);
  CHECK(meaning(7, "permission denied") == Meaning::Denied);
  CHECK(meaning(3, "authentication failed, invalid user ID or password") == Meaning::Denied);
  CHECK(meaning(9, "authentication is not enabled") == Meaning::NoLoginThere);
  CHECK(meaning(3, "duplicate key given in txn request") == Meaning::Other);
}

TEST_CASE("of a watch's lines only events are changes, and what ends it ends it") {
  const auto line = [](const std::string& rest) {
    return watch_line(R"({"result":{)" + header + rest + "}}");
  };
  CHECK(line(R"(,"created":true)") == WatchLine::Nothing);
  CHECK(line("") == WatchLine::Nothing);
  CHECK(line(R"(,"events":[])") == WatchLine::Nothing);
  CHECK(line(R"(,"events":[{"kv":{"key":"Zm9v"}}])") == WatchLine::Changes);
  CHECK(line(R"(,"events":[{"type":"DELETE","kv":{"key":"Zm9v"}}])") == WatchLine::Changes);
  CHECK(line(R"(,"canceled":true,"compact_revision":"2")") == WatchLine::End);
  CHECK(watch_line(R"({"error":{"grpc_code":14,"message":"etcdserver: no leader"}})") ==
        WatchLine::End);
  CHECK(watch_line(R"({"error":"x","code":16})") == WatchLine::End);
  CHECK(watch_line("Not Found") == WatchLine::End);
}

TEST_CASE("the end of a prefix lies behind all that begin so, and before all others") {
  CHECK(prefix_end("/a/") == "/a0");
  CHECK(prefix_end("a\xff") == "b");
  CHECK(prefix_end("\xff\xff") == std::string(1, '\0'));
  CHECK(rc::check([](const std::string& prefix, const std::string& rest, const std::string& other) {
    const std::string end = prefix_end(prefix);
    if (end == std::string(1, '\0')) return;
    RC_ASSERT(prefix + rest < end);
    if (!other.starts_with(prefix) && other > prefix) RC_ASSERT(other >= end);
  }));
}

}  // namespace
