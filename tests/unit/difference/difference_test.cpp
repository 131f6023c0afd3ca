#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/difference.h>

#include <scratch.h>
#include "../cache/build_cache.h"
#include "../cache/forgery.h"

using namespace reg;
using namespace reg_test;

namespace {

using Kind = OidDifference::Kind;

Cache cache_of(const ScratchFolder& folder, const std::string& name, const CacheContent& content) {
  build_cache(folder / name, content);
  return Cache::open(folder / name);
}

CacheDifference difference(const CacheContent& before, const CacheContent& after) {
  const ScratchFolder folder;
  return compare(cache_of(folder, "before", before), cache_of(folder, "after", after));
}

RegistryInfo registry(std::string name, std::vector<std::string> reads = {}) {
  RegistryInfo info;
  info.name = std::move(name);
  info.fields = {{"rank", FieldType::Int}, {"driver", FieldType::Any}};
  info.reads = std::move(reads);
  return info;
}

// Two implementations of Kernel/gemm, and one of Codec/image.
CacheContent kernels() {
  CacheContent content;
  content.registries = {registry("Codec"), registry("Kernel", {"device", "sm"})};
  content.predicates["gpu"] = {{}, Predicate::parse("device == 'cuda'")};
  content.symbols = {symbol("Codec", "image", "Png"),
                     symbol("Kernel", "gemm", "Fast", "gpu() & sm >= 80", {{"rank", 1}}),
                     symbol("Kernel", "gemm", "Slow")};
  return content;
}

std::vector<std::string> oids(const CacheDifference& found) {
  std::vector<std::string> names;
  for (const OidDifference& oid : found.oids) names.push_back(oid.registry + '/' + oid.oid);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a cache does not differ from itself") {
  const CacheDifference found = difference(kernels(), kernels());
  CHECK(found.empty());
  CHECK(found.moved.empty());
  CHECK(found.selects_alike());
}

TEST_CASE("what a symbol says is compared member by member") {
  CacheContent after = kernels();
  after.symbols[1].info = {{"driver", "12.0"}};
  after.symbols[1].select = "gpu() & sm >= 90";
  after.symbols[1].doc = "fast";
  const CacheDifference found = difference(kernels(), after);
  REQUIRE(found.symbols.size() == 1);
  CHECK(found.symbols[0].kind == ChangeKind::Altered);
  CHECK(found.symbols[0].symbol == SymbolKey{"Kernel", "gemm", "Fast"});
  CHECK(found.symbols[0].members ==
        std::vector<MemberChange>{{"select", Json("gpu() & sm >= 80"), Json("gpu() & sm >= 90")},
                                  {"info.driver", std::nullopt, Json("12.0")},
                                  {"info.rank", Json(1), std::nullopt},
                                  {"doc", std::nullopt, Json("fast")}});
  CHECK(oids(found) == Names{"Kernel/gemm"});
}

TEST_CASE("documentation is a change that concerns no selection") {
  CacheContent after = kernels();
  after.symbols[1].doc = "fast";
  const CacheDifference found = difference(kernels(), after);
  CHECK(found.symbols.size() == 1);
  CHECK(found.oids.empty());
  CHECK(found.selects_alike());
}

TEST_CASE("a symbol that stands elsewhere has moved, which is no change") {
  CacheContent after = kernels();
  after.symbols[1].source.line = 9;
  const CacheDifference found = difference(kernels(), after);
  CHECK(found.empty());
  REQUIRE(found.moved.size() == 1);
  CHECK(found.moved[0].before.line == 3);
  CHECK(found.moved[0].after.line == 9);
}

TEST_CASE("an oid that is in one cache only is added or removed, with its symbols") {
  CacheContent after = kernels();
  after.symbols.erase(after.symbols.begin());
  after.symbols.push_back(symbol("Kernel", "zip", "Zip"));
  const CacheDifference found = difference(kernels(), after);
  REQUIRE(found.oids.size() == 2);
  CHECK(found.oids[0].kind == Kind::Removed);
  CHECK(found.oids[1].kind == Kind::Added);
  CHECK(oids(found) == Names{"Codec/image", "Kernel/zip"});
  REQUIRE(found.symbols.size() == 2);
  CHECK(found.symbols[0].kind == ChangeKind::Removed);
  CHECK(found.symbols[1].kind == ChangeKind::Added);
  CHECK_FALSE(found.selects_alike());
}

TEST_CASE("another order of the same implementations concerns the oid, which says so") {
  CacheContent after = kernels();
  std::swap(after.symbols[1], after.symbols[2]);
  const CacheDifference found = difference(kernels(), after);
  CHECK(found.symbols.empty());
  REQUIRE(oids(found) == Names{"Kernel/gemm"});
  CHECK(found.oids[0].reordered);
  CHECK_FALSE(found.empty());
}

TEST_CASE("a named predicate concerns who calls it, by way of others too") {
  CacheContent before = kernels();
  before.predicates["fast_gpu"] = {{}, Predicate::parse("gpu() & sm >= 90")};
  before.symbols.push_back(symbol("Kernel", "zip", "Zip", "fast_gpu()"));
  before.symbols.push_back(symbol("Kernel", "zap", "Zap", "sm >= 90"));
  CacheContent after = before;
  after.predicates["gpu"] = {{}, Predicate::parse("device in ['cuda', 'rocm']")};
  const CacheDifference found = difference(before, after);
  CHECK(found.symbols.empty());
  CHECK(found.predicates ==
        std::vector<NamedDifference>{
            {ChangeKind::Altered,
             "gpu",
             {{"expr", Json("device == \"cuda\""), Json("device in [\"cuda\", \"rocm\"]")}}}});
  CHECK(oids(found) == Names{"Kernel/gemm", "Kernel/zip"});
}

TEST_CASE("a registry's own predicate concerns all of its oids, its documentation none") {
  CacheContent after = kernels();
  after.registries[1].doc = "GEMM";
  CHECK(difference(kernels(), after).oids.empty());
  after.registries[1].select = "device == 'cpu'";
  const CacheDifference found = difference(kernels(), after);
  CHECK(oids(found) == Names{"Kernel/gemm"});
  REQUIRE(found.registries.size() == 1);
  CHECK(found.registries[0].members ==
        std::vector<MemberChange>{{"doc", std::nullopt, Json("GEMM")},
                                  {"select", std::nullopt, Json("device == 'cpu'")}});
}

TEST_CASE("a field or a fact that is a version now concerns the registry") {
  CacheContent after = kernels();
  after.registries[1].fields[1].type = FieldType::Version;
  CHECK(oids(difference(kernels(), after)) == Names{"Kernel/gemm"});
  after = kernels();
  after.registries[0].context = {{"driver", FieldType::Version}};
  CHECK(oids(difference(kernels(), after)) == Names{"Codec/image"});
}

TEST_CASE("callers that give a fact which is refused now are a difference") {
  CacheContent before = kernels(), after = kernels();
  before.registries[1].context = {{"a"}, {"b", FieldType::Int}, {"c", FieldType::Int}, {"d"}};
  before.registries[1].context[3].values = {1, 2};
  after.registries[1].context = {{"b", FieldType::Number}, {"c", FieldType::Bool}, {"d"}, {"e"}};
  after.registries[1].context[2].values = {2, 3};
  using Refused = std::vector<RefusedFact>;
  const CacheDifference found = difference(before, after);
  CHECK(found.refused == Refused{{"Kernel", "a"}, {"Kernel", "c"}, {"Kernel", "d"}});
  CHECK_FALSE(found.selects_alike());
  CHECK(difference(kernels(), after).refused == Refused{{"Kernel", ""}});
  CHECK(difference(before, kernels()).refused.empty());
  CHECK(difference(before, before).refused.empty());
}

TEST_CASE("a fact of the base context concerns the registries that read it") {
  CacheContent after = kernels();
  after.context = {{"sm", 90}, {"shown", true}};
  const CacheDifference found = difference(kernels(), after);
  CHECK(found.context == std::vector<MemberChange>{{"shown", std::nullopt, Json(true)},
                                                   {"sm", std::nullopt, Json(90)}});
  CHECK(oids(found) == Names{"Kernel/gemm"});
  after.context = {{"shown", true}};
  CHECK(difference(kernels(), after).oids.empty());
}

TEST_CASE("a base context that a registry refuses now, or no longer, is a difference") {
  CacheContent well = kernels(), wrong = kernels(), worse = kernels();
  for (CacheContent* one : {&well, &wrong, &worse}) {
    for (RegistryInfo& registry : one->registries)
      registry.context = {{"device", FieldType::String}, {"cpu.isa", FieldType::List}};
    one->registries[1].context.push_back({"sm", FieldType::Int});
    one->context = {{"device", "cpu"}};
  }
  wrong.context["sm"] = "80";
  worse.context["sm"] = "90";
  worse.context["cpu"] = 3;
  using Refused = std::vector<RefusedFact>;
  const RefusedFact sm = {"Kernel", "sm",
                          "the fact \"sm\" of the registry \"Kernel\" is int, but \"80\" is given"};
  const CacheDifference now_wrong = difference(well, wrong);
  CHECK(now_wrong.refused == Refused{sm});
  CHECK(now_wrong.accepted.empty());
  CHECK_FALSE(now_wrong.selects_alike());
  const CacheDifference now_well = difference(wrong, well);
  CHECK(now_well.accepted == Refused{sm});
  CHECK(now_well.refused.empty());
  CHECK_FALSE(now_well.selects_alike());
  const CacheDifference both_wrong = difference(wrong, worse);
  CHECK(both_wrong.accepted.empty());
  REQUIRE(both_wrong.refused.size() == 2);
  CHECK(both_wrong.refused[0].registry == "Codec");
  CHECK(both_wrong.refused[1].path == "cpu");
  CHECK(difference(wrong, wrong).selects_alike());
}

TEST_CASE("a version that is written in another way is another fact") {
  CacheContent before = kernels(), after = kernels();
  before.context = parse_context(R"({"sm": 2.10})", "test");
  after.context = parse_context(R"({"sm": 2.1})", "test");
  CHECK(oids(difference(before, after)) == Names{"Kernel/gemm"});
}

TEST_CASE("caches whose lines stand in another order than written are not compared") {
  const ScratchFolder folder;
  const Cache before = cache_of(folder, "before", kernels());
  Forgery disordered(kernels());
  disordered.replace("{\"registry\":\"Codec\"", "{\"registry\":\"Zodec\"");
  CHECK_THROWS_AS((void)compare(before, Cache::open(disordered.path())), StorageError);
}

namespace {

const Names texts = {"a",     "a == 1",           "a == self.rank", "p() & b", "~q()",
                     "b | a", "self.driver <= b", "q() & yes(2)",   "yes(0)"};

std::optional<std::string> random_select() {
  if (*rc::gen::inRange(0, 4) == 0) return std::nullopt;
  return *rc::gen::elementOf(texts);
}

Json random_value() { return *rc::gen::elementOf(std::vector<Json>{0, 1, "2.1", "2.10", Json()}); }

// Some of three, in one order or another.
Names random_targets() {
  Names targets;
  for (const char* target : {"t", "u", "v"}) {
    if (*rc::gen::inRange(0, 4) != 0) targets.emplace_back(target);
  }
  if (*rc::gen::arbitrary<bool>()) std::reverse(targets.begin(), targets.end());
  return targets;
}

// Few names, so that two of them have much in common.
CacheContent random_content() {
  CacheContent content;
  content.predicates["p"] = {{}, Predicate::parse(*rc::gen::element("a == 0", "has(b)"))};
  content.predicates["q"] = {{}, Predicate::parse(*rc::gen::element("p()", "a & b"))};
  if (*rc::gen::arbitrary<bool>()) content.context["a"] = random_value();
  for (const char* name : {"R", "S"}) {
    content.registries.push_back(registry(name, {"a", "b"}));
    if (*rc::gen::inRange(0, 3) == 0) content.registries.back().fields[1].type = FieldType::Version;
    if (*rc::gen::inRange(0, 3) == 0) content.registries.back().select = random_select();
    for (const char* oid : {"x", "y"}) {
      for (const std::string& target : random_targets()) {
        content.symbols.push_back(symbol(name, oid, target, random_select()));
        content.symbols.back().info["driver"] = *rc::gen::element("2.1", "2.10");
        if (*rc::gen::arbitrary<bool>()) content.symbols.back().info["rank"] = 1;
      }
    }
  }
  return content;
}

std::optional<std::string> winner(const Cache& cache, const std::string& registry,
                                  const std::string& oid, const Context& context) {
  const auto chosen = cache.select_or_none(registry, oid, context);
  return chosen ? std::optional(chosen->symbol.target) : std::nullopt;
}

// The same with one thing changed.
CacheContent edited(CacheContent content) {
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      content.context["a"] = random_value();
      break;
    case 1:
      content.predicates["p"] = {{}, Predicate::parse(*rc::gen::element("a == 0", "has(b)"))};
      break;
    case 2:
      content.registries[0].select = random_select();
      break;
    case 3:
      content.registries[1].fields[1].type = *rc::gen::element(FieldType::Any, FieldType::Version);
      break;
    default:
      for (Symbol& symbol : content.symbols) {
        if (*rc::gen::inRange(0, 4) == 0) symbol.select = random_select();
        if (*rc::gen::inRange(0, 4) == 0) symbol.doc = "another";
      }
  }
  return content;
}

// Every fact given as each value, or not.
std::vector<Context> all_contexts() {
  const std::vector<Json> values = {0, 1, "2.1", "2.10", Json()};
  std::vector<Context> contexts = {Context::object()};
  for (const char* fact : {"a", "b"}) {
    for (std::size_t i = contexts.size(); i-- > 0;) {
      for (const Json& value : values) {
        contexts.push_back(contexts[i]);
        contexts.back()[fact] = value;
      }
    }
  }
  return contexts;
}

bool is_listed(const CacheDifference& found, const std::string& registry, const std::string& oid) {
  return std::any_of(found.oids.begin(), found.oids.end(), [&](const OidDifference& each) {
    return each.registry == registry && each.oid == oid;
  });
}

ChangeKind mirrored(ChangeKind kind) {
  if (kind == ChangeKind::Altered) return kind;
  return kind == ChangeKind::Added ? ChangeKind::Removed : ChangeKind::Added;
}

}  // namespace

TEST_CASE("an oid that is not listed selects the same for every context") {
  std::size_t unlisted = 0;
  rc::check([&] {
    const ScratchFolder folder;
    const CacheContent content = random_content();
    const Cache before = cache_of(folder, "before", content);
    const Cache after = cache_of(folder, "after", edited(content));
    const CacheDifference found = compare(before, after);
    for (const char* registry : {"R", "S"}) {
      for (const char* oid : {"x", "y"}) {
        if (is_listed(found, registry, oid)) continue;
        ++unlisted;
        for (const Context& context : all_contexts())
          RC_ASSERT(winner(before, registry, oid, context) ==
                    winner(after, registry, oid, context));
      }
    }
  });
  CHECK(unlisted > 0);
}

TEST_CASE("the other way round, what was added is removed, and the same oids are concerned") {
  rc::check([] {
    const CacheContent before = random_content(), after = random_content();
    const CacheDifference there = difference(before, after), back = difference(after, before);
    RC_ASSERT(oids(there) == oids(back));
    RC_ASSERT(there.context.size() == back.context.size());
    auto mirror = [](const CacheDifference& found) {
      std::vector<std::pair<std::string, ChangeKind>> all;
      for (const SymbolDifference& each : found.symbols)
        all.emplace_back(each.symbol.registry + each.symbol.oid + each.symbol.target, each.kind);
      std::sort(all.begin(), all.end());
      return all;
    };
    auto expected = mirror(there);
    for (auto& [name, kind] : expected) kind = mirrored(kind);
    RC_ASSERT(mirror(back) == expected);
  });
}

TEST_CASE("no cache differs from itself") {
  rc::check([] {
    const CacheContent content = random_content();
    RC_ASSERT(difference(content, content).empty());
  });
}
