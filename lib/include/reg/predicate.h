#pragma once
/// @file predicate.h
/// Predicates: expressions that score a context, and the named predicates that they call.
///
/// Grammar (DESIGN: predicates); blanks and newlines may stand between any two tokens (a path is
/// one, and so is a version):
///
///     expr    = and { "|" and }            and  = unary { "&" unary }
///     unary   = "~" unary | atom
///     atom    = "(" expr ")" | ident "(" [operand {"," operand}] ")" | operand [op operand]
///     op      = "==" "!=" "<" "<=" ">" ">=" "in" "glob"
///     operand = path | literal             path = ["self" "."] name { "." name }
///     name    = ident | "`" any text "`"   ident = a letter or "_" {letter | digit | "_"}
///     literal = "text" | 'text' | number | true | false | null | [literal, …] | version
///     version = "v" number {"." number} [("a" | "b" | "rc") number | "-" word {"." word}]
///               ["+" word {"." word}]: v12.4.1, v2.2.0rc1, v1.0-beta.2, v2.1.0+cu118
///
/// The letters are ASCII's. `self.x` is the candidate's own info, any other path a fact. In
/// back-ticks a name may be any text without control characters, but not empty; two back-ticks
/// stand for one. The first name of a fact's path stands in them if it is a keyword (`true`,
/// `false`, `null`, `in`, `glob`, `and`, `or`, `not`), `self`, or a version literal (`v2`,
/// `v2rc1`). The words of a version have letters, digits and "-", those behind its "+" also "_".
/// Strings have JSON's escapes, and `\'`.
///
/// A `Predicate` is an immutable value (its tree is shared, not copied); any thread may use any
/// copy. None is empty: there is no default one, and one that was moved from is as it was. Where
/// there may be none, an interface says `std::optional<Predicate>`.
///
/// ```cpp
/// auto p = reg::Predicate::parse("device == 'cuda' & sm >= 80");
/// assert(p.score({{"device", "cuda"}, {"sm", 90}}) == 2);
/// assert((p & reg::yes(3)).to_string() == R"(device == "cuda" & sm >= 80 & yes(3))");
/// ```

#include <reg/error.h>
#include <reg/json.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class PredicateSet;

/// The score of one part of a predicate, with its parts (DESIGN: explain).
struct Trace {
  std::string expr;             ///< this part, printed
  std::optional<double> score;  ///< not set: it was not evaluated
  std::vector<Trace>
      children;      ///< operands of `&`, `|`, `~`; the expression behind a named predicate
  std::string note;  ///< why it is 0 or was not evaluated: "short circuit", `missing fact "sm"`, …
};

/// A call of a named predicate inside a predicate.
struct PredicateCall {
  std::string name;
  std::size_t arguments = 0;
  std::size_t offset = 0;  ///< bytes from the start of the text it was parsed from
};

/// Which facts and fields are of type version: they are compared as versions, whatever they are
/// compared with.
struct Versions {
  std::vector<std::string> facts;   ///< paths, as `Predicate::facts` gives them: `cuda.version`
  std::vector<std::string> fields;  ///< names of the candidate's info: `driver`, without `self.`

  [[nodiscard]] bool empty() const { return facts.empty() && fields.empty(); }
  friend bool operator==(const Versions&, const Versions&) = default;
};

/// The names of a fact's path as it stands in a predicate, without their back-ticks: `a.b` and `c`
/// of `` `a.b`.c ``. The path of a field, `self.x`, is none.
/// @throws PredicateError with the offset of what is wrong.
[[nodiscard]] std::vector<std::string> parse_path(std::string_view path);
/// The path of a fact as it stands in predicates: `parse_path` reads the same names again. They
/// must not be empty, nor have control characters.
[[nodiscard]] std::string print_path(std::span<const std::string> names);

/// What a predicate is at its top (logilab: `AndPredicate`, `OrPredicate`, `NotPredicate`).
enum class PredicateKind : std::uint8_t {
  Atom,  ///< a comparison, a call, a C++ callable, `has`, `yes`, or an operand alone
  And,
  Or,
  Not
};

/// Scores a candidate for a context; 0: does not apply (logilab: `Predicate`).
class Predicate {
 public:
  /// What a C++ predicate is made of: the candidate's info and the context, to a score.
  using Function = std::function<double(const Json& self, const Context& context)>;

  /// The deepest nesting, and the longest text in bytes, that `parse` accepts.
  static constexpr std::size_t max_depth = 200;
  static constexpr std::size_t max_text = 64 * 1024;

  /// @throws PredicateError with the offset of what is wrong.
  [[nodiscard]] static Predicate parse(std::string_view text);
  /// A C++ callable as a predicate that prints as `name()`; it cannot be written to a cache.
  /// Use `objectify_predicate`, which deduces the rest.
  [[nodiscard]] static Predicate from_function(std::string name, Function function);
  /// `yes(score)`. @throws InputError if the score is not finite.
  [[nodiscard]] static Predicate yes(double score);

  Predicate(const Predicate&) = default;
  Predicate& operator=(const Predicate&) = default;
  /// Copies.
  Predicate(Predicate&& other) noexcept : root_(other.root_) {}
  /// Copies.
  Predicate& operator=(Predicate&& other) noexcept {
    root_ = other.root_;
    return *this;
  }
  ~Predicate() = default;

  /// Text that parses to an equal predicate (unless a C++ callable is in it).
  [[nodiscard]] std::string to_string() const;

  /// The score of a candidate with the info `self` for the context; named predicates are looked up
  /// in `named`, and facts and fields that are in `versions` (by default none) are compared as
  /// versions. Never throws on account of the context: what cannot be compared scores 0.
  /// Allocates nothing, unless a C++ callable does, or is called for a context with numbers that
  /// keep their text (json.h), of which it is given a plain copy.
  /// @throws InputError if a named predicate is not in `named` or is called with a wrong number of
  /// arguments, and, for definitions that `PredicateSet::problems` would report, beyond 200 calls
  /// within calls, 1,000 levels or 4,000,000 steps.
  [[nodiscard]] double score(const Context& context, const Json& self, const PredicateSet& named,
                             const Versions& versions) const;
  [[nodiscard]] double score(const Context& context, const Json& self,
                             const PredicateSet& named) const;
  [[nodiscard]] double score(const Context& context, const Json& self = Json::object()) const;
  /// As `score`, with the score of every part.
  [[nodiscard]] Trace explain(const Context& context, const Json& self, const PredicateSet& named,
                              const Versions& versions) const;
  [[nodiscard]] Trace explain(const Context& context, const Json& self,
                              const PredicateSet& named) const;

  /// The calls of named predicates in it, in the order of its text.
  [[nodiscard]] std::vector<PredicateCall> calls() const;
  /// The paths of the context's facts that it reads, as they stand in predicates (with back-ticks
  /// where they need them), sorted, each once; `self` ones are left out, and the facts that named
  /// predicates read.
  [[nodiscard]] std::vector<std::string> facts() const;
  /// Whether a C++ callable is in it.
  [[nodiscard]] bool has_function() const;

  /// Whether it is an and, an or, a not, or none of them.
  [[nodiscard]] PredicateKind kind() const;
  /// The operands of a conjunction or disjunction, flattened; of any other predicate, itself.
  /// `(a & b) & (c & d)` has four (logilab: `selectors`).
  [[nodiscard]] std::vector<Predicate> selectors() const;
  /// The first part for which `wanted` holds, itself included; of each, its own parts are asked
  /// before it, so that an or in `(a | b) & c` is `a | b` (logilab: `search_selector`).
  [[nodiscard]] std::optional<Predicate> search_selector(
      const std::function<bool(const Predicate&)>& wanted) const;

  /// Conjunction, disjunction and negation, flattened as in text.
  /// @throws InputError if the result nests deeper than `max_depth`.
  Predicate& operator&=(const Predicate& other) { return *this = *this & other; }
  Predicate& operator|=(const Predicate& other) { return *this = *this | other; }
  friend Predicate operator&(const Predicate& a, const Predicate& b);
  friend Predicate operator|(const Predicate& a, const Predicate& b);
  friend Predicate operator~(const Predicate& a);
  /// The same tree; C++ callables are equal if they came from the same `from_function`.
  friend bool operator==(const Predicate& a, const Predicate& b);

 private:
  friend struct InsidePredicate;  // the library's own functions, which see the tree
  struct Node;
  explicit Predicate(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;  // never null
};

/// The score given, 0.5 by default, so that any predicate that applies beats it (logilab: `yes`).
[[nodiscard]] inline Predicate yes(double score = 0.5) { return Predicate::yes(score); }

/// Makes a predicate of a callable `(context) -> number or bool` or `(self, context) -> …`
/// (logilab: `objectify_predicate`). The callable is shared by all copies, and is called by
/// whichever thread scores.
template <typename Callable>
[[nodiscard]] Predicate objectify_predicate(const std::string& name, Callable callable) {
  return Predicate::from_function(
      name, [callable = std::move(callable)](const Json& self, const Context& context) {
        if constexpr (std::is_invocable_v<const Callable&, const Json&, const Context&>) {
          return static_cast<double>(callable(self, context));
        } else {
          (void)self;
          return static_cast<double>(callable(context));
        }
      });
}

/// The definition of a named predicate: an expression with parameters, or the test of a fact.
struct PredicateDefinition {
  std::vector<std::string> params;
  std::optional<Predicate> expr;  ///< not set: `fact = true`
  bool all = false;  ///< of a `fact = true` one: every argument must score, and scores are added up

  [[nodiscard]] bool is_fact() const { return !expr.has_value(); }
  friend bool operator==(const PredicateDefinition&, const PredicateDefinition&) = default;
};

/// Why a name cannot be that of a named predicate or of one of its parameters; empty if it can.
/// Names are identifiers; `has` and `yes` are built in, `self`, `true`, `false`, `null`, `in`,
/// `glob`, `and`, `or`, `not` and what is a version literal (`v2`) have meanings of their own.
[[nodiscard]] std::string predicate_name_problem(std::string_view name);

/// The named predicates of a workspace, by name.
///
/// Reading is safe from any number of threads; defining is not.
class PredicateSet {
 public:
  /// Adds a definition. Returns false, and changes nothing, if the name has another one already.
  bool define(const std::string& name, PredicateDefinition definition);
  [[nodiscard]] const PredicateDefinition* find(std::string_view name) const;
  [[nodiscard]] const std::map<std::string, PredicateDefinition, std::less<>>& definitions() const {
    return definitions_;
  }

  /// What is wrong with a call: no such name (with the nearest one), or a wrong number of
  /// arguments.
  [[nodiscard]] std::optional<Diagnostic> problem(const PredicateCall& call) const;
  /// What is wrong with the definitions together: a name or parameter that cannot be one, a wrong
  /// call, a definition that reaches itself (one report for each loop), one that would grow beyond
  /// 100,000 parts, 500 levels or 199 calls within calls if written out. The key is the
  /// definition's name; the diagnostics have no place.
  [[nodiscard]] std::vector<std::pair<std::string, Diagnostic>> problems() const;

 private:
  std::map<std::string, PredicateDefinition, std::less<>> definitions_;
};

}  // namespace reg
