#include <registration/checks.h>
#include <registration/merging.h>
#include <registration/write_out.h>

namespace reg {
namespace {

Json shared_info(const Json& info, const RegistryInfo& into) {
  Json kept = Json::object();
  for (const auto& [name, given] : info.items()) {
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

void check(const Predicate& predicate, const RegistryInfo& into, const PredicateSet& named) {
  for (const ast::TypeFinding& found : check_against(predicate, into, named)) {
    if (found.severity == Severity::Error) throw InputError(found.message, found.hint);
  }
}

}  // namespace

MergedCopy merged_copy(const Json& info, const std::optional<Predicate>& predicate,
                       const MergeEnds& ends, const PredicateSet& named) {
  MergedCopy copy{shared_info(info, ends.into), predicate};
  if (predicate) {
    copy.predicate = written_out(*predicate, info, ends.from, ends.into, named);
    check(*copy.predicate, ends.into, named);
  } else if (ends.into.select) {
    // There, it applied always; here, the registry's own predicate would score it.
    copy.predicate = yes();
  }
  return copy;
}

}  // namespace reg
