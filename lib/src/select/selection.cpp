#include <reg/selection.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t most_context = 2000;  // bytes of a context that a message shows
constexpr std::size_t most_candidates = 50;

std::string shown(const Context& context) {
  std::string text = to_text(context);
  if (text.size() <= most_context) return text;
  text.resize(valid_utf8_prefix(std::string_view(text).substr(0, most_context)));
  return text + "…";
}

std::string score_text(double score) {
  std::string text;
  append_number(text, score);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string message(const Selection& selection) {
  std::string text = "no implementation of \"" + selection.oid + "\" in registry \"" +
                     selection.registry + "\" applies to the context " + shown(selection.context);
  std::size_t count = std::min(selection.candidates.size(), most_candidates);
  for (const Candidate& candidate : std::span(selection.candidates).first(count)) {
    text += "\n  " + candidate.symbol.target + ": " + score_text(candidate.score);
  }
  if (std::size_t rest = selection.candidates.size() - count; rest != 0) {
    text += "\n  … and " + std::to_string(rest) + " more";
  }
  return text;
}

}  // namespace

std::span<const Candidate> Selection::applicable() const {
  auto end = std::find_if(candidates.begin(), candidates.end(),
                          [](const Candidate& one) { return !(one.score > 0); });
  return {candidates.begin(), end};
}

NoSelectableObject::NoSelectableObject(Selection selection)
    : RegistryError(ErrorKind::NoSelectableObject, message(selection)),
      selection_(std::move(selection)) {}

SelectAmbiguity::SelectAmbiguity(const std::string& message, std::vector<std::string> targets)
    : RegistryError(ErrorKind::SelectAmbiguity, message), targets_(std::move(targets)) {}

}  // namespace reg
