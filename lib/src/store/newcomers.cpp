#include <predicate/origin.h>
#include <predicate/value.h>
#include <reg/text.h>
#include <registration/info_check.h>
#include <registration/merging.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

// Makes one newcomer ready, and says what is wrong with it.
class Admission {
 public:
  Admission(const Registry& registry, Implementation& newcomer, Findings& findings)
      : registry_(registry),
        state_(Inside::of(registry)),
        newcomer_(newcomer),
        symbol_(newcomer.symbol),
        findings_(findings) {}

  void run() {
    symbol_.registry = state_.declared.name;
    if (symbol_.oid.empty()) symbol_.oid = default_oid(symbol_.target);
    if (symbol_.info.is_null()) symbol_.info = Json::object();
    Inside::prepare(registry_, newcomer_);
    symbol_.registry = state_.declared.name;
    check_names();
    check_texts();
    take_versions();
    check_given_info();
    take_predicate();
  }

 private:
  void check_names() {
    for (const auto& [what, name] : {std::pair("oid", &symbol_.oid), {"target", &symbol_.target}}) {
      const std::string problem = object_name_problem(*name);
      if (!problem.empty()) report(what + (": " + problem));
    }
  }

  void check_texts() {
    if (!is_valid_utf8(symbol_.doc) || !is_valid_utf8(symbol_.source.path))
      report("the doc or source of " + in_quotes(symbol_.target) + " is not UTF-8");
  }

  // A number that is given for a version is its text.
  void take_versions() {
    if (!symbol_.info.is_object()) return;
    for (const Field& field : state_.declared.fields) {
      if (field.type != FieldType::Version) continue;
      auto given = symbol_.info.find(field.name);
      if (given == symbol_.info.end() || !ast::is_number(*given)) continue;
      if (auto text = version_text(*given)) *given = std::move(*text);
    }
  }

  void check_given_info() {
    if (symbol_.info.is_object()) {
      for (InfoProblem& problem : check_info(own_values(), state_.declared))
        findings_.error(symbol_.source, std::move(problem.message), std::move(problem.hint));
    } else {
      report("the info of " + in_quotes(symbol_.target) + " is no object");
    }
  }

  // The info without what is put into that of a symbol of another origin.
  Json own_values() const {
    Json own = symbol_.info;
    if (origin_of_source(symbol_.source.path).empty()) return own;
    for (const auto& [name, value] : symbol_.info.items()) {
      if (ast::is_of_origin(name)) own.erase(name);
    }
    return own;
  }

  void take_predicate() {
    if (!newcomer_.predicate && symbol_.select) parse();
    if (newcomer_.predicate) symbol_.select = newcomer_.predicate->to_string();
  }

  void parse() {
    try {
      newcomer_.predicate = Predicate::parse(*symbol_.select);
    } catch (const PredicateError& error) {
      findings_.error(symbol_.source,
                      "the predicate of " + in_quotes(symbol_.target) + ": " + error.what(),
                      error.hint(), error.excerpt());
    }
  }

  void report(std::string message) { findings_.error(symbol_.source, std::move(message)); }

  const Registry& registry_;
  const RegistryState& state_;
  Implementation& newcomer_;
  Symbol& symbol_;
  Findings& findings_;
};

}  // namespace

std::shared_ptr<const Declaration> new_declaration() {
  return std::make_shared<const Declaration>();
}

EntryPtr entry_for(const Registry& registry, Implementation implementation,
                   std::shared_ptr<const Declaration> declaration, Findings& findings) {
  auto entry = std::make_shared<Entry>();
  entry->implementation = std::move(implementation);
  entry->declaration = std::move(declaration);
  Admission(registry, entry->implementation, findings).run();
  entry->conditional =
      entry->implementation.predicate.has_value() || Inside::of(registry).select.has_value();
  return entry;
}

void check_predicate(const Registry& registry, const RegistryInfo& declared, const Entry& entry,
                     Findings& findings) {
  const RegistryState& state = Inside::of(registry);
  if (const auto& own = entry.implementation.predicate) {
    state.surroundings->check(*own, entry.implementation.symbol, declared, findings);
  } else if (!entry.implementation.symbol.select) {
    state.check_select_for(entry.implementation.symbol, findings);
  }
}

std::size_t register_each(Registry& registry, std::vector<Implementation> implementations,
                          Force force) {
  RegistryState& state = Inside::of(registry);
  if (state.surroundings->register_locked) return 0;
  Findings findings;
  Intake intake;
  for (Implementation& one : implementations) {
    EntryPtr entry = entry_for(registry, std::move(one), new_declaration(), findings);
    check_predicate(registry, state.declared, *entry, findings);
    intake.newcomers.push_back({std::move(entry), {.force = force}});
  }
  fail_if_any(std::move(findings.problems));
  intake.warnings = std::move(findings.warnings);
  return state.take_in(intake).arrived;
}

Copier::Copier(const Registry& into, const RegistryInfo& declared, std::string_view from,
               Force force, Place place, Intake& intake, Findings& findings)
    : into_(into),
      declared_(declared),
      from_(from),
      force_(force),
      place_(std::move(place)),
      intake_(intake),
      findings_(findings) {}

void Copier::add(const Entry& original, const Predicate* predicate, const RegistryInfo& from) {
  Implementation copy = original.implementation;
  try {
    MergedCopy merged =
        merged_copy(copy.symbol.info, predicate ? std::optional(*predicate) : std::nullopt,
                    {from, declared_}, Inside::of(into_).surroundings->predicates);
    copy.symbol.info = std::move(merged.info);
    copy.predicate = std::move(merged.predicate);
  } catch (const InputError& error) {
    if (is_here(original)) return;
    findings_.error(place_,
                    in_quotes(copy.symbol.target) + " cannot be merged into " +
                        in_quotes(declared_.name) + ": " + error.what(),
                    error.hint());
    return;
  }
  // It was registered already: its condition does not count again.
  copy.when.reset();
  const std::optional<Predicate> checked = copy.predicate;
  EntryPtr entry = entry_for(into_, std::move(copy), original.declaration, findings_);
  // What the registry's class made of it is new.
  if (entry->implementation.predicate != checked)
    check_predicate(into_, declared_, *entry, findings_);
  intake_.newcomers.push_back({std::move(entry), {.force = force_}, from_});
}

bool Copier::is_here(const Entry& original) const {
  const auto is_same = [&](const EntryPtr& entry) {
    return entry->declaration == original.declaration;
  };
  const bool comes = std::any_of(intake_.newcomers.begin(), intake_.newcomers.end(),
                                 [&](const Newcomer& newcomer) { return is_same(newcomer.entry); });
  const auto& oids = Inside::of(into_).contents.oids();
  return comes || std::any_of(oids.begin(), oids.end(), [&](const auto& oid) {
           return std::any_of(oid.second.entries.begin(), oid.second.entries.end(), is_same);
         });
}

}  // namespace reg
