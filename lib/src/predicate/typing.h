#pragma once
// What can be said against a predicate from the declared types of the facts and fields that it
// reads.

#include <predicate/places.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg::ast {

// What the paths of a predicate without `self.` read: a `--where` reads the candidate's fields so.
enum class Reads : bool { Facts, Fields };

// What is declared. All of it must outlive the checks.
struct Declared {
  std::string_view registry;         // its name, for messages
  const std::vector<Field>& fields;  // empty: none are declared, and nothing is known
  const std::vector<Fact>& context;  // likewise
  const PredicateSet& named;
  Reads reads = Reads::Facts;  // what `context` are
};

struct TypeFinding {
  Severity severity = Severity::Error;
  PartNumber part;  // of the predicate: what it is about
  std::string message, hint;
  bool is_shared = false;  // every predicate that does the same is told the same: say it once
};

// Errors: a call of what is not defined, or with a wrong number of arguments; a field or fact that
// is not declared where others are; a comparison, `yes` or test of a fact that can never hold for
// what is declared. Warnings: a name used as a fact that is a named predicate; True, False
// and None, where nothing declares such a fact; what can never hold in a named predicate, which
// other registries may call with other types. What is wrong in a named
// predicate only for these types is said of its call.
std::vector<TypeFinding> check_types(const Predicate& predicate, const Declared& declared);

// The same for a predicate that only `facts` are there for, as for a `when`. Errors: such calls,
// and paths of a candidate. Warnings: a fact that is not there and is named almost as one that is.
std::vector<TypeFinding> check_condition(const Predicate& predicate, const Json& facts,
                                         const PredicateSet& named);

// A fact that covers a path: it is it, or an object that it lies in; null: none.
const Fact* covering(const std::vector<Fact>& context, std::string_view path);

}  // namespace reg::ast
