#pragma once
// Facts as rows: those that predicates read, and those of a context.

#include "../session.h"

#include <reg/fact_uses.h>
#include <reg/json.h>
#include <string>
#include <vector>

namespace reg::app {

// A table leaves out columns in which nothing stands, and all but the first few values.
void write_fact_rows(Session& session, const std::vector<FactUse>& facts);

// A fact that is no object, or an empty one.
struct LeafFact {
  std::string path;
  Json value;
};
std::vector<LeafFact> leaf_facts(const Context& facts);
void write_leaf_facts(Session& session, const std::vector<LeafFact>& facts);

}  // namespace reg::app
