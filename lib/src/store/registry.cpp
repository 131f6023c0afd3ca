// What a registry is and what it holds.

#include <reg/registry.h>
#include <select/contender.h>
#include <store/surroundings.h>
#include <text/json_text.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

void require_name(const std::string& problem) {
  if (!problem.empty()) throw InputError(problem);
}

}  // namespace

Registry::Registry(std::string name, RegistryOptions options)
    : name_(std::move(name)),
      select_(std::move(options.select)),
      doc_(std::move(options.doc)),
      surroundings_(std::make_shared<Surroundings>()) {
  require_name(registry_name_problem(name_));
  if (!is_valid_utf8(doc_)) throw InputError("the doc of " + in_quotes(name_) + " is not UTF-8");
  declare(options.extra_field);
}

Registry::~Registry() = default;

void Registry::declare(const std::vector<Field>& fields) {
  std::vector<Field> declared = fields_;
  for (const Field& field : fields) {
    require_name(field_name_problem(field.name));
    auto same = [&](const Field& other) { return other.name == field.name; };
    if (std::any_of(declared.begin(), declared.end(), same)) {
      throw InputError("the registry " + in_quotes(name_) + " declares the field " +
                       in_quotes(field.name) + " twice");
    }
    declared.push_back(field);
  }
  fields_ = std::move(declared);
}

void Registry::adopt(const Registry& declared) {
  if (fields_.empty()) fields_ = declared.fields_;
  if (!select_) select_ = declared.select_;
  if (doc_.empty()) doc_ = declared.doc_;
}

void Registry::report_other(const Registry& declared) const {
  bool other_fields = !declared.fields_.empty() && declared.fields_ != fields_;
  bool other_select = declared.select_ && declared.select_ != select_;
  if (!other_fields && !other_select) return;
  surroundings_->warn({}, "the registry " + in_quotes(name_) + " exists already with another " +
                              (other_fields ? "extra_field" : "select") +
                              ": the new one is ignored");
}

// Told of to the merged view step by step, like any registration.
void Registry::replace_all(const RegistryInfo& declared,
                           std::vector<Implementation> implementations) {
  clear();
  fields_ = declared.fields;
  doc_ = declared.doc;
  select_.reset();
  if (declared.select) select_ = Predicate::parse(*declared.select);
  Registry* global = surroundings_->global;
  if (global != nullptr && !is_private(name_)) global->mirror_fields(*this);
  for (Implementation& implementation : implementations) insert(std::move(implementation));
}

void Registry::each_predicate(
    const std::function<void(const Predicate&, const std::string& whose)>& visit) const {
  if (select_) visit(*select_, "the registry " + in_quotes(name_));
  for (const auto& [oid, entries] : entries_) {
    for (const Entry& entry : entries) {
      const Implementation& one = entry.implementation;
      if (one.predicate) visit(*one.predicate, in_quotes(one.symbol.target));
    }
  }
}

RegistryInfo Registry::info() const {
  std::optional<std::string> select;
  if (select_) select = select_->to_string();
  return {name_, doc_, fields_, std::move(select), size_};
}

bool Registry::contains(std::string_view oid) const { return entries_.contains(oid); }

std::vector<std::string> Registry::oids() const {
  std::vector<std::string> names;
  for (const auto& [oid, entries] : entries_) names.push_back(oid);
  return names;
}

std::vector<Symbol> Registry::implementations(std::string_view oid) const {
  std::vector<Symbol> symbols;
  auto found = entries_.find(oid);
  if (found == entries_.end()) return symbols;
  for (const Entry& entry : found->second) symbols.push_back(entry.implementation.symbol);
  return symbols;
}

const Registry::Entries& Registry::require_entries(std::string_view oid) const {
  auto found = entries_.find(oid);
  if (found != entries_.end()) return found->second;
  throw ObjectNotFound("there is no " + in_quotes(oid) + " in registry " + in_quotes(name_),
                       did_you_mean(oid, oids()));
}

std::vector<Symbol> Registry::require_implementations(std::string_view oid) const {
  require_entries(oid);
  return implementations(oid);
}

std::vector<Symbol> Registry::all_objects() const {
  std::vector<Symbol> symbols;
  for (const auto& [oid, entries] : entries_) {
    for (const Entry& entry : entries) symbols.push_back(entry.implementation.symbol);
  }
  return symbols;
}

Symbol Registry::object_by_id(std::string_view oid) const {
  std::vector<Symbol> symbols = require_implementations(oid);
  if (symbols.size() == 1) return std::move(symbols.front());
  throw SelectAmbiguity(in_quotes(oid) + " in registry " + in_quotes(name_) + " has " +
                            std::to_string(symbols.size()) + " implementations",
                        targets_of(symbols));
}

std::vector<std::string> Registry::names_of_fields() const {
  std::vector<std::string> names;
  for (const Field& field : fields_) names.push_back(field.name);
  return names;
}

const Field& Registry::require_field(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return field;
  }
  std::vector<std::string> names = names_of_fields();
  if (names.empty()) throw InputError("the registry " + in_quotes(name_) + " declares no fields");
  throw InputError("the registry " + in_quotes(name_) + " has no field " + in_quotes(name),
                   did_you_mean(name, names));
}

Json Registry::get_extra_info(std::string_view oid, std::string_view field) const {
  const Field& known = require_field(field);
  return object_by_id(oid).field(known.name);
}

const Predicate* Registry::predicate_of(const Implementation& implementation) const {
  if (implementation.predicate) return &*implementation.predicate;
  return select_ ? &*select_ : nullptr;
}

Factory Registry::factory_of(const Symbol& symbol) const {
  auto found = entries_.find(symbol.oid);
  if (found == entries_.end()) return {};
  for (const Entry& entry : found->second) {
    const Symbol& own = entry.implementation.symbol;
    if (own.target == symbol.target && own.registry == symbol.registry)
      return entry.implementation.factory;
  }
  return {};
}

void Registry::add_select_best_listener(SelectionListener listener) {
  listeners_.push_back(std::move(listener));
}

}  // namespace reg
