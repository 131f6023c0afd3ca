#include <reg/text.h>
#include <text/utf8.h>
#include <algorithm>
#include <numeric>

namespace reg {
namespace {

constexpr std::size_t longest_compared = 80;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edit distance with transpositions (optimal string alignment); a change of case alone costs
// nothing.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
      bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                     lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

std::size_t allowed_distance(std::string_view name) {
  // Of one letter, everything else of one is near; of few, other words are.
  if (name.size() < 2) return 0;
  return name.size() < 6 ? 1 : 1 + name.size() / 4;
}

std::size_t code_point_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && continues_code_point(text[length])) ++length;
  return length;
}

struct Bracket {
  std::size_t length;  // in the pattern; 0: it is not closed
  bool matches;
};

// The bracket expression at the start of `pattern`, against one code point (compared as text, so
// ranges work for any two single code points).
Bracket match_bracket(std::string_view pattern, std::string_view point) {
  std::size_t at = 1;
  bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false;
  auto take = [&] {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    std::size_t length = code_point_length(pattern.substr(at));
    std::string_view taken = pattern.substr(at, length);
    at += length;
    return taken;
  };
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    std::string_view low = take();
    std::string_view high = low;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      ++at;
      high = take();
    }
    // Code points sort as their UTF-8 bytes do.
    found = found || (low <= point && point <= high);
  }
  if (at >= pattern.size()) return {0, false};
  return {at + 1, found != negated};
}

// Matches one pattern element other than `*` against one code point: the lengths taken in both, or
// zero in `text`.
struct Step {
  std::size_t pattern = 0, text = 0;
};

Step match_one(std::string_view pattern, std::string_view text) {
  std::size_t length = code_point_length(text);
  if (pattern[0] == '?') return {1, length};
  if (pattern[0] == '[') {
    Bracket bracket = match_bracket(pattern, text.substr(0, length));
    if (bracket.length != 0) return bracket.matches ? Step{bracket.length, length} : Step{};
  }
  std::size_t quoted = pattern[0] == '\\' && pattern.size() > 1 ? 1 : 0;
  return pattern[quoted] == text[0] ? Step{quoted + 1, 1} : Step{};
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& known) {
  if (name.size() > longest_compared) return {};
  std::string best;
  std::size_t best_distance = allowed_distance(name) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest_compared) continue;
    if (std::max(name.size(), candidate.size()) - std::min(name.size(), candidate.size()) >=
        best_distance)
      continue;
    std::size_t d = distance(name, candidate);
    if (d < best_distance && d < std::max<std::size_t>(name.size(), 2)) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
  std::string best = nearest(name, known);
  return best.empty() ? std::string() : "did you mean \"" + best + "\"?";
}

bool glob_match(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, resume = 0;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      resume = t;
      continue;
    }
    if (p < pattern.size() && t < text.size()) {
      Step step = match_one(pattern.substr(p), text.substr(t));
      if (step.text != 0) {
        p += step.pattern;
        t += step.text;
        continue;
      }
    }
    if (star == std::string_view::npos || resume >= text.size()) return false;
    p = star;
    t = resume += code_point_length(text.substr(resume));
  }
  return true;
}

}  // namespace reg
