#include <manifest/line.h>
#include <reg/text.h>
#include <registration/origins.h>
#include <registration/reads.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

// Ways of being wrong that are told of one origin; nobody reads more.
constexpr std::size_t most_kinds = 20;

Field* field_of(RegistryInfo& info, const std::string& name) {
  const auto found = std::find_if(info.fields.begin(), info.fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == info.fields.end() ? nullptr : &*found;
}

Fact* fact_of(RegistryInfo& info, const std::string& path) {
  const auto found = std::find_if(info.context.begin(), info.context.end(),
                                  [&](const Fact& fact) { return fact.path == path; });
  return found == info.context.end() ? nullptr : &*found;
}

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
    for (const Source& source : sources_) {
      if (source.is_remote()) add(source);
    }
    catalogs_.local().foreign = catalogs_.all.foreign;
    return findings_.take();
  }

 private:
  void note_local(const Source& source) {
    const Declarations& declared = *source.declarations;
    for (const RegistryDeclaration& one : declared.registries) owned_.insert(one.name);
    for (const Merge& merge : declared.merges) owned_.insert(merge.into);
    owned_.insert(declared.mentioned.begin(), declared.mentioned.end());
    owned_.merge(registries_with_symbols(source));
  }

  void add(const Source& source) {
    std::set<std::string> names = registries_with_symbols(source);
    for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
    Catalog& view = catalogs_.views[std::string(source.path)];
    view.without_select = catalogs_.all.without_select;
    for (const std::string& name : names) {
      RegistryInfo& info = catalogs_.all.registry(name);
      if (owned_.insert(name).second) {
        catalogs_.all.foreign.insert(name);
        info = declared_by(*source.declarations, name);
      } else {
        for (const RegistryDeclaration& one : source.declarations->registries) {
          if (one.name == name) add(source, one, info);
        }
      }
      view.registries[name] = info;
    }
  }

  void add(const Source& source, const RegistryDeclaration& declared, RegistryInfo& info) {
    if (info.doc.empty()) info.doc = declared.doc;
    for (const DeclaredField& one : declared.fields) add_field(source, one, info);
    const bool are_declared = !info.context.empty();
    for (const DeclaredFact& one : declared.context) {
      if (are_declared) add_fact(source, one, info);
    }
  }

  void add_field(const Source& source, const DeclaredField& one, RegistryInfo& info) {
    const Field* known = field_of(info, one.field.name);
    const std::string what =
        "the field " + in_quotes(one.field.name) + " of the registry " + in_quotes(info.name);
    if (known != nullptr) {
      if (agree(known->type, one.field.type)) return;
      const auto is_there = [&](const RegistryDeclaration& other) {
        return std::any_of(other.fields.begin(), other.fields.end(), [&](const DeclaredField& f) {
          return f.field == *known && (first_ = f.at, true);
        });
      };
      findings_.add(source, "field in " + info.name, one.at, what,
                    "it is " + std::string(to_string(one.field.type)) + " there and " +
                        to_string(known->type) + " " + place_of(info.name, is_there));
    } else if (one.field.name == origin_field) {
      findings_.add(source, "field in " + info.name, one.at, what,
                    "others' symbols in it have their origin's name there");
    } else {
      info.fields.push_back(one.field);
    }
  }

  void add_fact(const Source& source, const DeclaredFact& one, RegistryInfo& info) {
    const Fact* known = fact_of(info, one.fact.path);
    if (known == nullptr) {
      info.context.push_back({one.fact.path, FieldType::Any, {}, one.fact.doc});
      return;
    }
    const bool same_type = agree(known->type, one.fact.type);
    if (same_type &&
        (known->values.empty() || one.fact.values.empty() || known->values == one.fact.values))
      return;
    const auto is_there = [&](const RegistryDeclaration& other) {
      return std::any_of(other.context.begin(), other.context.end(), [&](const DeclaredFact& f) {
        return f.fact.path == known->path && f.fact.type == known->type && (first_ = f.at, true);
      });
    };
    const std::string place = place_of(info.name, is_there);
    findings_.add(
        source, "fact in " + info.name, one.at,
        "the fact " + in_quotes(one.fact.path) + " of the registry " + in_quotes(info.name),
        same_type ? "it has other values " + place
                  : "it is " + std::string(to_string(one.fact.type)) + " there and " +
                        to_string(known->type) + " " + place);
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

}  // namespace

void join_origins(std::span<const Source> sources, Catalogs& catalogs,
                  std::vector<Finding>& findings) {
  for (Finding& found : Joining(sources, catalogs).run()) findings.push_back(std::move(found));
  add_remote_reads(sources, catalogs);
}

RegistryInfo declared_by(const Declarations& declarations, std::string_view registry) {
  RegistryInfo info;
  info.name = registry;
  for (const RegistryDeclaration& one : declarations.registries) {
    if (one.name != registry) continue;
    if (info.doc.empty()) info.doc = one.doc;
    for (const DeclaredField& declared : one.fields) {
      if (field_of(info, declared.field.name) == nullptr) info.fields.push_back(declared.field);
    }
    for (const DeclaredFact& declared : one.context) {
      if (fact_of(info, declared.fact.path) == nullptr) info.context.push_back(declared.fact);
    }
  }
  return info;
}

void OriginFindings::add(const Source& source, const std::string& kind, Position at,
                         const std::string& what, const std::string& why, std::string hint) {
  auto own = by_path_.find(source.path);
  if (own == by_path_.end()) own = by_path_.emplace(std::string(source.path), OfSource()).first;
  OfSource& of = own->second;
  const bool is_known = of.by_kind.contains(kind);
  const std::string name = is_known || of.by_kind.size() < most_kinds ? kind : std::string();
  const auto [known, is_new] = of.by_kind.try_emplace(name, of.said.size());
  if (!is_new) {
    ++of.said[known->second].more;
    return;
  }
  of.said.push_back(
      {warning_at(place_in(source, at),
                  in_quotes(source.origin()) + " publishes " + what + ", which is left out: " + why,
                  std::move(hint))});
}

void OriginFindings::add(const Source& source, const std::string& kind, const SymbolRecord& record,
                         const std::string& why, std::string hint) {
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
