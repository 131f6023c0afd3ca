#include <predicate/facts_read.h>
#include <predicate/origin.h>
#include <predicate/typing.h>
#include <registration/merging.h>
#include <registration/write_out.h>

namespace reg {
namespace {

// What a copy keeps of the info: what both declare, and whose it is.
Json shared_info(const Json& info, const RegistryInfo& into) {
  Json kept = Json::object();
  for (const auto& [name, given] : info.items()) {
    if (ast::is_of_origin(name)) {
      kept[name] = given;
      continue;
    }
    const Field* field = into.field(name);
    if (field == nullptr) continue;
    const auto text = field->type == FieldType::Version ? version_text(given) : std::nullopt;
    Json value = text ? Json(*text) : given;
    if (!holds(field->type, value)) {
      throw InputError("the field \"" + name + "\" of \"" + into.name + "\" is " +
                       to_string(field->type) + ", and cannot hold " + to_text(value));
    }
    kept[name] = std::move(value);
  }
  return kept;
}

bool agree(FieldType from, FieldType into) {
  auto is_number = [](FieldType type) {
    return type == FieldType::Int || type == FieldType::Number;
  };
  return from == into || from == FieldType::Any || into == FieldType::Any ||
         (is_number(from) && is_number(into));
}

void check_calls(const Predicate& predicate, const PredicateSet& named) {
  for (const PredicateCall& call : predicate.calls()) {
    if (const auto problem = named.problem(call)) throw InputError(problem->message, problem->hint);
  }
}

// A fact of another type there cannot be given to both.
void check_facts(const Predicate& predicate, const MergeEnds& ends, const PredicateSet& named) {
  FactPaths paths;
  FactsRead(named).add(predicate, paths);
  for (const std::string& path : paths) {
    const Fact* from = ast::covering(ends.from.context, path);
    const Fact* into = ast::covering(ends.into.context, path);
    if (from == nullptr || into == nullptr || from->path != into->path) continue;
    if (agree(from->type, into->type)) continue;
    throw InputError("it reads the fact \"" + from->path + "\", which is " + to_string(from->type) +
                         " in \"" + ends.from.name + "\" and " + to_string(into->type) + " in \"" +
                         ends.into.name + '"',
                     "declare it with one type");
  }
}

}  // namespace

MergedCopy merged_copy(const Json& info, const std::optional<Predicate>& predicate,
                       const MergeEnds& ends, const PredicateSet& named) {
  MergedCopy copy{shared_info(info, ends.into), predicate};
  if (predicate) {
    check_calls(*predicate, named);
    check_facts(*predicate, ends, named);
    copy.predicate = written_out(*predicate, info, ends.from, ends.into, named);
  } else if (ends.into.select) {
    // There, it applied always; here, the registry's own predicate would score it.
    copy.predicate = yes();
  }
  return copy;
}

}  // namespace reg
