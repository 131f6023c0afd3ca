#include <registration/write_out.h>
#include <remote/published_select.h>

namespace reg {

const std::string& PublishedSelects::of(const std::string& select, std::string_view info,
                                        const RegistryInfo& registry) {
  constexpr std::size_t most = 10'000;
  auto known = known_.find(select);
  if (known == known_.end()) {
    if (known_.size() > most) known_.clear();
    Predicate predicate = Predicate::parse(select);
    const bool calls = !predicate.calls().empty();
    known = known_.emplace(select, Known{std::move(predicate), calls}).first;
  }
  if (!known->second.calls) return known->first;
  const Json values = info.empty() ? Json::object() : parse_json(info, "info");
  const Predicate written = without_names(known->second.predicate, values, registry, named_);
  written_ = written.to_string();
  // What others read has to be what was meant.
  if (Predicate::parse(written_) != written) throw InputError("its predicate has no text");
  return written_;
}

}  // namespace reg
