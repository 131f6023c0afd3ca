// `--ctx`, one value a line: whatever the bytes, an object or an error; the object's text reads
// back as the object, laying it over itself changes nothing, and predicates can be scored for it;
// so it is for a registry that declares its facts, where those of other types are an error.
// A line that is JSON is read by `parse_context` too, and differs from what `parse_json` makes of
// it in nothing but the texts that numbers keep.

#include <context_arguments.h>
#include <reg/facts.h>
#include <reg/predicate.h>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Without those that are read from files; what stands in a file is the same as `{…}`.
std::vector<std::string> values_of(std::string_view input) {
  std::vector<std::string> values;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view value = input.substr(0, end);
    if (!value.starts_with('@') && value != "-") values.emplace_back(value);
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return values;
}

void check(const reg::Context& context) {
  require(context.is_object());
  require(reg::parse_context(reg::to_text(context), "context") == context);
  require(reg::json_equal(reg::plain_numbers(context), context));
  require(!reg::keeps_text(reg::plain_numbers(context)));
  reg::Context twice = context;
  reg::merge_context(twice, context);
  require(twice == context);
  static const reg::Predicate predicates[] = {
      reg::Predicate::parse("a == 1 & b.c >= 2.5 | has(d) & ~e"),
      reg::Predicate::parse("version >= v2.10 | 'x' in a | a in b | a glob 'x*' & yes(b)"),
      reg::Predicate::parse("a == b | b in a | version in [2.10, 'x', null] | a < b & d(a, 'x')")};
  static const reg::Versions versions = {{"version", "b.c", "a"}, {}};
  static const reg::PredicateSet named = [] {
    reg::PredicateSet set;
    set.define("d", {{}, std::nullopt, true});
    return set;
  }();
  for (const reg::Predicate& predicate : predicates) {
    require(predicate.explain(context, {}, named).score == predicate.score(context, {}, named));
    require(predicate.explain(context, {}, named, versions).score ==
            predicate.score(context, {}, named, versions));
  }
}

void check_line(const std::string& line) {
  try {
    const reg::Json kept = reg::parse_context(line, "line"), plain = reg::parse_json(line, "line");
    require(reg::plain_numbers(kept) == plain);
    if (kept.is_object()) check(kept);
  } catch (const reg::InputError&) {
    return;
  }
}

const reg::RegistryInfo& declaring() {
  static const reg::RegistryInfo declared = [] {
    reg::RegistryInfo registry;
    using Type = reg::FieldType;
    registry.context = {{"a", Type::String},    {"b", Type::Object},        {"d"},
                        {"e.`x y`", Type::Int}, {"version", Type::Version}, {"kept", Type::Number}};
    return registry;
  }();
  return declared;
}

void check_values(const std::vector<std::string>& values, const reg::RegistryInfo& registry) {
  const reg::app::Messages silent(reg::app::Verbosity::Quiet, reg::app::MessageFormat::Text,
                                  reg::app::ColorMode::Never);
  try {
    const reg::Context context =
        reg::app::ContextArguments(values).read_for(registry, reg::Context::object(), silent).given;
    check(context);
    const reg::Context checked = reg::facts_for(registry, context);
    check(checked);
    require(reg::facts_for(registry, checked) == checked);
  } catch (const reg::RegistryError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> values = values_of({reinterpret_cast<const char*>(data), size});
  for (const std::string& value : values) check_line(value);
  check_values(values, {});
  check_values(values, declaring());
  return 0;
}
