#include "logilab_case.h"

#include <array>
#include <string>

namespace reg::conformance {
namespace {

constexpr std::array facts{"a", "b", "c", "d"};
constexpr std::array oids{"one", "two", "three"};

}  // namespace

// splitmix64: the same on every platform, unlike the standard's distributions.
std::uint64_t CaseGenerator::below(std::uint64_t bound) {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return (z ^ (z >> 31)) % bound;
}

Json CaseGenerator::fact() { return facts[below(facts.size())]; }

// Halves, so that sums are exact; few of them, so that ties and sums of 0 happen.
Json CaseGenerator::number() {
  auto halves = static_cast<std::int64_t>(below(9)) - 3;
  if (halves % 2 == 0) return halves / 2;
  return static_cast<double>(halves) / 2;
}

Json CaseGenerator::value() {
  switch (below(6)) {
    case 0:
      return nullptr;
    case 1:
      return chance(2);
    case 2:
      return chance(2) ? "" : "text";
    case 3:
      return Json::array({1, "x"});
    default:
      return number();
  }
}

Json CaseGenerator::context() {
  Json made = Json::object();
  for (const char* name : facts) {
    if (!chance(3)) made[name] = value();
  }
  return made;
}

Json CaseGenerator::leaf() {
  switch (below(7)) {
    case 0:
      return Json::array({"yes"});
    case 1:
      return Json::array({"yes", number()});
    case 2:
      return Json::array({"eq", fact(), value()});
    case 3:
      return Json::array({"has", fact()});
    case 4:
      return Json::array({"ge", fact(), number()});
    case 5:
      return Json::array({"score", fact()});
    default:
      return Json::array({"truthy", fact()});
  }
}

Json CaseGenerator::tree(int depth) {
  if (depth == 0 || chance(4)) return leaf();
  if (chance(4)) return Json::array({"not", tree(depth - 1)});
  Json made = Json::array({chance(2) ? "and" : "or"});
  for (std::uint64_t count = 2 + below(3); count > 0; --count) made.push_back(tree(depth - 1));
  return made;
}

Json CaseGenerator::step(const Json& registries) {
  constexpr std::uint64_t targets = 6;
  std::string oid = oids[below(oids.size())];
  std::uint64_t number_of_target = below(targets);
  auto named = [&](std::uint64_t which) { return oid + "_" + std::to_string(which); };
  Json made{{"registry", registries[below(registries.size())]},
            {"oid", oid},
            {"target", named(number_of_target)},
            {"clear", chance(12)},
            {"do", "register"}};
  // Without a predicate, the rules of this library allow one: which one is the same everywhere.
  made["select"] = number_of_target == 0 ? Json(nullptr) : tree(2);
  made["replaced"] = named((number_of_target + 1 + below(targets - 1)) % targets);
  if (chance(6)) made["do"] = "unregister";
  if (chance(6)) made["do"] = "replace";
  return made;
}

Json CaseGenerator::next() {
  Json made{{"debug", chance(4)}, {"registries", {"left", "right"}}};
  made["predicates"] = made["contexts"] = made["steps"] = Json::array();
  for (int i = 0; i < 4; ++i) made["predicates"].push_back(tree(4));
  for (int i = 0; i < 4; ++i) made["contexts"].push_back(context());
  for (std::uint64_t count = 4 + below(16); count > 0; --count)
    made["steps"].push_back(step(made["registries"]));
  made["asked"] = {{"left", "one"},  {"left", "two"},     {"right", "three"},
                   {"right", "two"}, {"left", "unknown"}, {"unknown", "one"}};
  return made;
}

}  // namespace reg::conformance
