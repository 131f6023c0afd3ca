#include <predicate/evaluation.h>
#include <predicate/path_text.h>
#include <registration/written_numbers.h>
#include <algorithm>

namespace reg {
namespace {

using Arguments = std::map<std::string, std::string>;

bool is_version(const ast::Operand& operand, const std::vector<Fact>& context) {
  if (const auto* literal = std::get_if<ast::Literal>(&operand)) {
    const Json& value = literal->value;
    return ast::is_version(value) ||
           (value.is_array() && std::any_of(value.begin(), value.end(), ast::is_version));
  }
  const auto& path = std::get<ast::Path>(operand);
  if (path.scope == ast::Scope::Self) return false;
  const std::string text = print_path(path.keys);
  return std::any_of(context.begin(), context.end(), [&](const Fact& fact) {
    return fact.type == FieldType::Version && fact.path == text;
  });
}

// The field that an operand is, itself or as the argument for a parameter.
std::optional<std::string> field_of(const ast::Operand& operand, const Arguments& arguments) {
  const auto* path = std::get_if<ast::Path>(&operand);
  if (path == nullptr || path->keys.size() != 1) return std::nullopt;
  if (path->scope == ast::Scope::Self) return path->keys.front();
  const auto argument = arguments.find(path->keys.front());
  return argument == arguments.end() ? std::nullopt : std::optional(argument->second);
}

}  // namespace

WrittenNumbers::WrittenNumbers(std::span<const Source> sources, const Catalog& catalog)
    : catalog_(catalog) {
  const bool any = std::any_of(sources.begin(), sources.end(), [](const Source& source) {
    return !source.declarations->written.empty();
  });
  if (!any) return;
  for (const Source& source : sources) {
    for (const PredicateSummary& summary : source.declarations->summaries) {
      for (const std::string& atom : summary.atoms) {
        if (atom.find("self.") != std::string::npos) add(summary.registry, Predicate::parse(atom));
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
      for (auto [side, other] : {std::pair(&comparison->left, &comparison->right),
                                 std::pair(&comparison->right, &comparison->left)}) {
        if (!is_version(*other, registry.context)) continue;
        if (auto field = field_of(*side, arguments)) compared_[registry.name].insert(*field);
      }
    } else if (const auto* call = std::get_if<ast::Call>(&ast::top_of(part))) {
      look_into(*call, registry, arguments, depth + 1);
    }
    return true;
  });
}

void WrittenNumbers::look_into(const ast::Call& call, const RegistryInfo& registry,
                               const Arguments& arguments, std::size_t depth) {
  const PredicateDefinition* definition = catalog_.predicates.find(call.name);
  const bool usable = definition != nullptr && !catalog_.unusable.contains(call.name);
  if (!usable || !definition->expr || depth > ast::max_calls) return;
  Arguments own;
  for (std::size_t i = 0; i < std::min(definition->params.size(), call.arguments.size()); ++i) {
    if (auto field = field_of(call.arguments[i], arguments))
      own.emplace(definition->params[i], *field);
  }
  // Without one, nothing in it depends on where it is called from.
  if (!own.empty()) look_into(*definition->expr, registry, own, depth);
}

bool WrittenNumbers::is_compared(std::string_view registry, const std::string& field) const {
  const auto fields = compared_.find(registry);
  if (fields == compared_.end() || !fields->second.contains(field)) return false;
  const Field* declared = catalog_.registries.find(registry)->second.field(field);
  return declared == nullptr || declared->type != FieldType::Version;
}

bool WrittenNumbers::may_have(const Source& source) const {
  const auto& written = source.declarations->written;
  return std::any_of(written.begin(), written.end(), [this](const WrittenNumber& number) {
    return std::any_of(compared_.begin(), compared_.end(),
                       [&](const auto& entry) { return is_compared(entry.first, number.field); });
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
      if (!is_compared(record.registry, number.field) || !said.insert(&number).second) continue;
      findings.push_back(
          {warning_at(place_in(source, record.at),
                      "the number " + number.text +
                          " loses its text, and is compared with versions as the number",
                      "declare the field with its type, " + number.field +
                          " = \"version\", or write \"" + number.text + '"'),
           DeclarationPart{record.at, {"info", number.field}, false, {}}});
    }
  }
}

}  // namespace reg
