#include <cache/cache_file.h>
#include <manifest/line.h>
#include <predicate/evaluation.h>
#include <predicate/fact_questions.h>
#include <predicate/print.h>
#include <reg/fact_uses.h>
#include <select/cached_predicates.h>
#include <select/fact_tally.h>
#include <select/inside_view.h>
#include <text/json_text.h>
#include <algorithm>
#include <deque>
#include <functional>
#include <span>
#include <unordered_set>

namespace reg {
namespace {

using ast::FactQuestion;

// The values that a field of the candidates is compared by: of each text once, parsed once.
class FieldValues {
 public:
  FieldValues(const FactQuestion& question, const RegistryInfo& registry, std::size_t most)
      : question_(question), path_(std::get<ast::Path>(question.with)), most_(most) {
    const Field* field = registry.field(path_.keys.front());
    is_version_ = path_.keys.size() == 1 && field != nullptr && field->type == FieldType::Version;
    name_ = escaped_text(path_.keys.front());
  }

  const std::string& name() const { return name_; }
  bool is_full() const { return more_; }
  // `text`: of the field's value, as it stands in a line.
  void add(const CacheFile& file, std::string_view text) {
    if (seen_.contains(text)) return;
    if (comparisons_.size() >= most_) {
      more_ = true;
      return;
    }
    seen_.emplace(text);
    const Json field = file.parsed(text);
    if (const Json* value = ast::descend(&field, std::span(path_.keys).subspan(1)))
      add_value(*value);
  }

  void tell(FactTally& tally) const {
    for (const FactComparison& one : comparisons_) tally.add(question_.fact, one);
    if (more_) tally.note_more(question_.fact);
  }

 private:
  void add_value(const Json& value) {
    if (question_.test != FactTest::In || !value.is_structured()) return add_one(value);
    for (const auto& [key, element] : value.items())
      add_one(value.is_object() ? Json(key) : element);
  }
  // No comparison of two paths holds for null.
  void add_one(const Json& value) {
    if (value.is_null()) return;
    comparisons_.push_back({question_.test, value, is_version_ && value.is_string(), {}});
  }

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  const FactQuestion& question_;
  const ast::Path& path_;
  const std::size_t most_;
  std::string name_;  // escaped
  bool is_version_ = false, more_ = false;
  std::unordered_set<std::string, Hash, std::equal_to<>> seen_;
  std::vector<FactComparison> comparisons_;
};

// A predicate, and what its candidates come to.
struct Asked {
  std::vector<FactQuestion> questions;
  std::deque<FieldValues> fields;
  std::size_t candidates = 0;
  std::vector<SeenAt> places;  // of the first ones
};

FactComparison comparison_of(const FactQuestion& question) {
  if (const auto* path = std::get_if<ast::Path>(&question.with))
    return {question.test, {}, false, ast::printed(*path)};
  const auto* literal = std::get_if<ast::Literal>(&question.with);
  if (literal == nullptr) return {question.test, {}, false, {}};
  if (!ast::is_version(literal->value)) return {question.test, literal->value, false, {}};
  const auto& bytes = *literal->value.get_ptr<const Json::binary_t*>();
  return {question.test, std::string(bytes.begin(), bytes.end()), true, {}};
}

bool is_of_field(const FactQuestion& question) {
  const auto* path = std::get_if<ast::Path>(&question.with);
  return path != nullptr && path->scope == ast::Scope::Self;
}

// Looks at symbols by their lines; every distinct predicate is parsed once.
class Reader {
 public:
  Reader(const CacheFile& file, const RegistryInfo& registry, FactUseLimits limits)
      : file_(file),
        registry_(registry),
        limits_(limits),
        definitions_(file),
        questions_(definitions_.set()) {}

  // Whether more are to be looked at.
  bool add(std::string_view line) {
    const std::optional<LineText> parts = split_line(line);
    if (!parts) file_.broken("a symbol is not laid out as it must be");
    if (Asked* asked = asked_by(parts->select)) {
      if (asked->places.size() < limits_.places)
        asked->places.push_back(places_.at(candidates_, *parts));
      ++asked->candidates;
      read_fields(*asked, parts->info);
    }
    return ++candidates_ < limits_.candidates;
  }

  std::size_t candidates() const { return candidates_; }

  FactUses take(const Context& base) {
    FactTally tally(registry_, limits_);
    for (auto& [select, asked] : asked_) {
      for (const FactQuestion& question : asked.questions) {
        tally.note_way(question.fact, question.by_way_of);
        if (!is_of_field(question)) tally.add(question.fact, comparison_of(question));
      }
      for (const FieldValues& field : asked.fields) field.tell(tally);
      tally.add_candidates(asked.questions, asked.candidates, asked.places);
    }
    return {candidates_, std::move(tally).take(base, places_)};
  }

 private:
  // `select`: escaped; empty: the registry's. Null: it is unconditional.
  Asked* asked_by(std::string_view select) {
    if (select.empty() && !registry_.select) return nullptr;
    if (const auto known = asked_.find(select); known != asked_.end()) return &known->second;
    Asked& asked = asked_[std::string(select)];
    asked.questions = questions_of(select.empty() ? *registry_.select : unescape(select));
    for (const FactQuestion& question : asked.questions) {
      if (is_of_field(question))
        asked.fields.emplace_back(question, registry_, limits_.comparisons);
    }
    return &asked;
  }

  std::vector<FactQuestion> questions_of(const std::string& text) {
    try {
      const Predicate predicate = Predicate::parse(text);
      definitions_.require(predicate);
      return questions_.of(predicate);
    } catch (const PredicateError& error) {
      file_.broken("the predicate " + text + " does not parse: " + error.what());
    }
  }

  void read_fields(Asked& asked, std::string_view info) {
    const auto is_full = [](const FieldValues& field) { return field.is_full(); };
    if (info.empty() || std::all_of(asked.fields.begin(), asked.fields.end(), is_full)) return;
    const bool whole = each_info_member(info, [&](const InfoMember& member) {
      for (FieldValues& field : asked.fields) {
        if (field.name() == member.key) field.add(file_, member.value);
      }
      return true;
    });
    if (!whole) file_.broken("a symbol's info is not laid out as it must be");
  }

  const CacheFile& file_;
  const RegistryInfo& registry_;
  const FactUseLimits limits_;
  Definitions definitions_;
  ast::FactQuestions questions_;
  std::map<std::string, Asked, std::less<>> asked_;
  SeenPlaces places_;
  std::size_t candidates_ = 0;
};

}  // namespace

FactUses fact_uses(const Cache& cache, std::string_view registry, std::string_view oid,
                   FactUseLimits limits) {
  const RegistryInfo info = cache.require_registry(registry);
  const CacheFile& file = InsideView::file(cache);
  Reader reader(file, info, limits);
  if (oid.empty()) {
    cache.each_symbol(
        info.name, [&](const SymbolView& symbol) { return reader.add(InsideView::line(symbol)); });
    return reader.take(cache.base_context());
  }
  if (is_valid_utf8(oid)) {
    file.each_oid_line(escaped_text(info.name), escaped_text(oid),
                       [&](std::string_view line) { reader.add(line); });
  }
  if (reader.candidates() == 0) cache.require_implementations(registry, oid);
  return reader.take(cache.base_context());
}

std::vector<Fact> known_facts(const std::vector<RegistryInfo>& registries) {
  std::map<std::string, Fact> facts;
  for (const RegistryInfo& info : registries) {
    for (const Fact& fact : info.context) facts.emplace(fact.path, fact);
  }
  for (const RegistryInfo& info : registries) {
    for (const std::string& path : info.reads) facts.emplace(path, Fact{path});
  }
  std::vector<Fact> found;
  found.reserve(facts.size());
  for (auto& [path, fact] : facts) found.push_back(std::move(fact));
  return found;
}

}  // namespace reg
