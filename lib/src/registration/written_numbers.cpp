#include <predicate/evaluation.h>
#include <predicate/path_text.h>
#include <registration/known_facts.h>
#include <registration/written_numbers.h>
#include <algorithm>

namespace reg {
namespace {

bool is_version(const ast::Operand& operand, const RegistryInfo& registry) {
  if (const auto* literal = std::get_if<ast::Literal>(&operand)) {
    const Json& value = literal->value;
    return ast::is_version(value) ||
           (value.is_array() && std::any_of(value.begin(), value.end(), ast::is_version));
  }
  const auto& path = std::get<ast::Path>(operand);
  if (path.scope == ast::Scope::Self) {
    const Field* field = path.keys.size() == 1 ? registry.field(path.keys.front()) : nullptr;
    return field != nullptr && field->type == FieldType::Version;
  }
  return KnownFacts(registry).type_of(print_path(path.keys)) == FieldType::Version;
}

// The operand, or what stands there for a parameter.
ast::Operand without_parameters(const ast::Operand& operand,
                                const std::map<std::string, ast::Operand>& arguments) {
  const auto* path = std::get_if<ast::Path>(&operand);
  if (path == nullptr || path->scope == ast::Scope::Self) return operand;
  const auto argument = arguments.find(path->keys.front());
  if (argument == arguments.end()) return operand;
  ast::Operand whole = argument->second;
  if (auto* outer = std::get_if<ast::Path>(&whole))
    outer->keys.insert(outer->keys.end(), path->keys.begin() + 1, path->keys.end());
  return whole;
}

std::string hint_for(const WrittenNumber& number) {
  const std::string as_text = "write \"" + number.text + '"';
  if (number.in_list || number.path.size() > 1) return as_text;
  return "declare the field with its type, " + number.path.front() + " = \"version\", or " +
         as_text;
}

Finding found_at(const Source& source, Position symbol, const WrittenNumber& number) {
  std::vector<std::string> names{"info"};
  names.insert(names.end(), number.path.begin(), number.path.end());
  return {warning_at(place_in(source, symbol),
                     "the number " + number.text +
                         " loses its text, and is compared with versions as the number",
                     hint_for(number)),
          DeclarationPart{symbol, std::move(names), false, {}}};
}

}  // namespace

WrittenNumbers::WrittenNumbers(std::span<const Source> sources, const Catalog& catalog)
    : catalog_(catalog) {
  const bool any = std::any_of(sources.begin(), sources.end(), [](const Source& source) {
    return !source.is_remote() && !source.declarations->written.empty();
  });
  if (!any) return;
  for (const Source& source : sources) {
    if (source.is_remote()) continue;
    for (const PredicateSummary& summary : source.declarations->summaries) {
      for (const std::string& atom : summary.atoms) {
        // Others have no field in them, neither by themselves nor through what they call.
        if (atom.find("self.") != std::string::npos || atom.ends_with(')'))
          add(summary.registry, Predicate::parse(atom));
      }
    }
  }
  for (const auto& [name, info] : catalog.registries) {
    if (info.select) add(name, Predicate::parse(*info.select));
  }
}

void WrittenNumbers::add(const std::string& registry, const Predicate& predicate) {
  const auto info = catalog_.registries.find(registry);
  if (info != catalog_.registries.end()) look_into(predicate, info->second, {}, 0);
}

void WrittenNumbers::look_into(const Predicate& predicate, const RegistryInfo& registry,
                               const Arguments& arguments, std::size_t depth) {
  ast::walk(predicate, [&](const Predicate& part) {
    if (const auto* comparison = std::get_if<ast::Comparison>(&ast::top_of(part))) {
      const ast::Operand left = without_parameters(comparison->left, arguments),
                         right = without_parameters(comparison->right, arguments);
      if (is_version(right, registry)) note_if_field(left, registry);
      if (is_version(left, registry)) note_if_field(right, registry);
    } else if (const auto* call = std::get_if<ast::Call>(&ast::top_of(part))) {
      ast::Call whole = *call;
      for (ast::Operand& operand : whole.arguments)
        operand = without_parameters(operand, arguments);
      look_into(whole, registry, depth + 1);
    }
    return true;
  });
}

void WrittenNumbers::look_into(const ast::Call& call, const RegistryInfo& registry,
                               std::size_t depth) {
  const PredicateDefinition* definition = catalog_.predicates.find(call.name);
  const bool usable = definition != nullptr && !catalog_.unusable.contains(call.name);
  if (!usable || depth > ast::max_calls) return;
  if (!looked_into_.emplace(registry.name, ast::make(ast::Part(call)).to_string()).second) return;
  if (definition->is_fact()) {
    if (!is_version(ast::Path{ast::Scope::Context, {call.name}}, registry)) return;
    for (const ast::Operand& operand : call.arguments) note_if_field(operand, registry);
    return;
  }
  Arguments own;
  for (std::size_t i = 0; i < std::min(definition->params.size(), call.arguments.size()); ++i)
    own.emplace(definition->params[i], call.arguments[i]);
  look_into(*definition->expr, registry, own, depth);
}

void WrittenNumbers::note_if_field(const ast::Operand& operand, const RegistryInfo& registry) {
  const auto* path = std::get_if<ast::Path>(&operand);
  if (path != nullptr && path->scope == ast::Scope::Self)
    compared_[registry.name].insert(path->keys);
}

bool WrittenNumbers::is_compared(std::string_view registry,
                                 const std::vector<std::string>& path) const {
  const auto paths = compared_.find(registry);
  if (paths == compared_.end() || !paths->second.contains(path)) return false;
  const Field* declared = catalog_.registries.find(registry)->second.field(path.front());
  return declared == nullptr || declared->type != FieldType::Version;
}

bool WrittenNumbers::may_have(const Source& source) const {
  if (compared_.empty() || source.is_remote()) return false;
  const auto& written = source.declarations->written;
  return std::any_of(written.begin(), written.end(), [this](const WrittenNumber& number) {
    return std::any_of(compared_.begin(), compared_.end(),
                       [&](const auto& entry) { return is_compared(entry.first, number.path); });
  });
}

void WrittenNumbers::look_at(const Source& source, std::vector<Finding>& findings) const {
  if (!may_have(source)) return;
  std::multimap<Position, const WrittenNumber*> by_symbol;
  for (const WrittenNumber& number : source.declarations->written)
    by_symbol.emplace(number.symbol, &number);
  std::set<const WrittenNumber*> said;  // a declaration in several registries is one
  for (const SymbolRecord& record : source.symbols) {
    const auto [begin, end] = by_symbol.equal_range(record.at);
    for (auto at = begin; at != end; ++at) {
      const WrittenNumber& number = *at->second;
      if (!is_compared(record.registry, number.path) || !said.insert(&number).second) continue;
      findings.push_back(found_at(source, record.at, number));
    }
  }
}

}  // namespace reg
