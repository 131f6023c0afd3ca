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

// Two names that differ by a letter share one of these: each is the name, or is what is left of it
// without one of its letters, as a polynomial over its bytes. Others may share one by chance.
std::vector<std::uint64_t> keys_of(std::string_view name) {
  constexpr std::uint64_t base = 0x100000001b3;
  std::vector<std::uint64_t> before{0};  // of the first letters
  for (const char c : name) before.push_back(before.back() * base + static_cast<unsigned char>(c));
  std::vector<std::uint64_t> keys{before.back()};
  std::uint64_t power = 1, behind = 0;
  for (std::size_t i = name.size(); i-- > 0; power *= base) {
    keys.push_back(before[i] * power + behind);
    behind += static_cast<unsigned char>(name[i]) * power;
  }
  return keys;
}

// Short names differ by a letter because they are others: A and B.
bool is_near(const std::string& a, const std::string& b) {
  constexpr std::size_t shortest = 4;
  return a == b || (a.size() >= shortest && differs_by_a_letter(a, b));
}

}  // namespace

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

// Made when it is first needed: mostly all registries are declared.
const std::vector<NamesNear::Key>& NamesNear::keys() {
  if (!keys_.empty()) return keys_;
  for (const std::string& name : declared_) {
    for (const std::uint64_t key : keys_of(lower(name))) keys_.emplace_back(key, &name);
  }
  std::sort(keys_.begin(), keys_.end());
  return keys_;
}

// The first by name of those that are near.
std::string NamesNear::hint_for(const std::string& name) {
  if (declared_.contains(name)) return {};
  const std::string lowered = lower(name);
  const std::string* nearest = nullptr;
  for (const std::uint64_t key : keys_of(lowered)) {
    const std::vector<Key>& all = keys();
    auto at = std::lower_bound(all.begin(), all.end(), Key(key, nullptr));
    for (; at != all.end() && at->first == key; ++at) {
      const std::string* other = at->second;
      if ((nearest == nullptr || *other < *nearest) && is_near(lowered, lower(*other)))
        nearest = other;
    }
  }
  return nearest == nullptr ? std::string() : did_you_mean(name, {*nearest});
}

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
    known = hints_.emplace(name, hint_for(name)).first;
  }
  if (known->second.empty()) return;
  findings.push_back(
      {warning_at(place_in(source, record.at),
                  "nothing declares the registry \"" + known->first + '"', known->second),
       DeclarationPart{record.at, {"registry"}, false, {}}});
}

std::set<std::string, std::less<>> registries_declared_here(std::span<const Source> sources) {
  std::set<std::string, std::less<>> names;
  for (const Source& source : sources) {
    if (source.is_remote()) continue;
    for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
  }
  return names;
}

std::set<std::string, std::less<>> declared_registries(std::span<const Source> sources) {
  std::set<std::string, std::less<>> names;
  for (const Source& source : sources) {
    for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
  }
  return names;
}

}  // namespace reg
