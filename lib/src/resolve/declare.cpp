#include <manifest/info_shapes.h>
#include <manifest/predicate_texts.h>
#include <manifest/summaries.h>
#include <manifest/symbol_lines.h>
#include <reg/symbol.h>
#include <reg/text.h>
#include <resolve/declare.h>
#include <text/diagnostic.h>
#include <algorithm>
#include <deque>
#include <set>

namespace reg {
namespace {

// Nodes for values, which live as long as this.
class Nodes {
 public:
  Node of(const Json& value, Position at) {
    switch (value.type()) {
      case Json::value_t::boolean:
        return {value.get<bool>(), at};
      case Json::value_t::number_integer:
        return {value.get<std::int64_t>(), at};
      case Json::value_t::number_unsigned:
        return {value.get<std::uint64_t>(), at};
      case Json::value_t::number_float:
        return {value.get<double>(), at};
      case Json::value_t::string:
        return {text(value.get_ref<const std::string&>()), at};
      case Json::value_t::array:
        return list(value, at);
      case Json::value_t::object:
        return {members(value, at), at};
      default:
        return {Null{}, at};
    }
  }

  Run<Member> members(const Json& object, Position at) {
    std::vector<Member> made;
    for (const auto& [key, value] : object.items()) made.push_back({text(key), at, of(value, at)});
    const std::vector<Member>& kept = members_.emplace_back(std::move(made));
    return {kept.data(), kept.size()};
  }

 private:
  Node list(const Json& value, Position at) {
    std::vector<Node> made;
    for (const Json& each : value) made.push_back(of(each, at));
    const std::vector<Node>& kept = lists_.emplace_back(std::move(made));
    return {Run<Node>{kept.data(), kept.size()}, at};
  }
  std::string_view text(const std::string& value) { return texts_.emplace_back(value); }

  std::deque<std::string> texts_;
  std::deque<std::vector<Node>> lists_;
  std::deque<std::vector<Member>> members_;
};

// Registries that exist in memory only.
bool is_private_name(std::string_view name) { return name.starts_with("__"); }

std::string registry_problem(const std::string& name) {
  if (is_private_name(name)) return "the registry \"" + name + "\" is private";
  const std::string problem = registry_name_problem(name);
  return problem.empty() ? problem : "\"" + name + "\" cannot name a registry: " + problem;
}

std::string object_problem(const std::string& name, const char* role) {
  const std::string problem = object_name_problem(name);
  return problem.empty() ? problem : "\"" + name + "\" cannot be " + role + ": " + problem;
}

class Declarer {
 public:
  Declarer(const std::string& path, Declarations& out)
      : path_(path),
        out_(out),
        problems_(path, ManifestFormat::JsonText, scratch_),
        predicates_(problems_),
        lines_(out),
        shapes_(out.shapes),
        summaries_(out.summaries) {}

  void registry(const FoundRegistry& found) {
    if (const std::string problem = registry_problem(found.name); !problem.empty())
      return unusable(found.at, problem);
    RegistryDeclaration declared;
    declared.name = found.name;
    declared.at = found.at;
    declared.doc = found.doc;
    std::set<std::string> names;
    for (const std::string& field : found.fields) {
      const std::string problem = field_problem(field, names);
      if (problem.empty()) {
        declared.fields.push_back({{field, FieldType::Any}, found.at});
      } else {
        unusable(found.at, problem);
      }
    }
    out_.registries.push_back(std::move(declared));
  }

  void symbol(const FoundSymbol& found) {
    const std::string oid = found.oid.empty() ? default_oid(found.target) : found.oid;
    if (const std::string problem = problem_of(found, oid); !problem.empty())
      return unusable(found.at, problem);
    LineParts parts;
    parts.oid = oid;
    parts.target = found.target;
    parts.doc = found.doc;
    parts.replaces = found.replaces;
    parts.force = found.force;
    parts.clear = found.clear;
    parts.path = path_;
    parts.at = found.at;
    const KnownPredicate* select = nullptr;
    if (!found.select.empty()) {
      select = predicate(found);
      if (select == nullptr) return;
      parts.select = select->text;
    }
    add(found, parts, select);
  }

 private:
  static std::string field_problem(const std::string& field, std::set<std::string>& names) {
    for (const char* reserved : {"registry", "oid", "target", "origin", "self"}) {
      if (field == reserved) return "\"" + field + "\" cannot name a field";
    }
    if (field.starts_with("origin.")) return "\"" + field + "\" cannot name a field";
    if (field.empty() || field.size() > max_name || !is_plain_text(field))
      return "a field's name cannot be used";
    return names.insert(field).second ? std::string()
                                      : "the field \"" + field + "\" is named twice";
  }
  static constexpr std::size_t max_name = 1024;
  static bool is_plain_text(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  }

  static std::string problem_of(const FoundSymbol& found, const std::string& oid) {
    for (const std::string& registry : found.registries) {
      if (std::string problem = registry_problem(registry); !problem.empty()) return problem;
    }
    std::string problem = object_problem(found.target, "a target");
    if (problem.empty()) problem = object_problem(oid, "an oid");
    if (problem.empty() && !found.replaces.empty())
      problem = object_problem(found.replaces, "a target");
    return problem;
  }

  const KnownPredicate* predicate(const FoundSymbol& found) {
    const Node node{std::string_view(found.select), found.at};
    const KnownPredicate* known = predicates_.known(Element{node});
    if (known != nullptr) return known;
    unusable(found.at, "its predicate cannot be used: " + found.select);
    return nullptr;
  }

  void add(const FoundSymbol& found, LineParts& parts, const KnownPredicate* select) {
    Nodes nodes;
    const Node info{nodes.members(found.info, found.at), found.at};
    const std::vector<const Member*> members = writer_.sorted(*info.as<Run<Member>>());
    std::string info_text;
    if (!members.empty()) writer_.append(info_text, info);
    parts.info_text = info_text;
    std::set<std::string> seen;
    for (const std::string& registry : found.registries) {
      if (!seen.insert(registry).second) continue;
      parts.registry = registry;
      shapes_.add(registry, members, out_.symbols.size());
      if (select != nullptr) summaries_.add(registry, {}, *select);
      lines_.add(parts);
    }
  }

  void unusable(Position at, const std::string& what) {
    out_.seen.push_back(warning_at({path_, at.line, at.column}, what));
  }

  const std::string& path_;
  Declarations& out_;
  std::vector<Diagnostic> scratch_;
  Problems problems_;
  PredicateTexts predicates_;
  SymbolLines lines_;
  InfoShapes shapes_;
  CanonicalWriter writer_;
  Summaries summaries_;
};

}  // namespace

Declarations declare(const Found& found, const std::string& path) {
  Declarations out;
  out.lenient = found.conflicts == Conflicts::Warn;
  for (const Seen& each : found.seen)
    out.seen.push_back(warning_at({path, each.at.line, each.at.column}, each.what));
  Declarer declarer(path, out);
  for (const FoundRegistry& each : found.registries) declarer.registry(each);
  for (const FoundSymbol& each : found.symbols) declarer.symbol(each);
  out.merges = found.merges;
  out.unregistrations = found.unregistrations;
  out.predicates = found.predicates;
  for (Diagnostic each : found.diagnostics) {
    each.place.path = path;
    out.diagnostics.push_back(std::move(each));
  }
  return out;
}

void declare_more(const std::vector<FoundSymbol>& symbols, const std::string& path,
                  Declarations& declarations) {
  Declarer declarer(path, declarations);
  for (const FoundSymbol& each : symbols) declarer.symbol(each);
  std::stable_sort(declarations.symbols.begin(), declarations.symbols.end(),
                   [](const SymbolRecord& a, const SymbolRecord& b) { return a.at < b.at; });
}

}  // namespace reg
