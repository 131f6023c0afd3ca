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
  Reads(std::span<const Source> sources, Catalog& catalog) : sources_(sources), catalog_(catalog) {}

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
    Paths& paths = paths_[reads.registry];
    paths.insert(reads.facts.begin(), reads.facts.end());
    for (const std::string& name : reads.calls) {
      const Paths& read = facts_read_.of(name);
      paths.insert(read.begin(), read.end());
    }
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
    const std::vector<Fact>& other = source->second.context;
    for (const std::string& path : read) {
      auto covered = [&](const Fact& fact) { return covers(fact, path); };
      if (std::any_of(context.begin(), context.end(), covered)) continue;
      auto declared = std::find_if(other.begin(), other.end(), covered);
      context.push_back(declared == other.end() ? Fact{path} : *declared);
    }
  }

  std::span<const Source> sources_;
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

void add_reads(std::span<const Source> sources, Catalog& catalog) { Reads(sources, catalog).run(); }

}  // namespace reg
