#include <registration/info_check.h>
#include <registration/merging.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <text/json_text.h>

namespace reg {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

// Makes one newcomer ready, and says what is wrong with it.
class Admission {
 public:
  Admission(const Registry& registry, Implementation& newcomer, std::vector<Diagnostic>& problems)
      : registry_(registry),
        state_(Inside::of(registry)),
        newcomer_(newcomer),
        symbol_(newcomer.symbol),
        problems_(problems) {}

  void run() {
    symbol_.registry = state_.declared.name;
    if (symbol_.oid.empty()) symbol_.oid = default_oid(symbol_.target);
    if (symbol_.info.is_null()) symbol_.info = Json::object();
    Inside::prepare(registry_, newcomer_);
    symbol_.registry = state_.declared.name;
    check_names();
    check_texts();
    check_given_info();
    check_predicates();
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

  void check_given_info() {
    if (symbol_.info.is_object()) {
      for (InfoProblem& problem : check_info(symbol_.info, state_.declared))
        problems_.push_back({Severity::Error, symbol_.source, std::move(problem.message),
                             std::move(problem.hint), {}});
    } else {
      report("the info of " + in_quotes(symbol_.target) + " is no object");
    }
  }

  void check_predicates() {
    if (!newcomer_.predicate && symbol_.select) parse();
    if (!newcomer_.predicate) return;
    symbol_.select = newcomer_.predicate->to_string();
    state_.surroundings->check_calls(*newcomer_.predicate, symbol_, problems_);
  }

  void parse() {
    try {
      newcomer_.predicate = Predicate::parse(*symbol_.select);
    } catch (const PredicateError& error) {
      problems_.push_back({Severity::Error, symbol_.source,
                           "the predicate of " + in_quotes(symbol_.target) + ": " + error.what(),
                           error.hint(), error.excerpt()});
    }
  }

  void report(std::string message) {
    problems_.push_back({Severity::Error, symbol_.source, std::move(message), {}, {}});
  }

  const Registry& registry_;
  const RegistryState& state_;
  Implementation& newcomer_;
  Symbol& symbol_;
  std::vector<Diagnostic>& problems_;
};

}  // namespace

std::shared_ptr<const Declaration> new_declaration() {
  return std::make_shared<const Declaration>();
}

EntryPtr entry_for(const Registry& registry, Implementation implementation,
                   std::shared_ptr<const Declaration> declaration,
                   std::vector<Diagnostic>& problems) {
  const std::size_t before = problems.size();
  auto entry = std::make_shared<Entry>();
  entry->implementation = std::move(implementation);
  entry->declaration = std::move(declaration);
  Admission(registry, entry->implementation, problems).run();
  entry->conditional =
      entry->implementation.predicate.has_value() || Inside::of(registry).select.has_value();
  return problems.size() == before ? entry : nullptr;
}

std::size_t register_each(Registry& registry, std::vector<Implementation> implementations,
                          Force force) {
  RegistryState& state = Inside::of(registry);
  if (state.surroundings->register_locked) return 0;
  std::vector<Diagnostic> problems;
  Intake intake;
  for (Implementation& one : implementations) {
    EntryPtr entry = entry_for(registry, std::move(one), new_declaration(), problems);
    if (entry) intake.newcomers.push_back({std::move(entry), {.force = force}});
  }
  fail_if_any(std::move(problems));
  return state.take_in(intake).arrived;
}

Copier::Copier(const Registry& into, const RegistryInfo& from, Force force, Place place,
               Intake& intake, std::vector<Diagnostic>& problems)
    : into_(into),
      declared_(Inside::of(into).declared),
      from_(from),
      force_(force),
      place_(std::move(place)),
      intake_(intake),
      problems_(problems) {}

void Copier::add(const Entry& original, const Predicate* predicate) {
  Implementation copy = original.implementation;
  try {
    MergedCopy merged =
        merged_copy(copy.symbol.info, predicate ? std::optional(*predicate) : std::nullopt,
                    {from_, declared_}, Inside::of(into_).surroundings->predicates);
    copy.symbol.info = std::move(merged.info);
    copy.predicate = std::move(merged.predicate);
  } catch (const InputError& error) {
    problems_.push_back({Severity::Error,
                         place_,
                         in_quotes(copy.symbol.target) + " cannot be merged into " +
                             in_quotes(declared_.name) + ": " + error.what(),
                         error.hint(),
                         {}});
    return;
  }
  // It was registered already: its condition does not count again.
  copy.when.reset();
  EntryPtr entry = entry_for(into_, std::move(copy), original.declaration, problems_);
  if (entry) intake_.newcomers.push_back({std::move(entry), {.force = force_}, from_.name});
}

}  // namespace reg
