#pragma once
// Facts that nobody knows, named almost like some that somebody does.

#include <reg/json.h>
#include <set>
#include <string>
#include <vector>

namespace reg {

using PathNames = std::vector<std::string>;  // the names of a path

struct NearFact {
  PathNames names;
  std::string hint;
};

// Those in `facts` that are not known, at any depth, and are named almost as what may be meant.
std::vector<NearFact> near_facts(const Json& facts, const std::set<PathNames>& known,
                                 const std::set<PathNames>& meant);

}  // namespace reg
