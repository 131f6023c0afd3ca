#include <predicate/tested_fact.h>
#include <reason/test.h>
#include <algorithm>

namespace reg::reason {

// JSON text cannot tell texts apart that are not UTF-8.
void append_exact(std::string& out, const Json& value) {
  const std::vector<std::uint8_t> bytes = Json::to_msgpack(value);
  out.append(bytes.begin(), bytes.end());
}

namespace {

template <typename Value>
double score_with(const Test& test, Value&& value_of) {
  const ast::Value fact = value_of(test.sides.front());
  switch (test.kind) {
    case Test::Kind::Truth:
      return fact.json != nullptr && ast::is_true(*fact.json) ? 1 : 0;
    case Test::Kind::Presence:
      return fact.json != nullptr ? 1 : 0;
    case Test::Kind::Comparison:
      return ast::holds(test.op, fact, value_of(test.sides[1])) ? 1 : 0;
    case Test::Kind::Rank:
      return fact.json != nullptr && ast::is_number(*fact.json)
                 ? ast::finite(ast::number_in(*fact.json))
                 : 0;
    case Test::Kind::TestOfFact:
      return ast::test_of_fact(fact, test.arguments(), test.all,
                               [&](std::size_t i) { return value_of(test.sides[i + 1]); });
  }
  return 0;
}

void append(std::string& key, const Side& side) {
  key += std::to_string(static_cast<unsigned>(side.value.origin));
  if (side.fact) {
    key += 'f';
    key += std::to_string(*side.fact);
  } else if (side.value.json == nullptr) {
    key += '-';
  } else {
    append_exact(key, *side.value.json);
  }
  key += '\n';
}

std::string key_of(const Test& test) {
  std::string key;
  key += static_cast<char>('a' + static_cast<int>(test.kind));
  key += static_cast<char>('a' + static_cast<int>(test.op));
  key += test.all == ast::All::Yes ? '&' : '|';
  for (const Side& side : test.sides) append(key, side);
  return key;
}

}  // namespace

double score(const Test& test, const ValueOf& value_of) {
  return score_with(test, [&](const Side& side) {
    return side.fact ? ast::Value{value_of(*side.fact), side.value.origin} : side.value;
  });
}

double score(const Test& test, const Json* value) {
  return score_with(test, [&](const Side& side) {
    return side.fact ? ast::Value{value, side.value.origin} : side.value;
  });
}

bool compares_versions(const Side& fact, const Side& other) {
  return ast::as_of(fact.value, other.value) == ast::As::Versions ||
         (other.value.json != nullptr && ast::is_version(*other.value.json));
}

FactId Tests::fact(const std::vector<std::string>& keys) {
  const auto [found, is_new] = facts_.try_emplace(keys, keys_.size());
  if (is_new) keys_.push_back(keys);
  return found->second;
}

TestId Tests::test(Test test) {
  const auto [found, is_new] = ids_.try_emplace(key_of(test), tests_.size());
  if (!is_new) return found->second;
  std::vector<FactId>& facts = facts_of_.emplace_back();
  for (const Side& side : test.sides) {
    if (side.fact) facts.push_back(*side.fact);
  }
  std::ranges::sort(facts);
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  tests_.push_back(std::move(test));
  return found->second;
}

// The test of a fact for itself, or for a part of it, is none.
bool Tests::is_of_one_fact(TestId id) const {
  const Test& test = tests_[id];
  if (facts_of_[id].size() > 1) return false;
  return test.kind != Test::Kind::TestOfFact ||
         std::none_of(test.sides.begin() + 1, test.sides.end(),
                      [](const Side& argument) { return argument.fact.has_value(); });
}

}  // namespace reg::reason
