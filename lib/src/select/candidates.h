#pragma once
// The index of a dispatcher: the implementations of one oid, found by what they require.

#include <predicate/evaluation.h>
#include <predicate/outlook.h>
#include <reg/predicate.h>
#include <text/version.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace reg {

// A predicate that is to be scored for a candidate's info, and what is compared as versions. All
// must outlive the index.
struct Contestant {
  const Predicate* predicate = nullptr;
  const Json* info = nullptr;
  ast::VersionPaths versions = {};
};

// The best of those that were scored; candidates by their place in registration order.
struct Best {
  double score = 0;
  std::size_t first = 0;
  std::size_t tied = 0;  // 0: none applies
  bool pinned = false;
};

class Candidates {
 public:
  // `contestants` in registration order. `named` as for `ast::outlook`; it must outlive the index.
  // `pinned`: the places of those of which the best wins wherever it applies.
  Candidates(const std::vector<Contestant>& contestants, const PredicateSet& named,
             const std::vector<std::size_t>& pinned = {});

  // The best for these facts: what scoring all of them finds. Allocates nothing.
  Best best(const ast::Facts& facts) const;
  std::size_t size() const { return all_.size(); }

 private:
  struct Candidate {
    Contestant contestant;
    std::size_t place;
    ast::Bound best;
    // The part of its predicate that is 1 for whoever finds it here, unless something grades; or
    // null.
    const Predicate* met;
  };
  // Ordered by the best possible score where nothing grades, and then as registered.
  using Bucket = std::vector<Candidate>;

  // Values as requirements have them. A version is found by what reads as it, and by that only; any
  // other value by an equal one.
  struct ValueHash {
    using is_transparent = void;
    std::size_t operator()(const Json& value) const;
    std::size_t operator()(const VersionText& version) const { return version.hash(); }
    std::size_t operator()(std::string_view text) const;
  };
  struct ValueEqual {
    using is_transparent = void;
    bool operator()(const Json& a, const Json& b) const;
    bool operator()(const VersionText& version, const Json& value) const;
    bool operator()(std::string_view text, const Json& value) const;
  };
  using Buckets = std::unordered_map<Json, Bucket, ValueHash, ValueEqual>;

  // Those who require something of one fact, by the value that it must meet.
  struct FactIndex {
    std::vector<std::string> fact;
    ast::Match match;
    Buckets buckets;
    bool several = false;   // some candidate is in more than one bucket
    bool versions = false;  // some bucket is that of a version
  };

  class Builder;
  class Contest;

  // Whether there is one that is pinned, and applies; then the best of them is the best.
  bool has_pinned(const ast::Facts& facts, Best& best) const;
  // Whether a fact is an object that some predicate tests with arguments.
  bool may_be_graded(const ast::Facts& facts) const;

  std::vector<FactIndex> indexes_;
  Bucket others_;  // those in no index
  Bucket all_;
  std::vector<std::string> graded_;  // the facts that some predicate tests with arguments
  const PredicateSet& named_;
  std::vector<std::pair<std::size_t, Contestant>> pinned_;  // with their places, in order
};

}  // namespace reg
