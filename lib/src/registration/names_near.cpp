#include <reg/text.h>
#include <registration/names_near.h>
#include <algorithm>

namespace reg {
namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// One letter too many, too few or other, or two that changed places.
bool differs_by_a_letter(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const std::string_view rest_a(in_a, a.end()), rest_b(in_b, b.end());
  if (rest_b.empty()) return false;
  if (rest_a.size() < rest_b.size())
    return rest_a.size() + 1 == rest_b.size() && rest_a == rest_b.substr(1);
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

// Short names differ by a letter because they are others: A and B.
std::string hint_for(const std::string& name, const std::set<std::string, std::less<>>& declared) {
  constexpr std::size_t shortest = 4;
  for (const std::string& other : declared) {
    if (other == name) return {};
  }
  for (const std::string& other : declared) {
    const bool near = lower(name) == lower(other) ||
                      (name.size() >= shortest && differs_by_a_letter(lower(name), lower(other)));
    if (near) return did_you_mean(name, {other});
  }
  return {};
}

}  // namespace

void NamesNear::look_at(const Source& source, const SymbolRecord& record,
                        std::vector<Finding>& findings) {
  if (source_ != source.declarations) {
    source_ = source.declarations;
    seen_.clear();
    last_ = {};
  }
  if (record.registry == last_) return;
  last_ = record.registry;
  if (!seen_.emplace(record.registry).second) return;
  auto known = hints_.find(record.registry);
  if (known == hints_.end()) {
    const std::string name(record.registry);
    known = hints_.emplace(name, hint_for(name, declared_)).first;
  }
  if (known->second.empty()) return;
  findings.push_back(
      {warning_at(place_in(source, record.at),
                  "nothing declares the registry \"" + known->first + '"', known->second),
       DeclarationPart{record.at, {"registry"}, false, {}}});
}

std::set<std::string, std::less<>> declared_registries(std::span<const Source> sources) {
  std::set<std::string, std::less<>> names;
  for (const Source& source : sources) {
    for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
  }
  return names;
}

}  // namespace reg
