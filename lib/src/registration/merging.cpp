#include <registration/merging.h>

namespace reg {
namespace {

Json shared_info(const Json& info, const RegistryInfo& into) {
  Json kept = Json::object();
  for (const auto& [name, value] : info.items()) {
    const Field* field = into.field(name);
    if (field == nullptr) continue;
    if (!holds(field->type, value)) {
      throw InputError("the field \"" + name + "\" of \"" + into.name + "\" is " +
                       to_string(field->type) + ", and cannot hold " + to_text(value));
    }
    kept[name] = value;
  }
  return kept;
}

}  // namespace

MergedCopy merged_copy(const Json& info, const std::optional<Predicate>& predicate,
                       const RegistryInfo& into) {
  MergedCopy copy{shared_info(info, into), predicate};
  // There, it applied always; here, the registry's own predicate would score it.
  if (!predicate && into.select) copy.predicate = yes();
  return copy;
}

}  // namespace reg
