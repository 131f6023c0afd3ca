#include "reading.h"

#include <doctest/doctest.h>
#include <manifest/remote_reader.h>

using namespace reg;
using namespace reg::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> remote_problems(const std::string& table) {
  return problems(read_config("[remote]\n" + table, "registry.toml").declarations);
}

// With what is always needed.
std::vector<std::string> problems_with(const std::string& keys) {
  return remote_problems("etcd = 'http://a:1'\nname = 'n'\norigin = 'o'\n" + keys);
}

}  // namespace

TEST_CASE("[remote] says which shared registry there is, and what is published there") {
  const auto config = read_config(R"([remote]
etcd = ["https://a:2379/", "http://[::1]:2379", "https://10.0.0.1"]
name = "gpu-kernels"
origin = "host-17.lab"
publish = ["kernels/**"]
facts = { site = "paris", gpu = { model = "a100", count = 8 } }
lease = "2m"
poll = "500ms"
load = true
ca = "ca.pem"
cert = "me.pem"
key = "me.key"
user = "reg"
password_file = "secret"
)",
                                  "registry.toml");
  CHECK(problems(config.declarations).empty());
  CHECK(config.state == SettingsState::Good);
  REQUIRE(config.settings.remote);
  const RemoteSettings& remote = *config.settings.remote;
  CHECK(remote.etcd == Lines{"https://a:2379", "http://[::1]:2379", "https://10.0.0.1"});
  CHECK(remote.name == "gpu-kernels");
  CHECK(remote.origin == "host-17.lab");
  CHECK(remote.publish == Lines{"kernels/**"});
  CHECK(remote.facts == Json::parse(R"({"site": "paris", "gpu": {"model": "a100", "count": 8}})"));
  CHECK(remote.lease == 120s);
  CHECK(remote.poll == 500ms);
  CHECK(remote.load);
  CHECK(remote.ca == "ca.pem");
  CHECK(remote.cert == "me.pem");
  CHECK(remote.key == "me.key");
  CHECK(remote.user == "reg");
  CHECK(remote.password_file == "secret");
}

TEST_CASE("of [remote], only where it is and its name must be given") {
  const auto config = read_config("[remote]\netcd = 'http://a:1'\nname = 'n'\norigin = 'o'\n", "r");
  CHECK(problems(config.declarations).empty());
  REQUIRE(config.settings.remote);
  const RemoteSettings& remote = *config.settings.remote;
  CHECK(remote.etcd == Lines{"http://a:1"});
  CHECK(remote.publish.empty());
  CHECK(!remote.lease);
  CHECK(remote.poll == 2s);
  CHECK(!remote.load);
  CHECK(remote.facts == Json::object());
  CHECK(!read_config("", "r").settings.remote);
  CHECK(remote_problems("origin = 'o'\n") == Lines{"1:1: remote: the key \"etcd\" is missing",
                                                   "1:1: remote: the key \"name\" is missing"});
}

TEST_CASE("mistakes in [remote] are reported at their places, and nothing is done with it then") {
  CHECK(problems_with("publsh = []\n") ==
        Lines{"5:1: remote: unknown key \"publsh\" (did you mean \"publish\"?)"});
  CHECK(problems_with("publish = ['', 5]\nload = 1\n") ==
        Lines{"5:12: remote.publish[0]: \"\" cannot be used: it is empty",
              "5:16: remote.publish[1]: expected a string, got an integer",
              "6:8: remote.load: expected true or false, got an integer"});
  CHECK(problems_with("cert = 'c'\nuser = 'u'\n") ==
        Lines{"5:8: remote.cert: `cert` needs `key` beside it",
              "6:8: remote.user: `user` needs `password_file` beside it"});
  CHECK(problems_with("key = 'c'\npassword_file = 'u'\n") ==
        Lines{"5:7: remote.key: `key` needs `cert` beside it",
              "6:17: remote.password_file: `password_file` needs `user` beside it"});
  CHECK(remote_problems("etcd = []\nname = 'a/b'\norigin = '../o'\n") ==
        Lines{"2:8: remote.etcd: name at least one member of etcd",
              "3:8: remote.name: \"a/b\" cannot be the name of a shared registry (it has letters, "
              "digits, _, . and -, and is neither . nor ..)",
              "4:10: remote.origin: \"../o\" cannot be an origin's name: an origin's name has "
              "letters, digits and _, and behind the first also . and -"});
  const auto wrong = read_config("[remote]\nname = 'n'\n", "registry.toml");
  CHECK(wrong.state == SettingsState::Unknown);
}

TEST_CASE("members of etcd are named by URLs without secrets in them") {
  const auto count = [](const std::string& urls) {
    return remote_problems("etcd = " + urls + "\nname = 'n'\norigin = 'o'\n").size();
  };
  for (const char* good : {"'http://a'", "['https://a.b-c:65535/']", "'http://[fe80::1]:2379'"}) {
    CAPTURE(good);
    CHECK(count(good) == 0);
  }
  for (const char* bad :
       {"''", "'a:2379'", "'ftp://a'", "'http://'", "'http://a/path'", "'http://a:0'",
        "'http://a:65536'", "'http://a:'", "'http://a b'", "'http://a?x=1'", "'http://[::1'",
        "'http://[]'", "'https://http://a'", "['http://a', 'http://a/']", "[5]", "5"}) {
    CAPTURE(bad);
    CHECK(count(bad) == 1);
  }
  CHECK(remote_problems("etcd = 'http://u:p@a:2379'\nname = 'n'\norigin = 'o'\n") ==
        Lines{"2:8: remote.etcd: a URL here has no user and no password (give them by `user` and "
              "`password_file`)"});
}

TEST_CASE("a lease is whole seconds and five at least, a poll a tenth of a second") {
  const auto count = [](const std::string& keys) { return problems_with(keys).size(); };
  for (const char* good : {"lease = '5s'", "lease = '5000ms'", "lease = '1h'", "poll = '100ms'"})
    CHECK(count(good) == 0);
  for (const char* bad : {"lease = '4s'", "lease = '5500ms'", "lease = '60'", "lease = 's'",
                          "lease = '-60s'", "lease = '1d'", "lease = '1234567s'", "lease = 60",
                          "poll = '99ms'", "poll = '0s'", "poll = ''", "poll = '1.5s'"}) {
    CAPTURE(bad);
    CHECK(count(bad) == 1);
  }
}

TEST_CASE("an origin's facts have names without dots, and are few") {
  CHECK(problems_with("facts = { 'gpu.model' = 'a100' }\n") ==
        Lines{"5:11: remote.facts: \"gpu.model\" cannot be a fact of an origin (its name has no "
              "dots and no control characters; a table in it is a path)"});
  CHECK(problems_with("facts = { gpu = { 'a.b' = 1 } }\n").empty());
  // {"a":"…"} has eight bytes beside its text.
  CHECK(problems_with("facts = { a = '" + std::string(4088, 'x') + "' }\n").empty());
  CHECK(problems_with("facts = { a = '" + std::string(4089, 'x') + "' }\n") ==
        Lines{"5:9: remote.facts: an origin has 4,096 bytes of facts at most, as JSON; these are "
              "4097"});
}

TEST_CASE("an origin without a name is called as its host, as far as it can be") {
  CHECK(origin_of_host("host-17") == "host-17");
  CHECK(origin_of_host("a.b.c") == "a.b.c");
  CHECK(origin_of_host("rechner~7") == "rechner");
  CHECK(origin_of_host("-a").empty());
  CHECK(origin_of_host("").empty());
  CHECK(origin_of_host(std::string(65, 'a')).empty());
}

TEST_CASE("only registry.toml may say what is remote") {
  CHECK(toml_problems("[remote]\n") == Lines{"1:1: remote: only registry.toml may have this"});
}

TEST_CASE("whose publication a source is follows from its path alone") {
  CHECK(origin_of_source(".reg/remote/host-17.reg.json") == "host-17");
  CHECK(origin_of_source(".reg/remote/a.reg.json") == "a");
  for (const char* other :
       {".reg/remote/.reg.json", ".reg/remote/a/b.reg.json", ".reg/remote/-a.reg.json",
        ".reg/remote/a.reg.toml", "a/.reg/remote/a.reg.json", ".reg/remote",
        ".reg/remoteX.reg.json", ".reg/remote/..reg.json", "manual.reg.json", ""}) {
    CAPTURE(other);
    CHECK(origin_of_source(other).empty());
  }
}
