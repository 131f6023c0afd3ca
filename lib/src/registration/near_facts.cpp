#include <reg/predicate.h>
#include <reg/text.h>
#include <registration/near_facts.h>
#include <algorithm>

namespace reg {
namespace {

bool begins_with(const PathNames& path, const PathNames& before) {
  return before.size() <= path.size() && std::equal(before.begin(), before.end(), path.begin());
}

class Search {
 public:
  Search(const std::set<PathNames>& known, const std::set<PathNames>& meant)
      : known_(known), meant_(meant) {}

  void look_at(const Json& facts) {
    for (const auto& [name, value] : facts.items()) {
      names_.push_back(name);
      look_at_this(value);
      names_.pop_back();
    }
  }

  std::vector<NearFact> found;

 private:
  void look_at_this(const Json& value) {
    const auto covers = [&](const PathNames& path) { return begins_with(names_, path); };
    const auto lies_in = [&](const PathNames& path) { return begins_with(path, names_); };
    if (std::any_of(known_.begin(), known_.end(), covers)) return;
    if (std::none_of(known_.begin(), known_.end(), lies_in)) {
      look_for_near();
    } else if (value.is_object()) {
      look_at(value);
    }
  }

  // By the last name alone.
  void look_for_near() {
    const std::size_t depth = names_.size() - 1;
    // In an object, names so short are others: l2 and l3.
    if (depth > 0 && names_.back().size() < 3) return;
    const PathNames outer(names_.begin(), names_.end() - 1);
    std::set<std::string> siblings, paths;
    for (const PathNames& path : meant_) {
      if (path.size() <= depth || !begins_with(path, outer)) continue;
      siblings.insert(path[depth]);
      paths.insert(print_path(std::span(path).first(depth + 1)));
    }
    if (did_you_mean(names_.back(), {siblings.begin(), siblings.end()}).empty()) return;
    found.push_back({names_, did_you_mean(print_path(names_), {paths.begin(), paths.end()})});
  }

  const std::set<PathNames>&known_, &meant_;
  PathNames names_;
};

}  // namespace

std::vector<NearFact> near_facts(const Json& facts, const std::set<PathNames>& known,
                                 const std::set<PathNames>& meant) {
  Search search(known, meant);
  search.look_at(facts);
  return std::move(search.found);
}

}  // namespace reg
