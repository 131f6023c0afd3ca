#include <predicate/facts_read.h>
#include <registration/circles.h>
#include <registration/reads.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

using Paths = FactPaths;

class Reads {
 public:
  Reads(std::span<const Source> sources, const Json& facts, Catalog& catalog)
      : sources_(sources), facts_(facts), catalog_(catalog) {}

  void run() {
    for (const Source& source : sources_) {
      for (const PredicateReads& reads : source.declarations->reads) add(reads);
    }
    for (const auto& [name, info] : catalog_.registries) {
      if (info.select) facts_read_.add(Predicate::parse(*info.select), paths_[name]);
    }
    merge();
    for (auto& [name, info] : catalog_.registries) {
      const Paths& paths = paths_[name];
      info.reads.assign(paths.begin(), paths.end());
    }
  }

 private:
  void add(const PredicateReads& reads) {
    catalog_.registry(reads.registry);
    if (!reads.when.empty() && !holds(reads.when)) return;
    Paths& paths = paths_[reads.registry];
    paths.insert(reads.facts.begin(), reads.facts.end());
    for (const std::string& name : reads.calls) {
      const Paths& read = facts_read_.of(name);
      paths.insert(read.begin(), read.end());
    }
  }

  // A `when` that calls what is not defined is an error of its symbol, which is not registered.
  bool holds(const std::string& when) const {
    const Predicate predicate = Predicate::parse(when);
    const std::vector<PredicateCall> calls = predicate.calls();
    const bool is_sound = std::none_of(calls.begin(), calls.end(), [&](const PredicateCall& call) {
      return catalog_.predicates.problem(call).has_value();
    });
    return is_sound && predicate.score(facts_, Json::object(), catalog_.predicates) > 0;
  }

  // What a copied predicate reads is read where it is copied to.
  void merge() {
    std::vector<std::string> names;
    std::map<std::string, std::size_t> numbers;
    auto number_of = [&](const std::string& name) {
      auto [known, is_new] = numbers.try_emplace(name, names.size());
      if (is_new) names.push_back(name);
      return known->second;
    };
    std::vector<std::pair<std::size_t, std::size_t>> pointers;
    for (const Source& source : sources_) {
      for (const Merge& merge : source.declarations->merges) {
        for (const std::string& from : merge.from)
          pointers.emplace_back(number_of(merge.into), number_of(from));
      }
    }
    if (pointers.empty()) return;
    for (std::size_t into : find_circles(names.size(), pointers).order) {
      for (const auto& [taker, from] : pointers) {
        if (taker == into) take_over(names[from], names[into]);
      }
    }
  }

  void take_over(const std::string& from, const std::string& into) {
    const auto source = catalog_.registries.find(from);
    if (source == catalog_.registries.end()) return;
    const Paths read = paths_[from];
    paths_[into].insert(read.begin(), read.end());
    std::vector<Fact>& context = catalog_.registry(into).context;
    if (context.empty()) return;
    for (const std::string& path : read) join(context, path, source->second.context);
  }

  // The fact itself, or else one that it lies in.
  template <typename Facts>
  static auto find_declared(Facts& context, const std::string& path) {
    const auto exact = std::find_if(context.begin(), context.end(),
                                    [&](const Fact& fact) { return fact.path == path; });
    if (exact != context.end()) return exact;
    return std::find_if(context.begin(), context.end(),
                        [&](const Fact& fact) { return covers(fact, path); });
  }

  // A fact comes with the type that it has where it comes from, also to where it had none.
  static void join(std::vector<Fact>& context, const std::string& path,
                   const std::vector<Fact>& other) {
    const auto here = find_declared(context, path);
    const auto there = find_declared(other, path);
    if (here == context.end()) {
      context.push_back(there == other.end() ? Fact{path} : *there);
    } else if (there != other.end() && here->path == there->path) {
      if (here->doc.empty()) here->doc = there->doc;
      if (here->type == FieldType::Any) here->type = there->type;
      if (here->type == there->type && here->values.empty()) here->values = there->values;
    }
  }

  std::span<const Source> sources_;
  const Json& facts_;
  Catalog& catalog_;
  FactsRead facts_read_{catalog_.predicates};
  std::map<std::string, Paths> paths_;
};

}  // namespace

bool covers(const Fact& declared, std::string_view path) {
  const std::string& known = declared.path;
  if (path == known) return true;
  const bool may_hold = declared.type == FieldType::Object || declared.type == FieldType::Any;
  return may_hold && path.starts_with(known) && path.substr(known.size()).starts_with('.');
}

void add_reads(std::span<const Source> sources, const Json& facts, Catalog& catalog) {
  Reads(sources, facts, catalog).run();
}

}  // namespace reg
