#include <lint/why_never.h>
#include <predicate/node.h>
#include <reg/text.h>
#include <optional>
#include <vector>

namespace reg::linting {
namespace {

// Pairs of more parts than this take too long for a hint.
constexpr std::size_t most_parts = 16;

std::string shown(const Predicate& predicate) {
  constexpr std::size_t most = 120;
  return shortened(predicate.to_string(), most);
}

class Search {
 public:
  Search(const Contest& contest, std::size_t symbol, Readings& readings,
         const ReasoningLimits& limits)
      : alone_{contest.registry,
               contest.oid,
               {contest.symbols[symbol]},
               contest.named,
               contest.base},
        whole_(
            Predicate::parse(candidate().select ? *candidate().select : *contest.registry.select)),
        readings_(readings),
        limits_(limits) {
    if (const auto* all = std::get_if<ast::Conjunction>(&ast::top_of(whole_))) parts_ = all->parts;
    if (parts_.size() > most_parts) parts_.clear();
  }

  std::string run() {
    for (const Predicate& part : parts_) {
      if (never(part)) return shown(part) + " never holds" + nulls_of(part);
    }
    if (auto pair = of_two()) return *pair;
    if (const std::string nulls = nulls_of(whole_); parts_.empty() && !nulls.empty())
      return shown(whole_) + " never holds" + nulls;
    return "no context makes it score above 0: " + shown(whole_);
  }

 private:
  const Symbol& candidate() const { return alone_.symbols.front(); }

  bool never(const Predicate& predicate) const {
    Contest contest = alone_;
    contest.symbols.front().select = predicate.to_string();
    return Reasoner(std::move(contest), limits_).applying(0).verdict == Verdict::Never;
  }

  std::optional<std::string> of_two() const {
    for (std::size_t second = 1; second < parts_.size(); ++second) {
      for (std::size_t first = 0; first < second; ++first) {
        if (never(parts_[first] & parts_[second]))
          return shown(parts_[first]) + " and " + shown(parts_[second]) + " never hold together";
      }
    }
    return std::nullopt;
  }

  // `: self.a is null and self.b is null`, of the fields that the candidate does not give.
  std::string nulls_of(const Predicate& predicate) {
    std::string text;
    for (const std::string& field : readings_.of(predicate.to_string()).fields) {
      if (!candidate().field(field).is_null()) continue;
      text +=
          (text.empty() ? ": self." : " and self.") + print_path(std::vector{field}) + " is null";
    }
    return text;
  }

  const Contest alone_;
  const Predicate whole_;
  std::vector<Predicate> parts_;
  Readings& readings_;
  const ReasoningLimits& limits_;
};

}  // namespace

std::string why_never(const Contest& contest, std::size_t symbol, Readings& readings,
                      const ReasoningLimits& limits) {
  return Search(contest, symbol, readings, limits).run();
}

}  // namespace reg::linting
