#include <cache/cache_file.h>
#include <manifest/line.h>
#include <predicate/evaluation.h>
#include <predicate/fact_questions.h>
#include <predicate/origin.h>
#include <predicate/print.h>
#include <reg/fact_uses.h>
#include <select/cached_predicates.h>
#include <select/fact_tally.h>
#include <select/inside_view.h>
#include <text/json_text.h>
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace reg {
namespace {

using ast::FactQuestion;

FactComparison comparison_of(const FactQuestion& question) {
  if (const auto* path = std::get_if<ast::Path>(&question.with))
    return {question.test, {}, false, ast::printed(*path)};
  const auto* literal = std::get_if<ast::Literal>(&question.with);
  if (literal == nullptr) return {question.test, {}, false, {}};
  if (!ast::is_version(literal->value)) return {question.test, literal->value, false, {}};
  const auto& bytes = *literal->value.get_ptr<const Json::binary_t*>();
  return {question.test, std::string(bytes.begin(), bytes.end()), true, {}};
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// The field of the candidates that a fact is compared with; null: none.
const ast::Path* field_of(const FactQuestion& question) {
  const auto* path = std::get_if<ast::Path>(&question.with);
  return path != nullptr && path->scope == ast::Scope::Self ? path : nullptr;
}

// A fact that is compared with a field of the candidates: every text that a field has is parsed
// once.
class FieldValues {
 public:
  FieldValues(const ast::Path& path, FactTest test, const RegistryInfo& registry, FactSum& sum)
      : keys_(path.keys),
        test_(test),
        path_(ast::info_path(keys_)),
        name_(escaped_text(path_.member)),
        sum_(sum) {
    const Field* field = registry.field(keys_.front());
    is_version_ = keys_.size() == 1 && field != nullptr && field->type == FieldType::Version;
  }

  const std::string& name() const { return name_; }
  // Whether nothing that is added now counts.
  bool is_full() const { return sum_.more; }
  // `text`: of the field's value, as it stands in a line.
  void add(const CacheFile& file, std::string_view text, const FactTally& tally) {
    if (is_full() || seen_.contains(text)) return;
    seen_.emplace(text);
    const Json field = file.parsed(text);
    if (const Json* value = ast::descend(&field, path_.below)) add_value(*value, tally);
  }

 private:
  void add_value(const Json& value, const FactTally& tally) {
    if (test_ != FactTest::In || !value.is_structured()) return add_one(value, tally);
    for (const auto& [key, element] : value.items())
      add_one(value.is_object() ? Json(key) : element, tally);
  }
  // No comparison of two paths holds for null.
  void add_one(const Json& value, const FactTally& tally) {
    if (!value.is_null()) tally.add(sum_, {test_, value, is_version_ && value.is_string(), {}});
  }

  const std::vector<std::string> keys_;
  const FactTest test_;
  const ast::InfoPath path_;  // of the keys
  const std::string name_;    // escaped
  bool is_version_ = false;
  FactSum& sum_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> seen_;
};

// What a predicate reads.
struct Asked {
  std::vector<FactSum*> facts = {};
  std::vector<FieldValues*> fields = {};
};

// Looks at symbols by their lines; every distinct predicate is parsed once.
class Reader {
 public:
  Reader(const CacheFile& file, const RegistryInfo& registry, FactUseLimits limits)
      : file_(file),
        registry_(registry),
        limits_(limits),
        definitions_(file),
        questions_(definitions_.set()),
        tally_(registry, limits) {}

  // Whether more are to be looked at.
  bool add(std::string_view line) {
    const std::optional<LineText> parts = split_line(line);
    if (!parts) file_.broken("a symbol is not laid out as it must be");
    if (const Asked* asked = asked_by(parts->select)) {
      tally_.count(asked->facts, *parts);
      read_fields(asked->fields, parts->info);
    }
    return ++candidates_ < limits_.candidates;
  }

  std::size_t candidates() const { return candidates_; }
  FactUses take(const Context& base) && { return {candidates_, std::move(tally_).take(base)}; }

 private:
  // `select`: escaped; empty: the registry's. Null: it is unconditional.
  const Asked* asked_by(std::string_view select) {
    if (select.empty() && !registry_.select) return nullptr;
    if (const auto known = asked_.find(select); known != asked_.end()) return &known->second;
    const std::string text = select.empty() ? *registry_.select : unescape(select);
    return &asked_.emplace(select, of_questions(questions_of(text))).first->second;
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

  Asked of_questions(const std::vector<FactQuestion>& questions) {
    Asked asked;
    std::set<std::string> facts;
    for (const FactQuestion& question : questions) {
      FactSum& sum = tally_.of(question.fact);
      facts.insert(question.fact);
      if (!question.by_way_of.empty()) sum.by_way_of.insert(question.by_way_of);
      if (const ast::Path* field = field_of(question)) {
        asked.fields.push_back(&values_of(*field, question, sum));
      } else {
        tally_.add(sum, comparison_of(question));
      }
    }
    asked.facts = tally_.read_with(facts);
    return asked;
  }

  FieldValues& values_of(const ast::Path& field, const FactQuestion& question, FactSum& sum) {
    const std::string key =
        question.fact + '\n' + to_string(question.test) + '\n' + ast::printed(field);
    return values_.try_emplace(key, field, question.test, registry_, sum).first->second;
  }

  void read_fields(const std::vector<FieldValues*>& fields, std::string_view info) {
    const auto is_full = [](const FieldValues* field) { return field->is_full(); };
    if (info.empty() || std::all_of(fields.begin(), fields.end(), is_full)) return;
    const bool whole = each_info_member(info, [&](const InfoMember& member) {
      for (FieldValues* field : fields) {
        if (field->name() == member.key) field->add(file_, member.value, tally_);
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
  FactTally tally_;
  std::map<std::string, FieldValues> values_;
  std::unordered_map<std::string, Asked, TextHash, std::equal_to<>> asked_;
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
    return std::move(reader).take(cache.base_context());
  }
  if (is_valid_utf8(oid)) {
    bool more = true;
    file.each_oid_line(escaped_text(info.name), escaped_text(oid), [&](std::string_view line) {
      if (more) more = reader.add(line);
    });
  }
  if (reader.candidates() == 0) cache.require_implementations(registry, oid);
  return std::move(reader).take(cache.base_context());
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
