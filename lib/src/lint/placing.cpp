#include <lint/placing.h>
#include <reg/error.h>
#include <update/placing.h>
#include <map>
#include <string>
#include <vector>

namespace reg::linting {
namespace {

// What comes after so many of one source stays at its declaration.
constexpr std::size_t most_placed = 1000;

void place_in(const KnownSource& source, const std::filesystem::path& root,
              const std::vector<Found*>& found) {
  const LocateParts locate = locate_of(source.path, source.kind);
  const auto text = locate == nullptr ? std::nullopt : text_as_read(root, source.path, source.hash);
  if (!text) return;
  std::vector<DeclarationPart> parts;
  for (const Found* each : found) parts.push_back(*each->part);
  const auto located = locate(*text, parts);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!located[i] || located[i]->at.line == 0) continue;
    found[i]->finding.place.line = located[i]->at.line;
    found[i]->finding.place.column = located[i]->at.column;
  }
}

}  // namespace

void place(AllFound& found, const Declared& declared, const std::filesystem::path& root) {
  std::map<std::string, std::vector<Found*>> by_path;
  for (Found& each : found) {
    std::vector<Found*>& own = by_path[each.finding.place.path];
    if (each.part && own.size() < most_placed) own.push_back(&each);
  }
  for (const auto& [path, own] : by_path) {
    const KnownSource* source = own.empty() ? nullptr : declared.source(path);
    if (source != nullptr) place_in(*source, root, own);
  }
}

}  // namespace reg::linting
