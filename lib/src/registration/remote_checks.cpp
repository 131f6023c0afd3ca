#include <manifest/symbol_identity.h>
#include <predicate/facts_read.h>
#include <predicate/node.h>
#include <predicate/origin.h>
#include <predicate/path_text.h>
#include <registration/info_check.h>
#include <registration/remote_checks.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

bool same_types(const RegistryInfo& a, const RegistryInfo& b) {
  if (a.fields.size() != b.fields.size() || a.context.size() != b.context.size()) return false;
  std::map<std::string_view, FieldType> fields;
  for (const Field& field : b.fields) fields.emplace(field.name, field.type);
  std::map<std::string_view, const Fact*> facts;
  for (const Fact& fact : b.context) facts.emplace(fact.path, &fact);
  const auto has_field = [&](const Field& field) {
    const auto other = fields.find(field.name);
    return other != fields.end() && other->second == field.type;
  };
  const auto has_fact = [&](const Fact& fact) {
    const auto other = facts.find(fact.path);
    return other != facts.end() && other->second->type == fact.type &&
           other->second->values == fact.values;
  };
  return std::all_of(a.fields.begin(), a.fields.end(), has_field) &&
         std::all_of(a.context.begin(), a.context.end(), has_fact);
}

bool is_version(const RegistryInfo& registry, const std::string& field) {
  const Field* declared = registry.field(field);
  return declared != nullptr && declared->type == FieldType::Version;
}

// The facts at that path, and below it, that are compared as versions.
std::set<std::string> versions_at(const RegistryInfo& registry, const std::string& path) {
  std::set<std::string> found;
  for (const Fact& fact : registry.context) {
    const bool is_there = fact.path == path || fact.path.starts_with(path + '.');
    if (is_there && fact.type == FieldType::Version) found.insert(fact.path);
  }
  return found;
}

// The type that is declared of that fact itself.
std::optional<FieldType> type_of_fact(const RegistryInfo& registry, const std::string& path) {
  const auto found = std::find_if(registry.context.begin(), registry.context.end(),
                                  [&](const Fact& fact) { return fact.path == path; });
  return found == registry.context.end() ? std::nullopt : std::optional(found->type);
}

// Whether it is, or has, a text that would be something else if it was given for a fact of any
// type.
bool reads_otherwise(const Json& literal) {
  if (literal.is_array()) return std::any_of(literal.begin(), literal.end(), reads_otherwise);
  return literal.is_string() && Json::accept(literal.get_ref<const std::string&>());
}

// A fact that is a text there, and compared with one that is a number, say, where it is no text
// here; empty: none.
std::string text_no_more(const Predicate& predicate, const RegistryInfo& registry,
                         const RegistryInfo& own) {
  std::string found;
  ast::walk(predicate, [&](const Predicate& part) {
    const auto* comparison = std::get_if<ast::Comparison>(&ast::top_of(part));
    if (comparison == nullptr) return true;
    for (const bool left : {true, false}) {
      const auto* path = std::get_if<ast::Path>(left ? &comparison->left : &comparison->right);
      const auto* literal =
          std::get_if<ast::Literal>(left ? &comparison->right : &comparison->left);
      if (path == nullptr || literal == nullptr || path->scope != ast::Scope::Context) continue;
      const std::string name = print_path(path->keys);
      if (type_of_fact(own, name) == FieldType::String &&
          type_of_fact(registry, name) != FieldType::String && reads_otherwise(literal->value))
        found = name;
    }
    return found.empty();
  });
  return found;
}

}  // namespace

RemoteChecks::Own& RemoteChecks::own_of(const Source& source, std::string_view registry) {
  if (source_ != source.declarations) {
    source_ = source.declarations;
    there_.emplace(*source.declarations);
    own_.clear();
  }
  auto known = own_.find(registry);
  if (known == own_.end()) {
    Own own{there_->registry(registry), false, {}};
    const Catalog& view = view_of(source, views_);
    const auto here = view.registries.find(registry);
    own.agrees = here != view.registries.end() && same_types(own.info, here->second);
    known = own_.emplace(std::string(registry), std::move(own)).first;
  }
  return known->second;
}

const Catalog& RemoteChecks::view_of(const Source& source, const Catalogs::Views& views) {
  static const Catalog nothing;
  const auto found = views.find(source.path);
  return found == views.end() ? nothing : found->second;
}

bool RemoteChecks::pass(const Source& source) {
  SymbolChecks checks(view_of(source, views_), view_of(source, before_));
  if (source.checked == Checked::Before) return checks.pass(source);
  const std::set<std::string> names = registries_with_symbols(source);
  const auto& summaries = source.declarations->summaries;
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return own_of(source, name).agrees; }) &&
         std::all_of(summaries.begin(), summaries.end(),
                     [](const PredicateSummary& summary) { return summary.calls.empty(); }) &&
         checks.pass(source);
}

bool RemoteChecks::of(const Source& source, const SymbolRecord& record) {
  const auto text = split_line(record.line);
  const Catalog& view = view_of(source, views_);
  const auto registry = view.registries.find(unescape(record.registry));
  if (!text || registry == view.registries.end()) return false;
  Own& own = own_of(source, registry->first);
  if (!info_fits(source, record, text->info, registry->second, own.info)) return false;
  if (text->select.empty()) return !view.without_select.contains(registry->first);
  const std::string select = unescape(text->select);
  auto [known, is_new] = own.problems.try_emplace(select);
  if (is_new) known->second = problem_of(select, registry->second, own.info);
  if (known->second.empty()) return true;
  findings_.add(source, "select in " + registry->first, record, known->second);
  return false;
}

bool RemoteChecks::info_fits(const Source& source, const SymbolRecord& record,
                             std::string_view text, const RegistryInfo& registry,
                             const RegistryInfo& own) {
  if (text.empty()) return true;
  Json info = Json::parse(text);
  for (auto at = info.begin(); at != info.end();) {
    if (ast::is_of_origin(at.key())) {
      at = info.erase(at);
    } else {
      ++at;
    }
  }
  std::vector<InfoProblem> problems = check_info(info, registry);
  // What was wrong there does not become right by what a third one declares.
  if (problems.empty()) problems = check_info(info, own);
  if (problems.empty()) return true;
  InfoProblem& first = problems.front();
  findings_.add(source, "info." + first.field + " in " + registry.name, record, first.message,
                std::move(first.hint));
  return false;
}

// Its first error, or what is a version there or here alone.
std::string RemoteChecks::problem_of(const std::string& select, const RegistryInfo& registry,
                                     const RegistryInfo& own) const {
  const Predicate predicate = Predicate::parse(select);
  if (!predicate.calls().empty()) return "its predicate calls a named one";
  for (const RegistryInfo* declared : {&registry, &own}) {
    for (const ast::TypeFinding& found : check_against(predicate, *declared, {})) {
      if (found.severity == Severity::Error) return found.message;
    }
  }
  std::string changed;
  ast::each_path(predicate, [&](const ast::Path& path) {
    const bool is_field = path.scope == ast::Scope::Self;
    const std::string name = is_field ? path.keys.front() : print_path(path.keys);
    const bool same = is_field ? is_version(own, name) == is_version(registry, name)
                               : versions_at(own, name) == versions_at(registry, name);
    if (!same && changed.empty())
      changed = std::string("the ") + (is_field ? "field" : "fact") + " \"" + name +
                "\" that its predicate compares is a version only " +
                ((is_field ? is_version(own, name) : !versions_at(own, name).empty()) ? "there"
                                                                                      : "here") +
                ": declare it so in [registries." + registry.name + "]";
  });
  if (!changed.empty()) return changed;
  if (const std::string name = text_no_more(predicate, registry, own); !name.empty())
    return "the fact \"" + name +
           "\" that its predicate compares with such a text is a string "
           "only there: declare it so in [registries." +
           registry.name + "]";
  return {};
}

}  // namespace reg
