#include <predicate/path_text.h>
#include <predicate/typing.h>
#include <registration/circles.h>
#include <registration/facts_of_any_type.h>
#include <registration/merge_plan.h>
#include <registration/reads.h>
#include <algorithm>

namespace reg {
namespace {

// The fact that says what is at that path; null: none does.
const Fact* find_declared(const std::vector<Fact>& context, const std::string& path) {
  const Fact* nearest = ast::covering(context, path);
  return nearest != nullptr && covers(*nearest, path) ? nearest : nullptr;
}

// A fact comes with the type that it has where it comes from, also to where it had none. What is
// said here otherwise stays: whether the predicate can do with that is for its checks to say.
void join(std::vector<Fact>& context, const std::string& path, const std::vector<Fact>& other) {
  const Fact* const there = find_declared(other, path);
  const Fact came = there == nullptr ? Fact{path} : *there;
  const Fact* const nearest = ast::covering(context, path);
  if (nearest == nullptr ||
      (there != nullptr && nearest->path.size() < came.path.size() && covers(*nearest, path))) {
    context.push_back(came);
  } else if (nearest->path == came.path) {
    Fact& here = context[static_cast<std::size_t>(nearest - context.data())];
    if (here.doc.empty()) here.doc = came.doc;
    if (here.type != FieldType::Any || !here.values.empty()) return;
    here.type = came.type;
    here.values = came.values;
  }
}

// Merges that are left out, which is reported when they are carried out, copy nothing.
std::vector<MergePointer> merges_among(std::span<const Source> sources, Catalog& catalog) {
  std::vector<Diagnostic> reported_later;
  const MergePlan plan = plan_merges(sources, catalog, reported_later);
  std::vector<MergePointer> all;
  for (const auto& [into, merges] : plan.into) {
    for (const PlannedMerge& merge : merges) all.push_back({into, merge.from});
  }
  return all;
}

class Reads {
 public:
  Reads(std::span<const Source> sources, const Json& facts, Catalog& catalog)
      : sources_(sources), facts_(facts), catalog_(catalog) {}

  void run() {
    for (const Source& source : sources_) {
      if (source.is_remote()) continue;
      for (const PredicateSummary& summary : source.declarations->summaries) add(summary);
    }
    for (const auto& [name, info] : catalog_.registries) {
      if (info.select) facts_read_.add(Predicate::parse(*info.select), paths_[name]);
    }
    join_reads(merges(), paths_, catalog_);
    for (auto& [name, info] : catalog_.registries) {
      const FactPaths& paths = paths_[name];
      info.reads.assign(paths.begin(), paths.end());
    }
  }

 private:
  void add(const PredicateSummary& summary) {
    catalog_.registry(summary.registry);
    if (!summary.when.empty() && !holds(summary.when)) return;
    FactPaths& paths = paths_[summary.registry];
    paths.insert(summary.facts.begin(), summary.facts.end());
    for (const std::string& name : summary.calls) {
      const FactPaths& read = facts_read_.of(name);
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

  std::vector<MergePointer> merges() { return merges_among(sources_, catalog_); }

  std::span<const Source> sources_;
  const Json& facts_;
  Catalog& catalog_;
  FactsRead facts_read_{catalog_.predicates};
  ReadPaths paths_;
};

}  // namespace

bool covers(const Fact& declared, std::string_view path) {
  const bool has_parts = declared.type == FieldType::Object || declared.type == FieldType::Any;
  return path == declared.path || (has_parts && ast::lies_in(path, declared.path));
}

void join_facts(const FactPaths& read, const RegistryInfo& from, const FactPaths& own,
                RegistryInfo& into) {
  if (into.context.empty()) {
    auto is_typed = [&](const std::string& path) { return find_declared(from.context, path); };
    if (std::none_of(read.begin(), read.end(), is_typed)) return;
    for (const std::string& path : own) into.context.push_back({path});
  }
  for (const std::string& path : read) join(into.context, path, from.context);
}

void join_reads(std::span<const MergePointer> merges, ReadPaths& paths, Catalog& catalog) {
  std::vector<std::string> names;
  std::map<std::string, std::size_t> numbers;
  auto number_of = [&](const std::string& name) {
    auto [known, is_new] = numbers.try_emplace(name, names.size());
    if (is_new) names.push_back(name);
    return known->second;
  };
  std::vector<std::pair<std::size_t, std::size_t>> pointers;
  for (const MergePointer& merge : merges)
    pointers.emplace_back(number_of(merge.into), number_of(merge.from));
  if (pointers.empty()) return;
  for (std::size_t into : find_circles(names.size(), pointers).order) {
    for (const auto& [taker, from] : pointers) {
      const auto source = catalog.registries.find(names[from]);
      if (taker != into || source == catalog.registries.end()) continue;
      const FactPaths read = paths[names[from]];
      FactPaths& own = paths[names[into]];
      join_facts(read, source->second, own, catalog.registry(names[into]));
      own.insert(read.begin(), read.end());
    }
  }
}

void add_reads(std::span<const Source> sources, const Json& facts, Catalog& catalog) {
  Reads(sources, facts, catalog).run();
}

void add_remote_reads(std::span<const Source> sources, Catalogs& catalogs) {
  ReadPaths paths;
  for (const Source& source : sources) {
    if (!source.is_remote()) continue;
    for (const PredicateSummary& summary : source.declarations->summaries)
      paths[summary.registry].insert(summary.facts.begin(), summary.facts.end());
  }
  const std::vector<MergePointer> merges = merges_among(sources, catalogs.local());
  // A chain of merges is no longer than there are merges.
  bool changed = true;
  for (std::size_t i = 0; i < merges.size() && changed; ++i) {
    changed = false;
    for (const MergePointer& merge : merges) {
      const FactPaths from = paths[merge.from];
      FactPaths& into = paths[merge.into];
      const std::size_t before = into.size();
      into.insert(from.begin(), from.end());
      changed |= into.size() != before;
      std::vector<Fact>& declared = catalogs.all.registry(merge.into).context;
      if (declared.empty()) continue;
      FactsOfAnyType context(declared);
      for (const std::string& path : from) {
        if (!context.covers(path)) context.add(path);
      }
    }
  }
  for (const auto& [name, read] : paths) {
    RegistryInfo& info = catalogs.all.registry(name);
    FactPaths all(info.reads.begin(), info.reads.end());
    all.insert(read.begin(), read.end());
    info.reads.assign(all.begin(), all.end());
  }
}

}  // namespace reg
