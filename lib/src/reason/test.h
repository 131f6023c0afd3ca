#pragma once
// Tests of facts: the leaves of predicates, with the candidate's info and the parameters of named
// predicates written in.

#include <predicate/evaluation.h>
#include <predicate/value.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace reg::reason {

using FactId = std::size_t;
using TestId = std::size_t;

// An operand: a fact, or a value, which must outlive the test.
struct Side {
  std::optional<FactId> fact;
  ast::Value value;  // of a fact: its origin only
};

struct Test {
  enum class Kind : std::uint8_t {
    Truth,       // a fact alone
    Presence,    // has(fact)
    Comparison,  // never `!=`
    Rank,        // yes(fact)
    TestOfFact   // a call of a `fact = true` predicate
  };
  Kind kind = Kind::Truth;
  ast::Operator op = ast::Operator::Equal;  // of a comparison
  ast::All all = ast::All::No;              // of a test of a fact
  // The fact; of a comparison, left and right; of a test of a fact, its arguments behind it.
  std::vector<Side> sides = {};

  std::size_t arguments() const { return sides.size() - 1; }
};

// Whether it scores 1 or 0.
inline bool is_condition(const Test& test) {
  return test.kind != Test::Kind::Rank && test.kind != Test::Kind::TestOfFact;
}

// What a fact is; null: it is missing.
using ValueOf = std::function<const Json*(FactId)>;

// The score of a test, as an evaluation scores it.
double score(const Test& test, const ValueOf& value_of);
// Of a test that reads one fact only.
double score(const Test& test, const Json* value);

// Whether a comparison, or one argument of the test of a fact, compares versions.
bool compares_versions(const Side& fact, const Side& other);

// Appends bytes that are the same for no other value.
void append_exact(std::string& out, const Json& value);

// Facts and tests, each once.
class Tests {
 public:
  FactId fact(const std::vector<std::string>& keys);
  TestId test(Test test);

  const Test& operator[](TestId id) const { return tests_[id]; }
  std::size_t size() const { return tests_.size(); }
  std::size_t facts() const { return keys_.size(); }
  const std::vector<std::string>& keys(FactId id) const { return keys_[id]; }
  // The facts that it reads, each once.
  const std::vector<FactId>& facts_of(TestId id) const { return facts_of_[id]; }
  // Whether its score follows from what one fact is, by comparing it with values.
  bool is_of_one_fact(TestId id) const;

 private:
  std::map<std::vector<std::string>, FactId> facts_;
  std::vector<std::vector<std::string>> keys_;
  std::unordered_map<std::string, TestId> ids_;
  std::vector<Test> tests_;
  std::vector<std::vector<FactId>> facts_of_;
};

}  // namespace reg::reason
