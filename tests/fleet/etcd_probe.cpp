// Drives the client of etcd for client_test.py: etcd_probe OPTIONS, which are JSON as in
// {"endpoints": [URL…], "ca": …, "user": …}. Reads a request of JSON from each line of its input,
// and answers with a line.

#include <etcd.h>

#include <reg/json.h>
#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace reg::fleet;
using reg::Json;

constexpr const char* reason_names[] = {"unreachable", "denied",    "compacted", "no-space",
                                        "no-lease",    "too-large", "malformed", "other"};

EtcdOptions options_of(const Json& json) {
  EtcdOptions options;
  options.endpoints = json.at("endpoints").get<std::vector<std::string>>();
  options.ca = json.value("ca", "");
  options.cert = json.value("cert", "");
  options.key = json.value("key", "");
  options.user = json.value("user", "");
  options.password = json.value("password", "");
  options.patience = std::chrono::milliseconds(json.value("patience", 3000));
  options.log = [](const std::string& text) { std::cerr << text << '\n'; };
  return options;
}

// A value, or, if a request has `size`, so many bytes that nothing makes shorter.
std::string value_of(const Json& json) {
  const std::size_t size = json.value("size", std::size_t{0});
  std::string value = json.value("value", "");
  std::uint32_t state = 1;
  while (value.size() < size) {
    state = state * 1664525 + 1013904223;
    value += static_cast<char>(state >> 24);
  }
  return value;
}

Operation operation_of(const Json& json) {
  Operation operation;
  if (json.contains("put")) {
    operation = {Operation::Kind::Put, json.at("put").get<std::string>()};
    operation.value = value_of(json);
    operation.lease = json.value("lease", std::int64_t{0});
  } else if (json.contains("delete")) {
    operation = {Operation::Kind::Delete, json.at("delete").get<std::string>()};
    operation.end = json.value("end", "");
  } else {
    operation = {Operation::Kind::Get, json.at("get").get<std::string>()};
    operation.revision = json.value("revision", std::int64_t{0});
  }
  return operation;
}

Compare compare_of(const Json& json) {
  return {json.at("key").get<std::string>(),
          json.value("what", "mod") == "create" ? Compare::What::Create : Compare::What::Mod,
          json.value("how", "=") == "=" ? Compare::How::Equal : Compare::How::Greater,
          json.value("revision", std::int64_t{0})};
}

template <class Value, class Make>
std::vector<Value> all_of(const Json& json, const char* name, Make make) {
  std::vector<Value> values;
  for (const Json& each : json.value(name, Json::array())) values.push_back(make(each));
  return values;
}

Json json_of(const Range& range) {
  Json kvs = Json::array();
  for (const KeyValue& kv : range.kvs) {
    kvs.push_back({{"key", kv.key},
                   {"value", kv.value.size() < 100 ? Json(kv.value) : Json(kv.value.size())},
                   {"created", kv.create_revision},
                   {"modified", kv.mod_revision},
                   {"lease", kv.lease}});
  }
  return {{"kvs", kvs}, {"count", range.count}, {"more", range.more}};
}

class Probe {
 public:
  explicit Probe(const Json& options) : etcd_(options_of(options)) {}

  Json answer(const Json& request) {
    const auto what = request.at("do").get<std::string>();
    const auto lease = request.value("lease", std::int64_t{0});
    if (what == "range") return range(request);
    if (what == "txn") return txn(request);
    if (what == "grant") {
      const Lease granted = etcd_.grant(std::chrono::seconds(request.at("ttl").get<int>()));
      return {{"lease", granted.id}, {"ttl", granted.ttl.count()}};
    }
    if (what == "keep_alive") {
      const std::optional<std::chrono::seconds> left = etcd_.keep_alive(lease);
      return left ? Json(left->count()) : Json();
    }
    if (what == "revoke") return etcd_.revoke(lease), Json(true);
    if (what == "watch") {
      watch_ = etcd_.watch(request.at("key").get<std::string>(), request.value("end", ""),
                           request.value("revision", std::int64_t{0}));
      return true;
    }
    const bool said = watch_->wait(std::chrono::milliseconds(request.at("ms").get<int>()), -1);
    return {{"said", said}, {"ended", watch_->ended()}};
  }

 private:
  Json range(const Json& request) {
    RangeRequest range;
    range.key = request.at("key").get<std::string>();
    range.end = request.value("end", "");
    if (request.value("prefix", false)) range.end = prefix_end(range.key);
    range.revision = request.value("revision", std::int64_t{0});
    range.min_mod_revision = request.value("min_mod_revision", std::int64_t{0});
    range.limit = request.value("limit", std::int64_t{0});
    range.keys_only = request.value("keys_only", false);
    const RangeAnswer answer = etcd_.range(range);
    Json json = json_of(answer);
    json["revision"] = answer.header.revision;
    return json;
  }

  Json txn(const Json& request) {
    const TxnAnswer answer = etcd_.txn({all_of<Compare>(request, "conditions", compare_of),
                                        all_of<Operation>(request, "then", operation_of),
                                        all_of<Operation>(request, "otherwise", operation_of)});
    Json gets = Json::array();
    for (const Range& each : answer.gets) gets.push_back(json_of(each));
    return {{"succeeded", answer.succeeded}, {"gets", gets}, {"revision", answer.header.revision}};
  }

  Etcd etcd_;
  std::unique_ptr<Watch> watch_;
};

Json error_of(const reg::RegistryError& error) {
  const auto* of_etcd = dynamic_cast<const EtcdError*>(&error);
  return {{"reason", of_etcd ? reason_names[static_cast<std::size_t>(of_etcd->reason())] : "input"},
          {"message", error.what()},
          {"hint", error.hint()}};
}

template <class Do>
void tell(Do what) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Json line;
  try {
    line["ok"] = what();
  } catch (const reg::RegistryError& error) {
    line["error"] = error_of(error);
  }
  line["seconds"] = std::chrono::duration<double>(Clock::now() - begin).count();
  std::cout << reg::to_text(line) << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::invalid_argument("etcd_probe OPTIONS");
    std::unique_ptr<Probe> probe;
    tell([&] {
      probe = std::make_unique<Probe>(reg::parse_json(argv[1], "options"));
      return Json(true);
    });
    std::string line;
    while (probe && std::getline(std::cin, line)) {
      tell([&] { return probe->answer(reg::parse_json(line, "request")); });
    }
    return probe ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "etcd_probe: " << error.what() << '\n';
    return 2;
  }
}
