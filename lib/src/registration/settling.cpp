#include <reg/text.h>
#include <registration/circles.h>
#include <registration/rules.h>
#include <registration/settling.h>
#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace reg {
namespace {

using Indices = std::vector<std::size_t>;

Diagnostic warning(std::string message) {
  return {Severity::Warning, {}, std::move(message), {}, {}};
}

Diagnostic error(std::string message, std::string hint) {
  return {Severity::Error, {}, std::move(message), std::move(hint), {}};
}

// One place may declare many symbols: a `[[match]]`, a call with a list of names.
struct DeclaredSymbol {
  explicit DeclaredSymbol(const Entrant& one)
      : declaration(one.declaration), oid(one.oid), target(one.target) {}

  DeclarationId declaration;
  std::string_view oid, target;
  friend bool operator==(const DeclaredSymbol&, const DeclaredSymbol&) = default;
};

struct DeclaredSymbolHash {
  std::size_t operator()(const DeclaredSymbol& one) const {
    const DeclarationId& id = one.declaration;
    const std::uint64_t place = std::uint64_t{id.at.line} << 32 | id.at.column;
    return std::hash<std::uint64_t>()(place ^ std::uint64_t{id.source} << 40) ^
           std::hash<std::string_view>()(one.target) ^ std::hash<std::string_view>()(one.oid) * 31;
  }
};

class Settlement {
 public:
  Settlement(std::span<const Entrant> entrants, std::span<const Unwanted> unwanted)
      : entrants_(entrants),
        unwanted_(unwanted),
        indexed_(!unwanted.empty() || std::any_of(entrants.begin(), entrants.end(), displaces)),
        present_(entrants.size(), false),
        rank_(entrants.size()) {
    declarations_.reserve(entrants.size());
  }

  Settled run() {
    for (std::size_t i = 0; i < entrants_.size(); ++i) {
      if (!entrants_[i].copied || !is_here(entrants_[i])) enter(i);
    }
    for (std::size_t i = 0; i < unwanted_.size(); ++i) unregister(i);
    replace();
    return {in_order(), std::move(notes_)};
  }

 private:
  // What is under one oid. The lists may name what has gone meanwhile.
  struct Oid {
    Indices all, unconditional;
    std::unordered_map<std::string_view, Indices> by_target, foreign;  // of other origins
  };

  static bool displaces(const Entrant& one) { return !one.foreign && (one.force || one.clear); }

  bool is_here(const Entrant& one) const {
    auto found = declarations_.find(DeclaredSymbol(one));
    return found != declarations_.end() && found->second != 0;
  }

  void enter(std::size_t index) {
    rank_[index] = index;
    if (indexed_) enter_oid(index);
    present_[index] = true;
    ++declarations_[DeclaredSymbol(entrants_[index])];
  }

  void enter_oid(std::size_t index) {
    const Entrant& entrant = entrants_[index];
    Oid& oid = oids_[entrant.oid];
    if (entrant.foreign) {
      oid.foreign[entrant.target].push_back(index);
      return;
    }
    if (entrant.clear) {
      remove_all(oid.all);
      oid.all.clear();
      oid.unconditional.clear();
      oid.by_target.clear();
    } else if (entrant.force) {
      displace(oid, index);
    }
    oid.all.push_back(index);
    oid.by_target[entrant.target].push_back(index);
    if (!entrant.conditional) oid.unconditional.push_back(index);
  }

  // It takes the place of the first that it displaces.
  void displace(Oid& oid, std::size_t index) {
    auto take_over = [&](Indices& rivals) {
      for (std::size_t rival : rivals) {
        if (present_[rival]) rank_[index] = std::min(rank_[index], rank_[rival]);
      }
      remove_all(rivals);
      rivals.clear();
    };
    take_over(oid.by_target[entrants_[index].target]);
    if (!entrants_[index].conditional) take_over(oid.unconditional);
  }

  void remove(std::size_t index) {
    if (!present_[index]) return;
    present_[index] = false;
    --declarations_[DeclaredSymbol(entrants_[index])];
  }
  void remove_all(const Indices& indices) {
    for (std::size_t index : indices) remove(index);
  }

  bool any_present(const Indices& indices) const {
    return std::any_of(indices.begin(), indices.end(),
                       [this](std::size_t index) { return present_[index]; });
  }

  void unregister(std::size_t number) {
    const Unwanted& one = unwanted_[number];
    Indices found;
    if (auto oid = oids_.find(one.oid); oid != oids_.end()) {
      for (const auto* targets : {&oid->second.by_target, &oid->second.foreign}) {
        const auto target = targets->find(one.target);
        if (target == targets->end()) continue;
        found.insert(found.end(), target->second.begin(), target->second.end());
      }
    }
    if (!any_present(found)) notes_.push_back({SettlingNote::Kind::NothingToUnregister, number});
    remove_all(found);
  }

  // All at once: what is replaced has still replaced what it names.
  void replace() {
    Indices replacing;
    for (std::size_t i = 0; i < entrants_.size(); ++i) {
      const Entrant& entrant = entrants_[i];
      if (present_[i] && !entrant.foreign && !entrant.replaces.empty()) replacing.push_back(i);
    }
    if (replacing.empty()) return;
    std::unordered_map<std::string_view, Indices> by_target;
    for (std::size_t i = 0; i < entrants_.size(); ++i) {
      if (present_[i] && !entrants_[i].foreign) by_target[entrants_[i].target].push_back(i);
    }
    Indices wrong = in_circles(replacing, by_target), replaced;
    for (std::size_t index : replacing) {
      if (std::binary_search(wrong.begin(), wrong.end(), index)) continue;
      auto found = by_target.find(entrants_[index].replaces);
      if (found == by_target.end()) {
        notes_.push_back({SettlingNote::Kind::NothingToReplace, index});
      } else {
        replaced.insert(replaced.end(), found->second.begin(), found->second.end());
        found->second.clear();
      }
    }
    remove_all(replaced);
    remove_all(wrong);
  }

  // Those who replace themselves, directly or by way of others; in their order.
  Indices in_circles(const Indices& replacing,
                     const std::unordered_map<std::string_view, Indices>& by_target) {
    std::unordered_map<std::string_view, std::size_t> numbers;
    auto number_of = [&](std::string_view target) {
      return numbers.try_emplace(target, numbers.size()).first->second;
    };
    std::vector<std::pair<std::size_t, std::size_t>> pointers;
    for (std::size_t index : replacing) {
      const Entrant& entrant = entrants_[index];
      if (by_target.contains(entrant.replaces))
        pointers.emplace_back(number_of(entrant.target), number_of(entrant.replaces));
    }
    const CircleOrder circles = find_circles(numbers.size(), pointers);
    Indices found;
    for (std::size_t index : replacing) {
      const Entrant& entrant = entrants_[index];
      auto own = numbers.find(entrant.target), other = numbers.find(entrant.replaces);
      if (own == numbers.end() || other == numbers.end()) continue;
      if (!circles.in_circle[own->second] ||
          circles.circle[own->second] != circles.circle[other->second])
        continue;
      const bool itself = entrant.target == entrant.replaces;
      notes_.push_back(
          {itself ? SettlingNote::Kind::ReplacesItself : SettlingNote::Kind::ReplacesInCircle,
           index});
      found.push_back(index);
    }
    return found;
  }

  // Ranks are unique among those who are present.
  Indices in_order() const {
    constexpr auto nobody = static_cast<std::size_t>(-1);
    Indices by_rank(entrants_.size(), nobody);
    for (std::size_t i = 0; i < entrants_.size(); ++i) {
      if (present_[i]) by_rank[rank_[i]] = i;
    }
    std::erase(by_rank, nobody);
    return by_rank;
  }

  std::span<const Entrant> entrants_;
  std::span<const Unwanted> unwanted_;
  const bool indexed_;  // something may be sought under an oid
  std::vector<bool> present_;
  Indices rank_;  // the place in the order
  std::unordered_map<std::string_view, Oid> oids_;
  std::unordered_map<DeclaredSymbol, std::size_t, DeclaredSymbolHash>
      declarations_;  // that are here
  std::vector<SettlingNote> notes_;
};

}  // namespace

DeclarationId DeclarationId::of(const void* object) {
  const auto address = std::uint64_t{reinterpret_cast<std::uintptr_t>(object)};
  return {0, {static_cast<std::uint32_t>(address >> 32), static_cast<std::uint32_t>(address)}};
}

Diagnostic described(SettlingNote::Kind kind, std::string_view registry, std::string_view oid,
                     std::string_view target, std::string_view replaces) {
  using Kind = SettlingNote::Kind;
  const std::string own = in_quotes(target), other = in_quotes(replaces);
  switch (kind) {
    case Kind::NothingToUnregister:
      return warning("nothing to unregister: " + own + " is not registered as " +
                     std::string(registry) + '/' + std::string(oid));
    case Kind::NothingToReplace:
      return warning("nothing to replace: " + other + " is not registered in " +
                     in_quotes(registry));
    case Kind::ReplacesItself:
      return error(own + " replaces itself",
                   "`force` takes the place of an earlier registration of the same target");
    case Kind::ReplacesInCircle:
      return error(own + " replaces " + other + ", which replaces it in turn",
                   "one of them has to stay");
  }
  return {};
}

Settled settle(std::span<const Entrant> entrants, std::span<const Unwanted> unwanted) {
  const auto acts = [](const Entrant& one) {
    return one.force || one.clear || one.copied || !one.replaces.empty();
  };
  if (unwanted.empty() && std::none_of(entrants.begin(), entrants.end(), acts)) {
    Settled all{Indices(entrants.size()), {}};
    std::iota(all.present.begin(), all.present.end(), std::size_t{0});
    return all;
  }
  return Settlement(entrants, unwanted).run();
}

}  // namespace reg
