#include <registration/circles.h>
#include <registration/reads.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

using Paths = std::set<std::string>;

// The first name of a path, as it is printed.
std::string_view first_name(std::string_view path) {
  if (!path.starts_with('`')) return path.substr(0, path.find('.'));
  std::size_t end = 1;
  while (end < path.size() && (path[end] != '`' || path.substr(end, 2) == "``"))
    end += path[end] == '`' ? 2 : 1;
  return path.substr(0, end + 1);
}

class Reads {
 public:
  Reads(std::span<const Source> sources, const Json& facts, Catalog& catalog)
      : sources_(sources), facts_(facts), catalog_(catalog) {}

  void run() {
    for (const Source& source : sources_) {
      for (const PredicateReads& reads : source.declarations->reads) add(reads);
    }
    for (const auto& [name, info] : catalog_.registries) {
      if (info.select) add_predicate(name, Predicate::parse(*info.select));
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
    for (const std::string& name : reads.calls) add_named(name, paths);
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

  void add_predicate(const std::string& registry, const Predicate& predicate) {
    Paths& paths = paths_[registry];
    for (std::string& path : predicate.facts()) paths.insert(std::move(path));
    for (const PredicateCall& call : predicate.calls()) add_named(call.name, paths);
  }

  void add_named(const std::string& name, Paths& paths) {
    const Paths& read = named(name);
    paths.insert(read.begin(), read.end());
  }

  // What a named predicate and all that it calls read. Definitions that reach themselves have been
  // left out.
  const Paths& named(const std::string& name) {
    auto [known, is_new] = named_.try_emplace(name);
    const PredicateDefinition* definition = catalog_.predicates.find(name);
    if (!is_new || definition == nullptr) return known->second;
    if (definition->is_fact()) {
      known->second.insert(name);
      return known->second;
    }
    Paths paths;
    for (const PredicateCall& call : definition->expr->calls()) add_named(call.name, paths);
    for (std::string& path : definition->expr->facts()) {
      const auto& params = definition->params;
      if (std::find(params.begin(), params.end(), first_name(path)) == params.end())
        paths.insert(std::move(path));
    }
    return named_[name] = std::move(paths);
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
  std::map<std::string, Paths> paths_, named_;
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
