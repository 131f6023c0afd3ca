#include <manifest/line.h>
#include <reg/text.h>
#include <registration/facts_of_any_type.h>
#include <registration/origins.h>
#include <registration/reads.h>
#include <text/json_text.h>
#include <algorithm>
#include <cstddef>

namespace reg {
namespace {

// Ways of being wrong that are told of one origin; nobody reads more.
constexpr std::size_t most_kinds = 20;

// A version is compared otherwise than what is of any type.
bool agree(FieldType known, FieldType other) {
  if (known == other) return true;
  const bool any = known == FieldType::Any || other == FieldType::Any;
  return any && known != FieldType::Version && other != FieldType::Version;
}

class Joining {
 public:
  Joining(std::span<const Source> sources, Catalogs& catalogs)
      : sources_(sources), catalogs_(catalogs) {}

  std::vector<Finding> run() {
    for (const Source& source : sources_) {
      if (!source.is_remote()) note_local(source);
    }
    for (const Weight weight : {Weight::Facts, Weight::Fields, Weight::Nothing}) {
      for (const Source& source : sources_) {
        if (source.is_remote()) add(source, weight);
      }
    }
    catalogs_.local().foreign = catalogs_.all.foreign;
    return findings_.take();
  }

 private:
  // How much an origin declares of a registry. Who says nothing of facts is not to decide that
  // nobody does.
  enum class Weight : std::uint8_t { Facts, Fields, Nothing };
  static Weight weight_of(const DeclaredThere& there, std::string_view registry) {
    Weight weight = Weight::Nothing;
    for (const RegistryDeclaration* one : there.all(registry)) {
      if (!one->context.empty()) return Weight::Facts;
      if (!one->fields.empty()) weight = Weight::Fields;
    }
    return weight;
  }

  void note_local(const Source& source) {
    const Declarations& declared = *source.declarations;
    for (const RegistryDeclaration& one : declared.registries) owned_.insert(one.name);
    for (const Merge& merge : declared.merges) owned_.insert(merge.into);
    owned_.insert(declared.mentioned.begin(), declared.mentioned.end());
    owned_.merge(registries_with_symbols(source));
  }

  // The registries of which it declares so much.
  void add(const Source& source, Weight weight) {
    const DeclaredThere there(*source.declarations);
    std::set<std::string> names = registries_with_symbols(source);
    for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
    Catalog& view = catalogs_.views[std::string(source.path)];
    view.without_select = catalogs_.all.without_select;
    for (const std::string& name : names) {
      if (weight_of(there, name) != weight) continue;
      RegistryInfo& info = catalogs_.all.registry(name);
      if (owned_.insert(name).second) {
        catalogs_.all.foreign.insert(name);
        info = there.registry(name);
      } else {
        for (const RegistryDeclaration* one : there.all(name)) add(source, *one, info);
      }
      view.registries[name] = info;
    }
  }

  void add(const Source& source, const RegistryDeclaration& declared, RegistryInfo& info) {
    if (info.doc.empty()) info.doc = declared.doc;
    add_fields(source, declared, info);
    if (!info.context.empty()) add_facts(source, declared, info);
  }

  void add_fields(const Source& source, const RegistryDeclaration& declared, RegistryInfo& info) {
    std::map<std::string, FieldType> known;
    for (const Field& field : info.fields) known.emplace(field.name, field.type);
    const std::string kind = "field in " + info.name;
    for (const DeclaredField& one : declared.fields) {
      const auto [field, is_new] = known.emplace(one.field.name, one.field.type);
      if (is_new) info.fields.push_back(one.field);
      if (agree(field->second, one.field.type) || findings_.counts(source, kind)) continue;
      const Field wanted{field->first, field->second};
      const auto is_there = [&](const RegistryDeclaration& other) {
        return std::any_of(other.fields.begin(), other.fields.end(), [&](const DeclaredField& f) {
          return f.field == wanted && (first_ = f.at, true);
        });
      };
      findings_.add(
          source, kind, one.at,
          "the field " + in_quotes(wanted.name) + " of the registry " + in_quotes(info.name),
          "it is " + std::string(to_string(one.field.type)) + " there and " +
              to_string(wanted.type) + " " + place_of(info.name, is_there));
    }
  }

  void add_facts(const Source& source, const RegistryDeclaration& declared, RegistryInfo& info) {
    FactsOfAnyType context(info.context);
    for (const DeclaredFact& one : declared.context) {
      const Fact* known = context.find(one.fact.path);
      if (known == nullptr) {
        context.add(one.fact.path, one.fact.doc);
      } else {
        compare(source, one, *known, info);
      }
    }
  }

  void compare(const Source& source, const DeclaredFact& one, const Fact& known,
               const RegistryInfo& info) {
    const bool same_type = agree(known.type, one.fact.type);
    if (same_type &&
        (known.values.empty() || one.fact.values.empty() || known.values == one.fact.values))
      return;
    const std::string kind = "fact in " + info.name;
    if (findings_.counts(source, kind)) return;
    const auto is_there = [&](const RegistryDeclaration& other) {
      return std::any_of(other.context.begin(), other.context.end(), [&](const DeclaredFact& f) {
        return f.fact.path == known.path && f.fact.type == known.type && (first_ = f.at, true);
      });
    };
    const std::string place = place_of(info.name, is_there);
    findings_.add(
        source, kind, one.at,
        "the fact " + in_quotes(one.fact.path) + " of the registry " + in_quotes(info.name),
        same_type ? "it has other values " + place
                  : "it is " + std::string(to_string(one.fact.type)) + " there and " +
                        to_string(known.type) + " " + place);
  }

  // Where it was declared first, as far as some source says it in these words.
  template <typename IsThere>
  std::string place_of(const std::string& registry, const IsThere& is_there) {
    for (const bool remote : {false, true}) {
      for (const Source& source : sources_) {
        if (source.is_remote() != remote) continue;
        for (const RegistryDeclaration& one : source.declarations->registries) {
          if (one.name == registry && is_there(one))
            return "at " + place_in(source, first_).to_string();
        }
      }
    }
    return "here";
  }

  std::span<const Source> sources_;
  Catalogs& catalogs_;
  std::set<std::string> owned_;
  OriginFindings findings_;
  Position first_;  // of what `place_of` looks for
};

void note_added(Catalogs& catalogs) {
  for (auto& [name, info] : catalogs.all.registries) {
    if (catalogs.all.foreign.contains(name)) continue;
    const auto own = catalogs.own->registries.find(name);
    const RegistryInfo before =
        own == catalogs.own->registries.end() ? RegistryInfo() : own->second;
    info.added = {info.fields.size() - before.fields.size(),
                  info.context.size() - before.context.size(), info.doc != before.doc};
  }
}

}  // namespace

void join_origins(std::span<const Source> sources, Catalogs& catalogs,
                  std::vector<Finding>& findings) {
  for (Finding& found : Joining(sources, catalogs).run()) findings.push_back(std::move(found));
  add_remote_reads(sources, catalogs);
  note_added(catalogs);
}

RegistryInfo declared_here(RegistryInfo info) {
  info.fields.erase(info.fields.end() - static_cast<std::ptrdiff_t>(info.added.fields),
                    info.fields.end());
  info.context.erase(info.context.end() - static_cast<std::ptrdiff_t>(info.added.facts),
                     info.context.end());
  if (info.added.doc) info.doc.clear();
  info.added = {};
  return info;
}

DeclaredThere::DeclaredThere(const Declarations& declarations) {
  for (const RegistryDeclaration& one : declarations.registries)
    by_registry_[one.name].push_back(&one);
}

std::span<const RegistryDeclaration* const> DeclaredThere::all(std::string_view registry) const {
  const auto found = by_registry_.find(registry);
  if (found == by_registry_.end()) return {};
  return found->second;
}

RegistryInfo DeclaredThere::registry(std::string_view name) const {
  RegistryInfo info;
  info.name = name;
  std::set<std::string_view> fields, facts;
  for (const RegistryDeclaration* one : all(name)) {
    if (info.doc.empty()) info.doc = one->doc;
    for (const DeclaredField& declared : one->fields) {
      if (fields.insert(declared.field.name).second) info.fields.push_back(declared.field);
    }
    for (const DeclaredFact& declared : one->context) {
      if (facts.insert(declared.fact.path).second) info.context.push_back(declared.fact);
    }
  }
  return info;
}

OriginFindings::OfSource& OriginFindings::of(const Source& source) {
  auto own = by_path_.find(source.path);
  if (own == by_path_.end()) own = by_path_.emplace(std::string(source.path), OfSource()).first;
  return own->second;
}

const std::string& OriginFindings::OfSource::name_of(const std::string& kind) const {
  static const std::string rest;
  return by_kind.contains(kind) || by_kind.size() < most_kinds ? kind : rest;
}

bool OriginFindings::counts(const Source& source, const std::string& kind) {
  OfSource& own = of(source);
  const auto known = own.by_kind.find(own.name_of(kind));
  if (known == own.by_kind.end()) return false;
  ++own.said[known->second].more;
  return true;
}

void OriginFindings::add(const Source& source, const std::string& kind, Position at,
                         const std::string& what, const std::string& why, std::string hint) {
  if (counts(source, kind)) return;
  OfSource& own = of(source);
  own.by_kind.emplace(own.name_of(kind), own.said.size());
  own.said.push_back(
      {warning_at(place_in(source, at),
                  in_quotes(source.origin()) + " publishes " + what + ", which is left out: " + why,
                  std::move(hint))});
}

void OriginFindings::add(const Source& source, const std::string& kind, const SymbolRecord& record,
                         const std::string& why, std::string hint) {
  if (counts(source, kind)) return;
  std::string what = in_quotes(unescape(record.target)) + " as " + unescape(record.registry) + '/' +
                     unescape(record.oid);
  const Place declared = declared_place(split_line(record.line).value_or(LineText{}));
  if (!declared.path.empty()) what += ", declared at " + declared.to_string();
  add(source, kind, record.at, what, why, std::move(hint));
}

std::vector<Finding> OriginFindings::take() {
  std::vector<Finding> findings;
  for (auto& [path, of] : by_path_) {
    for (Said& said : of.said) {
      if (said.more != 0)
        said.first.message += "; and " + std::to_string(said.more) + " more like it";
      findings.push_back({std::move(said.first)});
    }
  }
  by_path_.clear();
  return findings;
}

}  // namespace reg
