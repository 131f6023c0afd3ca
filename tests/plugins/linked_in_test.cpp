// What is linked in, beside a cache and as in one.

#include "host.h"

#include <doctest/doctest.h>
#include <plugin/interface_check.h>
#include <deque>
#include <random>

namespace reg_test {
namespace {

using Info = reg::plugin::InterfaceInfo;
const Info& codec_info() { return reg::plugin::Factory<demo::Codec>::info; }

demo::Codec* make_nothing(int /*level*/) { return nullptr; }
demo::Codec* make_other(int /*level*/) { return nullptr; }
void destroy(demo::Codec* /*codec*/) noexcept {}

// A table of declarations, as they might be linked in.
class LinkedRows {
 public:
  using Create = demo::Codec* (*)(int);

  void add(const reg::Json& declaration, std::uint32_t line = 1, Create create = make_nothing) {
    for (const char* name : {"target", "oid"})
      texts_.push_back(declaration.at(name).get<std::string>());
    const std::string &target = texts_[texts_.size() - 2], &oid = texts_.back();
    texts_.push_back(declaration.dump());
    reg::plugin::Factory<demo::Codec>& row = rows_.emplace_back();
    static_cast<reg::plugin::Row&>(row) = {sizeof(reg::plugin::Row),
                                           line,
                                           "png.cpp",
                                           target.c_str(),
                                           "Codec",
                                           oid.c_str(),
                                           texts_.back().data(),
                                           texts_.back().size(),
                                           codec_info()};
    row.create = create;
    row.destroy = destroy;
    pointers_.push_back(&row);
  }
  reg::plugin::Row& row(std::size_t at) { return rows_[at]; }
  reg::plugin::Table table() const {
    return {pointers_.data(), pointers_.data() + pointers_.size()};
  }

 private:
  std::deque<std::string> texts_;  // which stay where they are
  std::deque<reg::plugin::Factory<demo::Codec>> rows_;
  std::vector<const reg::plugin::Row*> pointers_;
};

reg::Json declaration(const std::string& oid, const std::string& target) {
  return {{"registry", "Codec"}, {"oid", oid}, {"target", target}};
}

// Of one oid: which implementation, how well it fits, and what is as good.
std::string told(const Codecs& chosen) {
  std::string text =
      chosen.symbol().oid + ' ' + chosen.symbol().target + ' ' + std::to_string(chosen.score());
  if (chosen.tie())
    for (const std::string& target : chosen.tie()->targets) text += " = " + target;
  return text;
}

std::vector<std::string> chosen_each(const reg::Loader& loader) {
  std::vector<std::string> all;
  for (const char* oid : {"a", "b", "c"})
    if (const auto chosen = Codecs::choose_or_none(loader, oid, {{"x", 1}}))
      all.push_back(told(*chosen));
  return all;
}

std::vector<std::string> possible(const reg::Loader& loader) {
  std::vector<std::string> all;
  for (const Codecs& each : Codecs::possible(loader, {{"x", 1}})) all.push_back(told(each));
  return all;
}

// All conditional, so that any of them may stand beside any other.
reg::Json random_declarations(std::mt19937& random, const std::string& letter, bool acting) {
  const auto below = [&](int count) {
    return static_cast<int>(random() % static_cast<unsigned>(count));
  };
  reg::Json all = reg::Json::array();
  for (int at = 0, count = below(7); at < count; ++at) {
    reg::Json one =
        declaration(std::string(1, static_cast<char>('a' + below(3))), letter + std::to_string(at));
    one["select"] = std::vector<std::string>{"x == 1", "x == 2", "yes(0.5)",
                                             "yes(2)"}[static_cast<std::size_t>(below(4))];
    if (acting && below(4) == 0)
      one["replaces"] = (below(2) ? "S" : letter) + std::to_string(at + 1);
    if (acting && below(6) == 0) one["clear"] = true;
    if (acting && below(6) == 0) one["force"] = true;
    all.push_back(std::move(one));
  }
  return all;
}

// Of some oids; what they name may not be there, or be linked in.
reg::Json random_pins(std::mt19937& random) {
  reg::Json all = reg::Json::array();
  for (const char* oid : {"a", "b", "c"}) {
    const std::string target = (random() % 8 == 0 ? "T" : "S") + std::to_string(random() % 6);
    reg::Json pin = declaration(oid, target);
    pin["reason"] = "random";
    if (random() % 3 != 0) all.push_back(std::move(pin));
  }
  return all;
}

class Cached {
 public:
  Cached() {
    write_file(folder_ / reg::Workspace::config_name, "[workspace]\nsources = ['*.reg.json']\n");
  }
  reg::Cache of(const reg::Json& declarations, const reg::Json& pins = reg::Json::array()) const {
    const reg::Json manifest = {{"symbols", declarations},
                                {"registries", {{"Codec", {{"fields", {{"driver", "version"}}}}}}}};
    write_file(folder_ / "all.reg.json", manifest.dump());
    write_file(folder_ / reg::Workspace::manual_name, reg::Json{{"pins", pins}}.dump());
    const reg::Workspace workspace = reg::Workspace::at(folder_.path());
    REQUIRE_FALSE(reg::auto_register(workspace).failed);
    return reg::Cache::open(workspace.cache());
  }

 private:
  ScratchFolder folder_;
};

TEST_CASE("possible gives what choose gives for each oid, whatever is replaced or cleared") {
  std::mt19937 random(14);
  const Cached cached;
  for (int round = 0; round < 60; ++round) {
    const reg::Json declared = random_declarations(random, "S", false);
    const reg::Cache cache = cached.of(declared, random_pins(random));
    LinkedRows rows;
    for (const reg::Json& each : random_declarations(random, "T", true)) rows.add(each);
    const reg::Loader loader(cache, {}, rows.table());
    if (rows.table().begin == rows.table().end && cache.size() == 0) continue;
    CHECK(possible(loader) == chosen_each(loader));
  }
}

TEST_CASE("what is linked in is settled as the same declarations in a cache") {
  std::mt19937 random(41);
  const Cached cached;
  for (int round = 0; round < 60; ++round) {
    const reg::Json declarations = random_declarations(random, "T", true);
    if (declarations.empty()) continue;
    CAPTURE(declarations.dump());
    LinkedRows rows;
    for (const reg::Json& each : declarations) rows.add(each);
    CHECK(chosen_each(reg::Loader({}, rows.table())) ==
          chosen_each(reg::Loader(cached.of(declarations), {}, {})));
  }
}

TEST_CASE("what is linked in is checked against what the cache declares of its registry") {
  const Cached cached;
  const reg::Cache cache = cached.of(reg::Json::array({declaration("a", "S")}));
  const auto problem = [&](const char* member, const reg::Json& value) -> std::string {
    LinkedRows rows;
    reg::Json one = declaration("a", "T");
    one[member] = value;
    rows.add(one);
    try {
      (void)Codecs::choose(reg::Loader(cache, {}, rows.table()), "a", {});
    } catch (const reg::InputError& error) {
      return error.what();
    }
    return {};
  };
  CHECK(contains(problem("info", {{"drive", 12}}), "has no field \"drive\""));
  CHECK(contains(problem("info", {{"driver", "new"}}), "is version"));
  CHECK(contains(problem("select", "self.drive > 1"), "drive"));
  CHECK(problem("info", {{"driver", 12}}).empty());
  CHECK(problem("select", "self.driver > '1'").empty());

  LinkedRows rows;
  reg::Json one = declaration("number", "T");
  one["info"] = {{"driver", 12}};
  rows.add(one);
  CHECK(Codecs::choose(reg::Loader(cache, {}, rows.table()), "number", {})
            .symbol()
            .info.at("driver") == "12");
}

TEST_CASE("declarations of one place and target are told apart") {
  LinkedRows rows;
  for (const char* select : {"x == 1", "x == 2"}) {
    reg::Json one = declaration("a", "T");
    one["select"] = select;
    rows.add(one, 1, std::string_view(select) == "x == 1" ? make_nothing : make_other);
  }
  Info other = codec_info();
  other.version = 9;
  rows.row(1).interface = other;
  const reg::Loader loader({}, rows.table());
  CHECK(error_of([&] {
          Codecs::choose(loader, "a", {{"x", 2}}).load();
        }).failure() == reg::PluginFailure::OtherVersion);
  CHECK_NOTHROW(Codecs::choose(loader, "a", {{"x", 1}}).load());
}

TEST_CASE("rows with the same functions are one factory, others are told apart by their place") {
  LinkedRows rows;
  rows.add(declaration("a", "T"), 1);
  rows.add(declaration("a", "T"), 2);
  reg::Symbol symbol;
  symbol.registry = "Merged";
  symbol.oid = "a";
  reg::InterfaceMismatch mismatch;
  const auto found = [&] {
    return reg::find_row(rows.table(), "T", symbol, codec_info(), mismatch);
  };
  CHECK(found() != nullptr);
  rows.add(declaration("a", "T"), 3, make_other);
  CHECK(found() == nullptr);
  CHECK(contains(mismatch.reason, "several factories"));
  symbol.declared = {"png.cpp", 3, 0};
  CHECK(found() == &rows.row(2));
}

TEST_CASE("a row that lacks what the first version has is not read") {
  LinkedRows rows;
  rows.add(declaration("a", "T"));
  rows.row(0).size = sizeof(reg::plugin::Row) - 1;
  reg::Symbol symbol;
  reg::InterfaceMismatch mismatch;
  CHECK(reg::find_row(rows.table(), "T", symbol, codec_info(), mismatch) == nullptr);
  CHECK(mismatch.failure == reg::PluginFailure::OtherVersion);
}

}  // namespace
}  // namespace reg_test
