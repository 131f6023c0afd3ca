#include <scan/scanner.h>
#include <text/hash.h>
#include <update/placing.h>
#include <workspace/source_content.h>
#include <map>
#include <optional>

namespace reg {
namespace {

// Of one source; what comes after so many stays at its declaration. Nobody reads that far.
constexpr std::size_t most_placed = 1000;

// Declarations in code have no parts of their own.
std::vector<std::optional<Located>> locate_in_code(std::string_view text,
                                                   std::span<const DeclarationPart> parts) {
  std::vector<std::optional<Located>> located;
  for (const DeclarationPart& part : parts) {
    const Position at = part.at.line != 0 ? part.at : part.symbol;
    located.push_back(at.line == 0 ? std::nullopt
                                   : std::optional(Located{at, excerpt_at(text, at)}));
  }
  return located;
}

// Puts findings of a source that was not read where they have been put before. Those that are new
// are left.
void place_as_before(const KnownSource& known, std::vector<Finding*>& findings) {
  std::vector<bool> taken(known.findings.size());
  std::erase_if(findings, [&](Finding* finding) {
    Diagnostic& diagnostic = finding->diagnostic;
    for (std::size_t i = 0; i < known.findings.size(); ++i) {
      const Diagnostic& before = known.findings[i];
      const Position at{diagnostic.place.line, diagnostic.place.column};
      if (taken[i] || known.found_of[i] != at || before.message != diagnostic.message) continue;
      taken[i] = true;
      diagnostic.place = before.place;
      diagnostic.excerpt = before.excerpt;
      return true;
    }
    return false;
  });
}

// Some findings of one source.
class Placing {
 public:
  explicit Placing(std::vector<Finding*> findings) : findings_(std::move(findings)) {}

  // `excerpts`: with the lines of the text, which people know.
  void in(std::string_view text, LocateParts locate, bool excerpts) {
    std::vector<DeclarationPart> parts;
    for (const Finding* found : findings_) parts.push_back(part_of(*found));
    const auto located = locate(text, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!located[i]) continue;
      Diagnostic& diagnostic = findings_[i]->diagnostic;
      diagnostic.place.line = located[i]->at.line;
      diagnostic.place.column = located[i]->at.column;
      if (!excerpts) continue;
      const bool is_in_object = located[i]->at.line == 0;
      if (is_in_object && !diagnostic.excerpt.empty())
        diagnostic.excerpt += '\n' + located[i]->excerpt;
      else
        diagnostic.excerpt = located[i]->excerpt;
    }
  }

 private:
  // What is about no part is about a place.
  static DeclarationPart part_of(const Finding& found) {
    if (found.part) return *found.part;
    DeclarationPart whole;
    whole.at = Position{found.diagnostic.place.line, found.diagnostic.place.column};
    return whole;
  }

  std::vector<Finding*> findings_;
};

}  // namespace

LocateParts locate_of(std::string_view path, std::string_view kind) {
  if (is_code(kind)) return locate_in_code;
  if (path == Workspace::config_name) return locate_in_toml;
  for (const Extractor& extractor : extractors()) {
    if (extractor.name == kind) return extractor.locate;
  }
  return nullptr;
}

std::optional<std::string> text_as_read(const std::filesystem::path& root, const std::string& path,
                                        std::uint64_t hash) {
  try {
    std::string text = read_content(root / path, reads_of(path)).text;
    if (hash_of(text) == hash) return text;
  } catch (const RegistryError&) {  // the place of the declaration has to do
  }
  return std::nullopt;
}

std::vector<Diagnostic> placed(std::vector<Finding> findings, const Inputs& inputs,
                               const Gathered& gathered, const Request& request) {
  std::map<std::string_view, std::vector<Finding*>> by_path;
  for (Finding& found : findings) {
    std::vector<Finding*>& own = by_path[found.diagnostic.place.path];
    const Place& place = found.diagnostic.place;
    if ((place.line != 0 || place.column != 0) && own.size() < most_placed) own.push_back(&found);
  }
  for (const GatheredSource& source : gathered) {
    auto own = by_path.find(source.path);
    const LocateParts locate = locate_of(source.path, source.kind);
    if (own == by_path.end() || locate == nullptr) continue;
    if (!source.is_read()) place_as_before(*source.known, own->second);
    if (own->second.empty()) continue;
    const bool is_pending = request.pending && request.pending->path == source.path;
    const auto text = is_pending ? std::optional(request.pending->content)
                                 : text_as_read(inputs.workspace.root(), source.path, source.hash);
    if (text) Placing(std::move(own->second)).in(*text, locate, !is_pending);
  }
  std::vector<Diagnostic> diagnostics;
  for (Finding& found : findings) diagnostics.push_back(std::move(found.diagnostic));
  return diagnostics;
}

}  // namespace reg
