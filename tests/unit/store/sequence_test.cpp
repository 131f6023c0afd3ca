// Random sequences of everything that changes registries, beside DESIGN §4 read step by step: what
// is looked at in part is what looking at all of it gives, and what fails changes nothing.

#include "store_fixture.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <algorithm>
#include <map>
#include <optional>
#include <set>

using namespace reg;
using namespace reg::test;

namespace {

// A symbol as the rules see it.
struct Piece {
  std::string oid, target;
  bool conditional = false;
  std::size_t declaration = 0;
  bool copied = false;  // by the merges that are being settled: it brings no `replaces`
  friend bool operator==(const Piece&, const Piece&) = default;
};
using Pieces = std::vector<Piece>;  // of a registry; those of one oid in their order
using Model = std::map<std::string, Pieces>;

struct Wish {
  Piece piece;
  Names registries;
  bool force = false, clear = false;
  std::string replaces;
};
struct WishedMerge {
  std::string into, from;
  bool force = false;
};
struct Wishes {
  std::vector<Wish> symbols;
  std::vector<WishedMerge> merges;
  std::vector<std::array<std::string, 3>> removals;
};

bool clash(const Piece& a, const Piece& b) {
  return a.oid == b.oid && (a.target == b.target || (!a.conditional && !b.conditional));
}

void enter(Pieces& here, const Piece& one, bool force, bool clear) {
  if (clear) std::erase_if(here, [&](const Piece& other) { return other.oid == one.oid; });
  Pieces kept;
  bool placed = false;
  for (const Piece& other : here) {
    const bool goes = force && clash(other, one);
    if (goes && !placed) kept.push_back(one);
    placed |= goes;
    if (!goes) kept.push_back(other);
  }
  if (!placed) kept.push_back(one);
  here = kept;
}

// Whether following replacements from a target comes back to it.
bool in_circle(const std::string& start, const std::map<std::string, std::set<std::string>>& next) {
  std::set<std::string> seen;
  Names open{start};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    auto found = next.find(at);
    if (found == next.end()) continue;
    for (const std::string& target : found->second) {
      if (target == start) return true;
      if (seen.insert(target).second) open.push_back(target);
    }
  }
  return false;
}

// False: it is an error.
bool replace(Pieces& here, const std::vector<Wish>& wishes, const std::string& registry) {
  std::map<std::string, std::set<std::string>> next;
  std::set<std::string> gone;
  for (const Wish& wish : wishes) {
    const bool is_here = std::find(here.begin(), here.end(), wish.piece) != here.end();
    const bool asked = std::find(wish.registries.begin(), wish.registries.end(), registry) !=
                       wish.registries.end();
    if (!is_here || !asked || wish.replaces.empty()) continue;
    auto has_target = [&](const Piece& piece) { return piece.target == wish.replaces; };
    if (std::none_of(here.begin(), here.end(), has_target)) continue;
    next[wish.piece.target].insert(wish.replaces);
    gone.insert(wish.replaces);
  }
  for (const auto& [target, others] : next) {
    if (in_circle(target, next)) return false;
  }
  std::erase_if(here, [&](const Piece& piece) { return gone.contains(piece.target); });
  return true;
}

// DESIGN §4 for one registry; those that it merges from are settled. Nothing: it is an error.
std::optional<Pieces> settled(Pieces here, const std::string& registry, const Wishes& wishes,
                              const Model& all) {
  for (const Wish& wish : wishes.symbols) {
    for (const std::string& name : wish.registries) {
      if (name == registry) enter(here, wish.piece, wish.force, wish.clear);
    }
  }
  for (const WishedMerge& merge : wishes.merges) {
    if (merge.into != registry) continue;
    // By oid, as a registry lists what it holds.
    Pieces copies = all.at(merge.from);
    std::stable_sort(copies.begin(), copies.end(),
                     [](const Piece& a, const Piece& b) { return a.oid < b.oid; });
    for (Piece copy : copies) {
      copy.copied = true;
      auto same = [&](const Piece& other) { return other.declaration == copy.declaration; };
      if (std::none_of(here.begin(), here.end(), same)) enter(here, copy, merge.force, false);
    }
  }
  for (const auto& removal : wishes.removals) {
    const auto& [name, oid, target] = removal;
    const auto is_removed = [&oid = oid, &target = target](const Piece& piece) {
      return piece.oid == oid && piece.target == target;
    };
    if (name == registry) std::erase_if(here, is_removed);
  }
  if (!replace(here, wishes.symbols, registry)) return std::nullopt;
  for (std::size_t i = 0; i < here.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (clash(here[i], here[k])) return std::nullopt;
    }
  }
  for (Piece& piece : here) piece.copied = false;
  return here;
}

std::string shown(const Wish& wish) {
  std::string text =
      wish.piece.oid + ':' + wish.piece.target + (wish.piece.conditional ? " if" : "");
  for (const std::string& name : wish.registries) text += " in " + name;
  if (!wish.replaces.empty()) text += " replaces " + wish.replaces;
  return text + (wish.force ? " force" : "") + (wish.clear ? " clear" : "");
}

std::string shown(const Wishes& wishes) {
  std::string text;
  for (const Wish& wish : wishes.symbols) text += shown(wish) + "; ";
  for (const WishedMerge& merge : wishes.merges)
    text += merge.from + " into " + merge.into + (merge.force ? " force; " : "; ");
  for (const auto& [registry, oid, target] : wishes.removals)
    text += "without " + registry + '/' + oid + ':' + target + "; ";
  return text;
}

// False: it is an error, and the model is as it was. Registries only merge from earlier letters.
bool settle(Model& model, const Wishes& wishes) {
  Model changed = model;
  for (auto& [name, pieces] : changed) {
    auto now = settled(pieces, name, wishes, changed);
    if (!now) return false;
    pieces = *now;
  }
  model = changed;
  return true;
}

const Names registry_names = {"A", "B", "C", "D"};
const Names oids = {"__p", "o", "q"};
const Names target_names = {"a", "b", "c", "d", "e", "f"};

std::size_t below(std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); }
bool chance(std::size_t in) { return below(in) == 0; }
std::string any_of(const Names& all) { return all[below(all.size())]; }

// Both sides of the comparison.
class Pair {
 public:
  Pair() {
    for (const std::string& name : registry_names) {
      model_[name];
      store_.registry(name);
    }
    view_ = &store_.make_global();
  }

  void step() {
    switch (below(8)) {
      case 0:
        return unregister();
      case 1:
      case 2:
        return merge_some();
      case 3:
        return settle_some();
      case 4:
        return chance(6) ? clear() : register_one();
      default:
        return register_one();
    }
  }

  void compare() const {
    std::size_t total = 0, shown = 0;
    for (const auto& [name, pieces] : model_) {
      const Registry& registry = store_.require_registry(name);
      RC_ASSERT(registry.size() == pieces.size());
      total += pieces.size();
      for (const std::string& oid : oids) {
        const Names expected = targets_under(pieces, oid);
        RC_ASSERT(targets(registry.implementations(oid)) == expected);
        RC_ASSERT(registry.contains(oid) == !expected.empty());
        if (!is_private(oid)) shown += expected.size();
      }
    }
    RC_ASSERT(store_.size() == total);
    RC_ASSERT(view_->size() == shown);
    RC_ASSERT(view_->all_objects().size() == shown);
  }

  std::size_t refused = 0, done = 0;

 private:
  Wish any_wish() {
    Wish wish;
    wish.piece = {any_of(oids), any_of(target_names), !chance(4), ++declarations_};
    wish.registries = {any_of(registry_names)};
    if (chance(4)) {
      const std::string other = any_of(registry_names);
      if (other != wish.registries.front()) wish.registries.push_back(other);
    }
    wish.force = chance(5);
    wish.clear = chance(10);
    if (chance(6)) wish.replaces = any_of(target_names);
    return wish;
  }

  static Registration registration_of(const Wish& wish) {
    Implementation made = Implementation::of_target(wish.piece.target, wish.piece.oid);
    if (wish.piece.conditional) made.predicate = parse("a");
    made.registries = wish.registries;
    return {
        made,
        {wish.force ? Force::Yes : Force::No, wish.clear ? Clear::Yes : Clear::No, wish.replaces}};
  }

  template <typename Change>
  void both(const Wishes& wishes, Change change) {
    RC_LOG() << shown(wishes) << std::endl;
    const bool expected = settle(model_, wishes);
    bool found = true;
    try {
      change();
    } catch (const InputError&) {
      found = false;
    }
    ++(expected ? done : refused);
    RC_ASSERT(found == expected);
  }

  void register_one() {
    const Wish wish = any_wish();
    const Registration one = registration_of(wish);
    both({{wish}, {}, {}}, [&] {
      if (wish.registries.size() == 1 && chance(2)) {
        store_.registry(wish.registries[0]).register_symbol(one.implementation, one.options);
      } else {
        store_.register_symbol(one.implementation, {.clear = one.options.clear,
                                                    .force = one.options.force,
                                                    .replaces = one.options.replaces});
      }
    });
  }

  void unregister() {
    const std::string registry = any_of(registry_names), oid = any_of(oids),
                      target = any_of(target_names);
    both({{}, {}, {{registry, oid, target}}}, [&] { store_.unregister(registry, oid, target); });
  }

  // Here, unlike in a batch, from any registry into any.
  void merge_some() {
    const std::string into = any_of(registry_names), from = any_of(registry_names);
    if (into == from) return;
    const bool force = chance(3);
    const Wishes wishes{{}, {{into, from, force}}, {}};
    RC_LOG() << shown(wishes) << std::endl;
    auto now = settled(model_[into], into, wishes, model_);
    bool found = true;
    std::size_t arrived = 0;
    try {
      arrived = merge(store_.require_registry(into), store_.require_registry(from),
                      force ? Force::Yes : Force::No);
    } catch (const InputError&) {
      found = false;
    }
    ++(now ? done : refused);
    RC_ASSERT(found == now.has_value());
    if (!now) return;
    const Pieces before = std::exchange(model_[into], *now);
    RC_ASSERT(arrived == static_cast<std::size_t>(
                             std::count_if(now->begin(), now->end(), [&](const Piece& piece) {
                               return std::find(before.begin(), before.end(), piece) ==
                                      before.end();
                             })));
  }

  void settle_some() {
    Wishes wishes;
    Registrations batch;
    for (std::size_t count = below(5); count > 0; --count) {
      wishes.symbols.push_back(any_wish());
      batch.symbols.push_back(registration_of(wishes.symbols.back()));
    }
    for (std::size_t count = below(3); count > 0; --count) {
      const std::size_t into = 1 + below(registry_names.size() - 1);
      wishes.merges.push_back({registry_names[into], registry_names[below(into)], chance(3)});
      const WishedMerge& merge = wishes.merges.back();
      batch.merges.push_back({merge.into, {merge.from}, merge.force ? Force::Yes : Force::No});
    }
    if (chance(3)) {
      wishes.removals.push_back({any_of(registry_names), any_of(oids), any_of(target_names)});
      const auto& [registry, oid, target] = wishes.removals.back();
      batch.unregister.push_back({registry, oid, target});
    }
    both(wishes, [&] { (void)store_.settle(batch); });
  }

  void clear() {
    const std::string name = any_of(registry_names);
    RC_LOG() << "clear " << name << std::endl;
    model_[name].clear();
    store_.require_registry(name).clear();
  }

  static Names targets_under(const Pieces& pieces, const std::string& oid) {
    Names found;
    for (const Piece& piece : pieces) {
      if (piece.oid == oid) found.push_back(piece.target);
    }
    return found;
  }

  Model model_;
  RegistryStore store_;
  const Registry* view_ = nullptr;
  std::size_t declarations_ = 0;
};

}  // namespace

TEST_CASE("whatever is done to registries, they hold what DESIGN says, or are as they were") {
  std::size_t done = 0, refused = 0;
  CHECK(rc::check("step by step", [&] {
    Pair pair;
    for (int steps = 0; steps < 60; ++steps) {
      pair.step();
      pair.compare();
    }
    done += pair.done;
    refused += pair.refused;
  }));
  CHECK(done > 200);
  CHECK(refused > 20);
}
