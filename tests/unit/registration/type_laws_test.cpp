// What holds of types for all registries, predicates, infos and contexts.

#include <registration/typed_worlds.h>

#include <doctest/doctest.h>
#include <predicate/facts_read.h>
#include <rapidcheck.h>
#include <reg/merge.h>
#include <reg/registry_store.h>
#include <registration/checks.h>
#include <registration/merge_plan.h>
#include <registration/merging.h>
#include <registration/reads.h>
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

using namespace reg;
using namespace reg::test;

namespace {

// A property of any world. What it counts shows that enough worlds are about something.
bool for_all_worlds(const std::string& name, Typing typing,
                    const std::function<void(TypedWorld& world)>& property) {
  return rc::check(name, [&] {
    for (int worlds = 0; worlds < 200; ++worlds) {
      TypedWorld world(*rc::gen::arbitrary<std::uint32_t>(), typing);
      property(world);
    }
  });
}

// The facts as the registry takes them; nothing: it refuses them.
std::optional<Context> accepted(const RegistryInfo& registry, const Context& context) {
  try {
    return facts_for(registry, context);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

bool has_errors(const std::vector<ast::TypeFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const ast::TypeFinding& found) {
    return found.severity == Severity::Error;
  });
}

// One that the registry's types say nothing against.
std::optional<std::string> passing_predicate(TypedWorld& world) {
  for (int tries = 0; tries < 20; ++tries) {
    std::string text = world.predicate(2);
    const auto findings = check_against(Predicate::parse(text), world.registry, world.named);
    // Of what can never hold in a named predicate there are only warnings.
    const bool never = std::any_of(findings.begin(), findings.end(), [](const auto& found) {
      return found.message.find("can never hold") != std::string::npos;
    });
    if (!never && !has_errors(findings)) return text;
  }
  return std::nullopt;
}

// Of a leaf, as a whole: `two` is made of two.
bool says_never(const std::vector<ast::TypeFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const ast::TypeFinding& found) {
    return found.message.find("can never hold") != std::string::npos &&
           !found.message.starts_with("in two()");
  });
}

bool has_mismatch(const Trace& trace) {
  return trace.note.find("type mismatch") != std::string::npos ||
         std::any_of(trace.children.begin(), trace.children.end(), has_mismatch);
}

// Whether a fact that is open in the one is a version in the other, whose predicates take that
// type.
bool takes_type(const RegistryInfo& from, const RegistryInfo& into) {
  return std::any_of(into.context.begin(), into.context.end(), [&](const Fact& fact) {
    const Fact* other = ast::covering(from.context, fact.path);
    return fact.type == FieldType::Version &&
           (other == nullptr || other->type == FieldType::Any || other->path != fact.path);
  });
}

// Symbols in one registry, some of which are scored by its own predicate, and another one that
// merges from it; as far as they can be registered.
void fill(TypedWorld& world, RegistryStore& store) {
  auto tried = [](const auto& what) {
    try {
      what();
    } catch (const InputError&) {
      return;
    }
  };
  const auto select = passing_predicate(world);
  RegistryOptions options{.extra_field = world.registry.fields, .context = world.registry.context};
  if (select && world.dice().chance(3)) options.select = Predicate::parse(*select);
  Registry& from = store.registry("From", options);
  Registry& into =
      store.registry("Into", {.extra_field = world.other.fields, .context = world.other.context});
  for (const char* target : {"a", "b", "c"}) {
    Implementation one = Implementation::of_target(target, "o");
    one.symbol.info = world.info();
    const auto own = passing_predicate(world);
    if (own && !world.dice().chance(4)) one.predicate = Predicate::parse(*own);
    tried([&] { from.register_symbol(one); });
  }
  tried([&] { merge(into, from); });
}

// The same facts, but for some of those that are not read.
Context altered(const Context& facts, const std::vector<std::string>& read, TypedWorld& world) {
  Context others = facts;
  const Context new_ones = world.context();
  for (const char* name : {"a", "b", "c", "d", "e", "p"}) {
    const bool is_read = std::any_of(read.begin(), read.end(), [&](const std::string& path) {
      return parse_path(path).front() == name;
    });
    if (is_read || world.dice().chance(4)) continue;
    others.erase(name);
    if (new_ones.contains(name)) others[name] = new_ones[name];
  }
  return others;
}

// Of every symbol by its target; nothing: the facts are refused.
std::optional<std::map<std::string, double>> scores_in(const Registry& registry,
                                                       const Context& context) {
  std::map<std::string, double> scores;
  try {
    if (!registry.contains("o")) return scores;
    for (const Candidate& one : registry.score("o", context).candidates)
      scores[one.symbol.target] = one.score;
  } catch (const InputError&) {
    return std::nullopt;
  }
  return scores;
}

std::string described(const RegistryInfo& registry) {
  std::string text = registry.name + ":";
  for (const Field& field : registry.fields) text += ' ' + field.name + '=' + to_string(field.type);
  text += " |";
  for (const Fact& fact : registry.context)
    text += ' ' + fact.path + '=' + to_string(fact.type) +
            (fact.values.empty() ? "" : to_text(fact.values));
  return text;
}

}  // namespace

TEST_CASE("where all is typed, a predicate that passes meets no type mismatch") {
  std::size_t passed = 0;
  CHECK(for_all_worlds("no mismatch", Typing::Whole, [&](TypedWorld& world) {
    const auto text = passing_predicate(world);
    if (!text) return;
    const Predicate predicate = Predicate::parse(*text);
    for (int tries = 0; tries < 5; ++tries) {
      const Json info = world.info();
      const auto facts = accepted(world.registry, world.context());
      if (!facts) continue;
      ++passed;
      const Trace trace = predicate.explain(*facts, info, world.named, versions_of(world.registry));
      if (!has_mismatch(trace)) continue;
      RC_LOG() << *text << "\n"
               << described(world.registry) << "\n"
               << to_text(info) << "\n"
               << to_text(*facts);
      RC_FAIL("type mismatch");
    }
  }));
  CHECK(passed > 300);
}

TEST_CASE("what is said never to hold never holds for contexts and infos that fit the types") {
  std::size_t said = 0;
  CHECK(for_all_worlds("never", Typing::Loose, [&](TypedWorld& world) {
    const std::string text = world.leaf();
    const Predicate leaf = Predicate::parse(text);
    const auto findings = check_against(leaf, world.registry, world.named);
    if (!says_never(findings)) return;
    for (int tries = 0; tries < 10; ++tries) {
      const Json info = world.info();
      const auto facts = accepted(world.registry, world.context());
      if (!facts) continue;
      ++said;
      const double score = leaf.score(*facts, info, world.named, versions_of(world.registry));
      if (score == 0) continue;
      RC_LOG() << text << "\n"
               << findings.front().message << "\n"
               << described(world.registry) << "\n"
               << to_text(info) << "\n"
               << to_text(*facts);
      RC_FAIL("it holds");
    }
  }));
  CHECK(said > 2000);
}

TEST_CASE("what is said never to hold of a `when` does not hold for its facts") {
  std::size_t said = 0;
  CHECK(for_all_worlds("when", Typing::Loose, [&](TypedWorld& world) {
    const std::string text = world.leaf();
    const Predicate leaf = Predicate::parse(text);
    const Context facts = world.context();
    const auto findings = ast::check_condition(leaf, facts, world.named);
    if (!says_never(findings)) return;
    ++said;
    if (leaf.score(facts, Json::object(), world.named) == 0) return;
    RC_LOG() << text << "\n" << findings.front().message << "\n" << to_text(facts);
    RC_FAIL("it holds");
  }));
  CHECK(said > 20);
}

TEST_CASE("a copy scores where it is merged into as the original did where it comes from") {
  std::size_t copied = 0;
  CHECK(for_all_worlds("copies", Typing::Loose, [&](TypedWorld& world) {
    const RegistryInfo& from = world.registry;
    RegistryInfo& into = world.other;
    const auto text = passing_predicate(world);
    if (!text) return;
    const Predicate predicate = Predicate::parse(*text);
    if (!conflicts_of_fields(from, into, {}).empty()) return;
    FactPaths read;
    FactsRead(world.named).add(predicate, read);
    join_facts(read, from, {}, into);
    if (takes_type(from, into)) return;
    const Json info = world.info();
    MergedCopy copy;
    try {
      copy = merged_copy(info, predicate, {from, into}, world.named);
    } catch (const InputError&) {
      return;
    }
    for (int tries = 0; tries < 10; ++tries) {
      const Context context = world.context();
      const auto there = accepted(from, context), here = accepted(into, context);
      // A number for a version is another value where that is no version.
      if (!there || there != here) continue;
      ++copied;
      const double original = predicate.score(*there, info, world.named, versions_of(from));
      const double now = copy.predicate->score(*here, copy.info, world.named, versions_of(into));
      if (original == now) continue;
      RC_LOG() << *text << "  " << original << "\n"
               << copy.predicate->to_string() << "  " << now << "\n"
               << described(from) << "\n"
               << described(into) << "\n"
               << to_text(info) << "\n"
               << to_text(context) << "\n one: " << world.named.find("one")->expr->to_string()
               << "\n two: " << world.named.find("two")->expr->to_string();
      RC_FAIL("it scores otherwise");
    }
  }));
  CHECK(copied > 8000);
}

TEST_CASE("a fact that is not among those that a registry reads changes no score in it") {
  std::size_t changed = 0;
  CHECK(for_all_worlds("reads", Typing::Loose, [&](TypedWorld& world) {
    RegistryStore store;
    store.define_predicates(world.named);
    fill(world, store);
    for (const RegistryInfo& registry : store.registries()) {
      const Context facts = world.context(), others = altered(facts, registry.reads, world);
      const auto scores = scores_in(store.require_registry(registry.name), facts),
                 scores_of_others = scores_in(store.require_registry(registry.name), others);
      if (!scores || !scores_of_others) continue;
      if (facts != others) changed += scores->size();
      if (scores == scores_of_others) continue;
      RC_LOG() << described(registry) << "\n" << to_text(facts) << "\n" << to_text(others);
      RC_FAIL("it scores otherwise");
    }
  }));
  CHECK(changed > 1000);
}
