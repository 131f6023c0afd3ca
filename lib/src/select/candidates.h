#pragma once
// The index of a dispatcher: the implementations of one oid, found by what they require.

#include <predicate/evaluation.h>
#include <predicate/outlook.h>
#include <reg/predicate.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace reg {

// A predicate that is to be scored for a candidate's info. Both must outlive the index.
struct Contestant {
  const Predicate* predicate = nullptr;
  const Json* info = nullptr;
};

// The best of those that were scored; candidates by their place in registration order.
struct Best {
  double score = 0;
  std::size_t first = 0;
  std::size_t tied = 0;  // 0: none applies
};

class Candidates {
 public:
  // `contestants` in registration order. `named` as for `ast::outlook`; it must outlive the index.
  Candidates(const std::vector<Contestant>& contestants, const PredicateSet& named);

  // The best for these facts: what scoring all of them finds. Allocates nothing.
  Best best(const ast::Facts& facts) const;
  std::size_t size() const { return all_.size(); }

 private:
  struct Candidate {
    Contestant contestant;
    std::size_t place;
    double best;           // no facts give it a greater score
    const Predicate* met;  // the part of its predicate that is 1 for whoever finds it here; or null
  };
  // Ordered by the best possible score, and then as registered.
  using Bucket = std::vector<Candidate>;

  struct ValueHash {
    std::size_t operator()(const Json& value) const;
  };
  struct ValueEqual {
    bool operator()(const Json& a, const Json& b) const;
  };
  using Buckets = std::unordered_map<Json, Bucket, ValueHash, ValueEqual>;

  // Those who require something of one fact, by the value that it must meet.
  struct FactIndex {
    std::vector<std::string> fact;
    ast::Match match;
    Buckets buckets;
    bool several = false;  // some candidate is in more than one bucket
  };

  class Builder;
  class Contest;

  std::vector<FactIndex> indexes_;
  Bucket others_;  // those in no index
  Bucket all_;
  const PredicateSet& named_;
};

}  // namespace reg
