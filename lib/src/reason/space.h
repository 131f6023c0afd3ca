#pragma once
// What contexts there are, as far as the tests of some predicates tell them apart: a dimension for
// every fact, divided into classes of cells for which all tests score alike, and one for every
// further condition that tests ask for.
//
// The space is at least as large as that of real contexts: what holds in all of it holds for all of
// them. Further conditions are taken to be independent of each other and of all else.

#include <reason/box.h>
#include <reason/cells.h>
#include <reason/test.h>
#include <reg/symbol.h>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace reg::reason {

// What a caller's facts are laid over, and what is declared of them. There are as many as states
// that are compared.
struct Surroundings {
  const RegistryInfo* registry = nullptr;
  Context base = Context::object();  // as the registry declares its facts
};

// A context, of which the classes are to be known.
struct Sample {
  const Context& given;  // by a caller
  const Context& whole;  // with the base beneath
};

// A condition that is no matter of one fact's cells.
struct Condition {
  enum class Kind : std::uint8_t {
    Test,      // a test holds
    Contains,  // `value in fact`, for a list, an object or a text
    Grade,     // what stands under `value` in an object scores
    AnyGrade   // something in an object does
  };
  Kind kind = Kind::Test;
  TestId test = 0;                 // the one that asked for it first
  ast::Value fact = {};            // of all but a test: how the fact is taken
  ast::Value value = {};           // of Contains and Grade
  std::vector<FactId> facts = {};  // that it depends on; of all but a test, one
};

// How a test scores for a class of cells.
struct Outcome {
  enum class Kind : std::uint8_t {
    Score,
    Condition,  // `score` if the condition holds, else 0
    Number,     // the fact's number: between its bounds
    List,       // the test of a fact, by what the list has
    Object      // the same, by its grades
  };
  Kind kind = Kind::Score;
  double score = 0;
  std::size_t dimension = 0;  // of the condition
  double low = 0, high = 0;   // of the number
  friend auto operator<=>(const Outcome&, const Outcome&) = default;
};

// An outcome that is not 0, for a class of the fact's cells.
struct Scored {
  std::size_t a_class = 0;
  Outcome outcome;
};

// The further conditions of one argument of the test of a fact.
struct ArgumentConditions {
  std::optional<std::size_t> contains;  // for lists
  std::optional<std::size_t> grade;     // for objects
};

class Space {
 public:
  // `sample`: null, or one whose classes are to be known (`sampled`).
  Space(const Tests& tests, std::vector<Surroundings> sides, const Sample* sample = nullptr);

  const Tests& tests() const { return tests_; }
  const Layout& layout() const { return layout_; }
  const Surroundings& side(std::size_t index) const { return sides_[index]; }

  // The facts that a base context has, as paths.
  std::vector<std::vector<std::string>> base_facts() const;

  // Whether one of two facts lies in the other, so that to change one may change both.
  bool are_related(FactId a, FactId b) const;
  bool has_related(FactId fact) const;

  // Dimensions below the number of facts are those of facts, and have a fact's classes as cells.
  bool is_fact(std::size_t dimension) const { return dimension < tests_.facts(); }
  const std::vector<Cell>& cells(FactId fact, std::size_t a_class) const {
    return facts_[fact].classes[a_class];
  }
  // The kinds of the values that tests compare a fact with: none, if they only ask for its truth.
  ast::Kinds compared_kinds(FactId fact) const { return facts_[fact].compared; }
  // Whether tests compare it with versions: equal numbers may be different ones.
  bool tells_versions(FactId fact) const { return facts_[fact].versions; }
  // Of a dimension that is no fact's. Cell 0: it does not hold, 1: it holds.
  const Condition& condition(std::size_t dimension) const {
    return conditions_[dimension - tests_.facts()];
  }
  // Of every fact, the class in which the sample's value lies; without a sample, that of a fact
  // which is not given.
  static constexpr std::size_t sampled = 0;

  // Of a test of one fact, by class.
  const std::vector<Scored>& outcomes(TestId test, std::size_t side) const {
    return outcomes_[test][side];
  }
  // Of the test of a fact.
  const std::vector<ArgumentConditions>& arguments(TestId test) const { return arguments_[test]; }
  // Whether the outcomes of a test follow from the classes of one fact.
  bool is_of_classes(TestId test) const { return of_classes_[test] != 0; }
  // The dimension of a comparison that is not of classes.
  std::size_t holds(TestId test, std::size_t side) const;

 private:
  struct FactClasses {
    std::vector<std::vector<Cell>> classes;
    ast::Kinds compared = ast::None;
    bool versions = false;
  };

  // Whether what a caller gives is one value on all sides: no base is joined with it on some of
  // them only, and none takes it for a version that another takes as it is.
  bool is_one_value(FactId fact) const;
  void divide(FactId fact, const std::vector<TestId>& tests, const Sample* sample);
  std::vector<Cell> cells_of_fact(FactId fact, const std::vector<TestId>& tests,
                                  const Sample* sample, CellRules& rules);
  Domain domain_of_fact(FactId fact) const;
  const Json* base_value(FactId fact, std::size_t side) const;
  std::size_t dimension_of(const std::string& key, Condition condition);

  friend class Outcomes;

  const Tests& tests_;
  const std::vector<Surroundings> sides_;
  Layout layout_;
  std::vector<FactClasses> facts_;
  std::vector<Condition> conditions_;
  std::unordered_map<std::string, std::size_t> dimensions_;
  std::vector<std::vector<std::vector<Scored>>> outcomes_;  // by test and side
  std::vector<std::vector<ArgumentConditions>> arguments_;  // by test
  std::vector<char> of_classes_;                            // likewise
};

// Whether a condition holds for a whole context, the base included.
bool holds(const Condition& condition, const Tests& tests, const Context& whole);

}  // namespace reg::reason
