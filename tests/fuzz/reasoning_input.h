#pragma once
// Any bytes as a contest, and contexts to try it with.
//
//   {"sm": "int", "device": ["cpu", "cuda"], "self.driver": "version"}   declared facts and fields
//   {"device": "cpu"}                                                    the base context
//   [{"min_sm": 80}, {"min_sm": 90}]                                     the infos, or one for all
//   sm >= self.min_sm                                                    predicates, at most three;
//                                                                        an empty line: none
//   %
//   {"sm": 80}                                                           contexts that are given
//
// A line of JSON that is none counts as empty.

#include <predicate/fact_questions.h>
#include <predicate/facts_read.h>
#include <reg/facts.h>
#include <reg/reasoning.h>
#include <text/kept_number.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fuzz {

using Path = std::vector<std::string>;

inline std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

inline Json json_or(std::string_view line, Json otherwise) try {
  return parse_context(line, "input");
} catch (const InputError&) {
  return otherwise;
}

// The type, or the values, or both.
inline Fact fact_of(std::string path, const Json& declared) {
  Fact fact{std::move(path)};
  const Json* values = &declared;
  if (declared.is_object()) {
    const auto type = declared.find("type");
    if (type != declared.end() && type->is_string())
      fact.type = field_type_from(type->get<std::string>()).value_or(FieldType::Any);
    const auto found = declared.find("values");
    if (found != declared.end()) values = &*found;
  } else if (declared.is_string()) {
    fact.type = field_type_from(declared.get<std::string>()).value_or(FieldType::Any);
  }
  if (!values->is_array()) return fact;
  for (const Json& value : *values) {
    const Json plain = plain_numbers(value);
    if (!plain.is_null() && holds(fact.type, plain)) fact.values.push_back(plain);
  }
  return fact;
}

inline RegistryInfo registry_of(const Json& declared) {
  RegistryInfo registry;
  registry.name = "Kernel";
  if (!declared.is_object()) return registry;
  for (const auto& [key, value] : declared.items()) {
    if (key.starts_with("self.")) {
      registry.fields.push_back({key.substr(5), fact_of(key, value).type});
      continue;
    }
    try {
      registry.context.push_back(fact_of(print_path(parse_path(key)), value));
    } catch (const PredicateError&) {
      // It cannot be declared either.
    }
  }
  return registry;
}

// As registration lets it in: values have the fields' types.
inline Json info_of(const Json& infos, std::size_t index, const RegistryInfo& registry) {
  const bool has_one = infos.is_array() && index < infos.size();
  Json info = plain_numbers(has_one ? infos[index] : infos);
  if (!info.is_object()) return Json::object();
  for (const Field& field : registry.fields) {
    const auto found = info.find(field.name);
    if (found != info.end() && !holds(field.type, *found)) info.erase(found);
  }
  return info;
}

inline PredicateSet named_for(const std::vector<Predicate>& predicates) {
  PredicateSet named;
  named.define("gpu", {{}, Predicate::parse("device in ['cuda', 'rocm']")});
  named.define("at_least", {{"v"}, Predicate::parse("sm >= v & yes(0.25)")});
  named.define("g", {{"p"}, Predicate::parse("has(p.e) | yes(p) | h(p) & p in c")});
  for (const Predicate& predicate : predicates) {
    for (const PredicateCall& call : predicate.calls())
      named.define(call.name, {{}, std::nullopt, call.name.size() % 2 == 0});
  }
  named.define("h", {});
  return named;
}

// What a contest is tried with: what the input gives, and what lies near the values that its
// predicates compare facts with.
class Contexts {
 public:
  Contexts(const Contest& contest, const std::vector<Predicate>& predicates);

  void add_given(std::string_view lines);
  void add_random(std::size_t count, std::uint64_t seed);
  const std::vector<Context>& all() const { return all_; }
  // The facts that are read.
  const std::vector<Path>& facts() const { return facts_; }

 private:
  void add_near(const Json& value);

  std::vector<Path> facts_;
  std::vector<Json> values_;
  std::vector<Context> all_;
};

inline void put(Context& context, const Path& path, const Json& value) {
  Json* at = &context;
  for (const std::string& key : path) {
    if (!at->is_object()) *at = Json::object();
    at = &(*at)[key];
  }
  *at = value;
}

inline Contexts::Contexts(const Contest& contest, const std::vector<Predicate>& predicates) {
  static const Json usual = parse_context(
      R"([null, true, false, 0, -0.0, 1, -1, 2.5, 1e300, 2.10, 12.40, "", "a", "cuda", "2.1", "v3",
          "1.2rc1", "a.b/c", [], ["a"], ["a", 2.10, "1.2.0"], {}, {"a": 0.5, "e": "x"}, {"a": 0}])",
      "usual values");
  values_.assign(usual.begin(), usual.end());
  FactPaths read;
  ast::FactQuestions questions(contest.named);
  for (const Predicate& predicate : predicates) {
    FactsRead(contest.named).add(predicate, read);
    for (const ast::FactQuestion& question : questions.of(predicate)) {
      if (const auto* literal = std::get_if<ast::Literal>(&question.with)) add_near(literal->value);
    }
  }
  for (const Symbol& symbol : contest.symbols) {
    for (const Json& value : symbol.info) add_near(value);
  }
  for (const Fact& fact : contest.registry.context)
    values_.insert(values_.end(), fact.values.begin(), fact.values.end());
  for (const std::string& path : read) facts_.push_back(parse_path(path));
}

inline void Contexts::add_near(const Json& value) {
  if (value.is_array()) {
    for (const Json& element : value) add_near(element);
  }
  const bool is_version = value.is_binary();
  const std::string text = is_version          ? std::string(binary_text(value))
                           : value.is_string() ? value.get<std::string>()
                                               : "";
  if (is_version || value.is_string()) {
    for (const char* end : {"", ".0", "-0", "x", ".1"}) values_.emplace_back(text + end);
    values_.push_back(json_or(text, "x" + text));
    values_.push_back(Json{{text, 1.5}, {"b", 2}});
    values_.push_back(Json::array({text, "a"}));
  } else {
    values_.push_back(value);
    values_.push_back(Json::array({value}));
  }
  if (!value.is_number()) return;
  const double number = value.get<double>();
  for (const double other : {number + 1, number - 1, number + 0.5, -number, number / 2})
    values_.emplace_back(other);
  if (std::abs(number) < 1e15) {
    for (const std::int64_t step : {-1, 0, 1})
      values_.emplace_back(static_cast<std::int64_t>(number) + step);
  }
}

inline void Contexts::add_given(std::string_view lines) {
  constexpr std::size_t most = 16;
  while (!lines.empty() && all_.size() < most) {
    Json given = json_or(take_line(lines), nullptr);
    if (given.is_object()) all_.push_back(std::move(given));
  }
}

inline void Contexts::add_random(std::size_t count, std::uint64_t seed) {
  std::minstd_rand random(static_cast<std::uint32_t>(seed));
  for (std::size_t i = 0; i < count; ++i) {
    Context context = Context::object();
    for (const Path& fact : facts_) {
      if (random() % 4 != 0) put(context, fact, values_[random() % values_.size()]);
    }
    all_.push_back(std::move(context));
  }
}

}  // namespace reg::fuzz
