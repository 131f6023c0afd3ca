#include <reason/witness.h>
#include <reg/facts.h>
#include <algorithm>
#include <span>

namespace reg::reason {
namespace {

constexpr std::size_t most_variants = 6;

void put(Context& context, std::span<const std::string> keys, Json value) {
  Json* at = &context;
  for (const std::string& key : keys) {
    if (!at->is_object()) *at = Json::object();
    at = &(*at)[key];
  }
  const bool both = at->is_object() && value.is_object();
  if (both) return at->update(value);
  *at = std::move(value);
}

// What the box asks of a fact besides its class.
struct Wanted {
  const Condition* condition;
  bool holds;
};

class Chooser {
 public:
  Chooser(const Box& box, const Space& space, const Context& sample,
          std::optional<std::span<const FactId>> changed)
      : box_(box), space_(space), sample_(sample), changed_(changed) {}

  Context choose(std::size_t variant) const;

 private:
  std::vector<const Cell*> cells_of(FactId fact) const;
  const Cell& cell_of(FactId fact, std::size_t variant) const;
  Json value_in(FactId fact, const Cell& cell) const;
  std::vector<Wanted> wanted_of(FactId fact) const;
  Json list(const Cell& cell, FactId fact) const;
  Json object(const Cell& cell, FactId fact) const;
  Json text(const Cell& cell, FactId fact) const;
  void copy_equal_facts(Context& context) const;
  bool may_change(FactId fact) const {
    return !changed_ || std::ranges::binary_search(*changed_, fact);
  }

  const Box& box_;
  const Space& space_;
  const Context& sample_;
  const std::optional<std::span<const FactId>> changed_;
};

// Cells from the simplest to name to the rest.
int rank_of(const Cell& cell, ast::Kinds compared) {
  if (cell.kind == Cell::Kind::Sample) return 0;
  if (cell.kind == Cell::Kind::NotGiven) return 1;
  if (cell.kind == Cell::Kind::Missing) return 7;
  if (cell.value.is_null()) return 6;
  const bool as_compared = (compared & kind_of(cell.value)) != 0;
  if (as_compared) return cell.kind == Cell::Kind::Value ? 2 : 3;
  return cell.kind == Cell::Kind::Value ? 4 : 5;
}

std::vector<Wanted> Chooser::wanted_of(FactId fact) const {
  std::vector<Wanted> wanted;
  const Layout& layout = space_.layout();
  for (std::size_t dimension = space_.tests().facts(); dimension < layout.dimensions();
       ++dimension) {
    const Condition& condition = space_.condition(dimension);
    if (condition.facts != std::vector{fact}) continue;
    if (!layout.is_free(box_, dimension))
      wanted.push_back({&condition, layout.has(box_, dimension, 1)});
  }
  return wanted;
}

// What the sample's list has, with what is wanted besides, and without what is not.
Json Chooser::list(const Cell& cell, FactId fact) const {
  const Json* now = ast::descend(&sample_, space_.tests().keys(fact));
  Json list = now != nullptr && now->is_array() ? *now : Json::array();
  for (const Wanted& one : wanted_of(fact)) {
    if (one.condition->kind != Condition::Kind::Contains) continue;
    const Json& value = *one.condition->value.json;
    const auto same = [&](const Json& element) { return ast::equal(element, value); };
    if (one.holds && std::ranges::none_of(list, same)) list.push_back(value);
    if (!one.holds) list.erase(std::remove_if(list.begin(), list.end(), same), list.end());
  }
  return list.empty() ? cell.value : list;
}

Json Chooser::object(const Cell& cell, FactId fact) const {
  Json object = Json::object();
  for (const Wanted& one : wanted_of(fact)) {
    if (!one.holds || one.condition->kind == Condition::Kind::Test) continue;
    if (one.condition->kind == Condition::Kind::AnyGrade) {
      object["other"] = 1;
    } else if (one.condition->kind == Condition::Kind::Grade) {
      object[one.condition->value.json->get<std::string>()] = 1;
    } else {
      object.emplace(one.condition->value.json->get<std::string>(), 0);
    }
  }
  return object.empty() ? cell.value : object;
}

// A text for which the conditions hold: put together of what they ask for.
Json Chooser::text(const Cell& cell, FactId fact) const {
  const std::vector<Wanted> wanted = wanted_of(fact);
  const auto base = cell.value.get<std::string>();
  std::vector<std::string> candidates = {base};
  std::string parts;
  for (const Wanted& one : wanted) {
    if (!one.holds) continue;
    const Test& test = space_.tests()[one.condition->test];
    if (test.kind != Test::Kind::Comparison) continue;
    const Side& other = test.sides[test.sides[0].fact ? 1 : 0];
    if (other.value.json == nullptr || !other.value.json->is_string()) continue;
    std::string part = other.value.json->get<std::string>();
    std::erase_if(part, [&](char c) { return test.op == ast::Operator::Glob && c == '*'; });
    std::ranges::replace(part, '?', 'x');
    parts += part;
    candidates.insert(candidates.end(), {part, base + part, part + base, part.substr(0, 1)});
  }
  candidates.insert(candidates.end(), {parts, base + parts, parts + base});
  const auto fits = [&](const std::string& candidate) {
    Context whole = Context::object();
    put(whole, space_.tests().keys(fact), candidate);
    return std::ranges::all_of(wanted, [&](const Wanted& one) {
      return holds(*one.condition, space_.tests(), whole) == one.holds;
    });
  };
  const auto found = std::ranges::find_if(candidates, fits);
  return found == candidates.end() ? base : *found;
}

Json Chooser::value_in(FactId fact, const Cell& cell) const {
  if (cell.kind == Cell::Kind::Texts) return text(cell, fact);
  if (cell.kind == Cell::Kind::List) return list(cell, fact);
  if (cell.kind == Cell::Kind::Object) return object(cell, fact);
  return cell.value;
}

std::vector<const Cell*> Chooser::cells_of(FactId fact) const {
  std::vector<const Cell*> cells;
  for (std::size_t a_class = 0; a_class < space_.layout().cells(fact); ++a_class) {
    if (!space_.layout().has(box_, fact, a_class)) continue;
    for (const Cell& cell : space_.cells(fact, a_class)) cells.push_back(&cell);
  }
  return cells;
}

// What the sample has, or a fact that is not given, is kept wherever it may be.
const Cell& Chooser::cell_of(FactId fact, std::size_t variant) const {
  const ast::Kinds compared = space_.compared_kinds(fact);
  const auto rank = [compared](const Cell* cell) { return rank_of(*cell, compared); };
  std::vector<const Cell*> cells = cells_of(fact);
  const Cell* simplest = *std::ranges::min_element(cells, {}, rank);
  const bool keeps = rank(simplest) < 2;
  if (variant == 0 || (keeps && variant < 2)) return *simplest;
  std::ranges::stable_sort(cells, {}, rank);
  return *cells[variant % cells.size()];
}

// Of a comparison of two facts that is to hold, one gets the other's value.
void Chooser::copy_equal_facts(Context& context) const {
  const Layout& layout = space_.layout();
  const Tests& tests = space_.tests();
  for (std::size_t dimension = tests.facts(); dimension < layout.dimensions(); ++dimension) {
    const Condition& condition = space_.condition(dimension);
    if (condition.facts.size() != 2 || !layout.has(box_, dimension, 1) ||
        layout.has(box_, dimension, 0)) {
      continue;
    }
    FactId from = condition.facts[0], to = condition.facts[1];
    if (!may_change(to)) std::swap(from, to);
    if (!may_change(to)) continue;
    const Json* value = ast::descend(&context, tests.keys(from));
    if (value == nullptr && !may_change(from)) continue;
    const Json copied = value == nullptr ? Json("same") : *value;
    if (value == nullptr) put(context, tests.keys(from), copied);
    put(context, tests.keys(to), copied);
  }
}

Context Chooser::choose(std::size_t variant) const {
  Context context = sample_;
  const Tests& tests = space_.tests();
  for (FactId fact = 0; fact < tests.facts(); ++fact) {
    if (!may_change(fact)) continue;
    const std::vector<std::string>& keys = tests.keys(fact);
    const Cell& cell = cell_of(fact, variant);
    if (cell.kind == Cell::Kind::NotGiven) {
      take_away(context, keys);
    } else if (cell.kind == Cell::Kind::Missing) {
      put(context, std::span(keys).first(keys.size() - 1), nullptr);
    } else {
      put(context, keys, value_in(fact, cell));
    }
  }
  if (variant % 2 == 1) copy_equal_facts(context);
  return context;
}

}  // namespace

std::optional<Context> context_in(const Box& box, const Space& space, const Context& sample,
                                  const std::function<bool(const Context& given)>& accepts,
                                  std::optional<std::span<const FactId>> changed) {
  std::vector<Context> tried;
  const Chooser chooser(box, space, sample, changed);
  for (std::size_t variant = 0; variant < most_variants; ++variant) {
    Context context = chooser.choose(variant);
    if (std::ranges::find(tried, context) != tried.end()) continue;
    if (accepts(context)) return context;
    tried.push_back(std::move(context));
  }
  return std::nullopt;
}

}  // namespace reg::reason
