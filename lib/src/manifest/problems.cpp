#include <manifest/problems.h>
#include <algorithm>
#include <tuple>

namespace reg {

void Problems::add(Position at, Problem problem) {
  if (++count_ > most) return;
  out_.push_back({Severity::Error,
                  {path_, at.line, at.column},
                  std::move(problem.message),
                  std::move(problem.hint),
                  std::move(problem.excerpt)});
}

void Problems::add(const Element& element, Position at, Problem problem) {
  if (!full() && element.parent != nullptr) {
    problem.message.insert(0, name_of(element, format_) + ": ");
  }
  add(at, std::move(problem));
}

void Problems::finish() {
  std::stable_sort(out_.begin(), out_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  if (count_ > most) {
    Diagnostic rest;
    rest.place.path = path_;
    rest.message = "… and " + std::to_string(count_ - most) + " more";
    out_.push_back(std::move(rest));
  }
}

}  // namespace reg
