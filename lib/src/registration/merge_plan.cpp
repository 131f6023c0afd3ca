#include <reg/text.h>
#include <registration/circles.h>
#include <registration/merge_plan.h>
#include <algorithm>

namespace reg {
namespace {

using Merges = std::map<std::string, std::vector<PlannedMerge>, std::less<>>;

class MergePlanner {
 public:
  MergePlanner(std::span<const WantedMerge> merges, Catalog& catalog,
               std::vector<Diagnostic>& diagnostics)
      : merges_(merges), catalog_(catalog), diagnostics_(diagnostics) {}

  MergePlan run() {
    for (const WantedMerge& merge : merges_) catalog_.registry(merge.into);
    for (const WantedMerge& merge : merges_) add(merge);
    leave_out_circles();
    return std::move(plan_);
  }

 private:
  void add(const WantedMerge& merge) {
    for (const std::string& from : merge.from) {
      if (!catalog_.registries.contains(from)) {
        diagnostics_.push_back(error_at(merge.place, "no registry is named \"" + from + "\"",
                                        catalog_.foreign.contains(from)
                                            ? "others publish it: what is merged from is declared "
                                              "here, so that it stays: [registries." +
                                                  from + "]"
                                            : did_you_mean(from, names())));
      } else if (fields_agree(merge.place, from, merge.into)) {
        plan_.into[merge.into].push_back({from, merge.force, merge.place});
      }
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, info] : catalog_.registries) all.push_back(name);
    return all;
  }

  bool fields_agree(const Place& place, const std::string& from, const std::string& into) {
    const std::vector<Diagnostic> conflicts =
        conflicts_of_fields(catalog_.registry(from), catalog_.registry(into), place);
    diagnostics_.insert(diagnostics_.end(), conflicts.begin(), conflicts.end());
    return conflicts.empty();
  }

  void leave_out_circles() {
    std::map<std::string, std::size_t, std::less<>> numbers;
    std::vector<std::string> registries;
    auto number_of = [&](const std::string& name) {
      auto [known, is_new] = numbers.try_emplace(name, registries.size());
      if (is_new) registries.push_back(name);
      return known->second;
    };
    std::vector<std::pair<std::size_t, std::size_t>> pointers;
    for (const auto& [into, merges] : plan_.into) {
      for (const PlannedMerge& merge : merges)
        pointers.emplace_back(number_of(into), number_of(merge.from));
    }
    const CircleOrder circles = find_circles(registries.size(), pointers);
    const auto all = plan_.into;
    for (auto& [into, merges] : plan_.into) {
      const std::size_t own = numbers.at(into);
      std::erase_if(merges, [&, name = into](const PlannedMerge& merge) {
        const std::size_t other = numbers.at(merge.from);
        if (!circles.in_circle[own] || circles.circle[own] != circles.circle[other]) return false;
        diagnostics_.push_back(merged_in_circle(merge.place, circle_text(all, name, merge.from)));
        return true;
      });
    }
    for (std::size_t number : circles.order) plan_.order.push_back(registries[number]);
  }

  // The shortest way from `from` back to `into`, as `A from B from A`.
  static std::string circle_text(const Merges& all, const std::string& into,
                                 const std::string& from) {
    std::map<std::string, std::string> next;  // on the way to `into`
    std::vector<std::string> open = {into};
    for (std::size_t i = 0; i < open.size() && !next.contains(from); ++i) {
      const std::string here = open[i];
      for (const auto& [other, merges] : all) {
        auto leads = [&](const PlannedMerge& merge) { return merge.from == here; };
        if (std::any_of(merges.begin(), merges.end(), leads) &&
            next.try_emplace(other, here).second)
          open.push_back(other);
      }
    }
    std::string text = into + " from " + from;
    for (std::string at = from; at != into;) {
      at = next.at(at);
      text += " from " + at;
    }
    return text;
  }

  std::span<const WantedMerge> merges_;
  Catalog& catalog_;
  std::vector<Diagnostic>& diagnostics_;
  MergePlan plan_;
};

}  // namespace

MergePlan plan_merges(std::span<const WantedMerge> merges, Catalog& catalog,
                      std::vector<Diagnostic>& diagnostics) {
  return MergePlanner(merges, catalog, diagnostics).run();
}

MergePlan plan_merges(std::span<const Source> sources, Catalog& catalog,
                      std::vector<Diagnostic>& diagnostics) {
  std::vector<WantedMerge> merges;
  for (const Source& source : sources) {
    for (const Merge& merge : source.declarations->merges)
      merges.push_back({merge.into, merge.from, merge.force, place_in(source, merge.at)});
  }
  return plan_merges(merges, catalog, diagnostics);
}

std::vector<Diagnostic> conflicts_of_fields(const RegistryInfo& from, const RegistryInfo& into,
                                            const Place& place) {
  std::vector<Diagnostic> conflicts;
  for (const Field& field : into.fields) {
    const Field* other = from.field(field.name);
    if (other == nullptr || other->type == field.type || other->type == FieldType::Any ||
        field.type == FieldType::Any)
      continue;
    conflicts.push_back(error_at(place,
                                 "the field \"" + field.name + "\" is " + to_string(other->type) +
                                     " in \"" + from.name + "\" and " + to_string(field.type) +
                                     " in \"" + into.name + "\"",
                                 "declare it with one type, or leave it out of one of them"));
  }
  return conflicts;
}

Diagnostic merged_in_circle(Place place, const std::string& circle) {
  return error_at(std::move(place), "registries are merged in a circle: " + circle,
                  "what a registry has would depend on itself");
}

}  // namespace reg
