#pragma once
// The rules of registration under one oid (DESIGN: registration rules), for the store and for the
// linker alike.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace reg {

// What the rules know of a symbol.
struct Claim {
  std::string_view target;
  bool conditional = false;      // it, or its registry, has a predicate
  std::string_view origin = {};  // that publishes it; empty: the workspace
};

enum class Conflict : std::uint8_t { SameTarget, SecondUnconditional };

// Applies the rules to the symbols of one oid after another. They hold among those of one origin.
class OidRules {
 public:
  struct Clash {
    Conflict conflict = Conflict::SameTarget;
    std::size_t rival = 0;  // the index of the other among those admitted
  };
  // Whether the next symbol would conflict with one that was admitted, and why. Constant time.
  std::optional<Clash> clash_with(const Claim& newcomer) const;
  // Admits the next symbol, unless it conflicts so. Constant time. The texts must outlive this.
  std::optional<Clash> admit(const Claim& newcomer);
  // Begins with another oid.
  void reset();

 private:
  std::string_view first_;  // the first target; most oids have no second
  std::unordered_map<std::string_view, std::size_t> others_;
  std::optional<std::size_t> unconditional_;
  // By origin and target; without a target, an origin's unconditional one.
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> published_;
  std::size_t admitted_ = 0, first_at_ = 0;
};

// The error's words: what the newcomer does wrong, its rival's place to be appended.
std::string conflict_message(Conflict conflict, std::string_view registry, std::string_view oid,
                             std::string_view target);
std::string conflict_hint(Conflict conflict);

}  // namespace reg
