#include <plugin/in_process.h>
#include <plugin/load.h>
#include <plugin/loader_state.h>
#include <reg/text.h>
#include <select/contender.h>
#include <select/score_symbols.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

using State = std::shared_ptr<const LoaderState>;

[[noreturn]] void refuse_registry(const LoaderState& loader, const std::string& registry) {
  if (loader.cache) (void)loader.cache->require_registry(registry);
  throw RegistryNotFound("there is no registry " + in_quotes(registry),
                         did_you_mean(registry, linked_in_registries(loader)));
}

[[noreturn]] void refuse_oid(const LoaderState& loader, const std::string& registry,
                             const std::string& oid) {
  if (loader.cache && loader.cache->registry(registry))
    (void)loader.cache->require_implementations(registry, oid);
  throw ObjectNotFound("there is no " + in_quotes(oid) + " in registry " + in_quotes(registry),
                       did_you_mean(oid, linked_in_oids(loader, registry)));
}

// One registry as a host sees it: what is linked in, and what the cache has.
class HostRegistry {
 public:
  HostRegistry(const LoaderState& loader, const std::string& registry)
      : loader_(loader), has_linked_in_(reg::has_linked_in(loader, registry)) {
    info_.name = registry;
    auto cached = loader.cache ? loader.cache->registry(registry) : std::nullopt;
    if (!cached && !has_linked_in_) refuse_registry(loader, registry);
    if (cached) info_ = std::move(*cached);
  }

  bool has_linked_in() const { return has_linked_in_; }
  const RegistryInfo& info() const { return info_; }

  JoinedImplementations implementations(const std::string& oid) const {
    return join_implementations(loader_, info_, oid);
  }

  PlacedSelection score(const JoinedImplementations& joined, const Context& context,
                        Explain explain) const {
    if (!loader_.cache) return score_symbols(info_.name, joined.symbols, context, explain);
    return score_symbols(*loader_.cache, info_, joined.symbols, joined.pin ? &*joined.pin : nullptr,
                         context, explain);
  }

 private:
  const LoaderState& loader_;
  const bool has_linked_in_;
  RegistryInfo info_;
};

// What is known not to load, in the place of a choice.
struct Choices {
  std::vector<ChosenPlugin> plugins;    // those that apply, best first
  std::optional<PluginError> left_out;  // the best of those that are known not to load
};

class Choosing {
 public:
  Choosing(const State& state, const plugin::InterfaceInfo& wanted, const std::string& registry)
      : state_(state), wanted_(wanted), registry_(*state, registry) {}

  // nullopt: there is no such oid.
  std::optional<Choices> of(const std::string& oid, const Context& context) const {
    const JoinedImplementations joined = registry_.implementations(oid);
    if (joined.symbols.empty()) return std::nullopt;
    return choices(registry_.score(joined, context, Explain::No), joined);
  }

  Choices require(const std::string& oid, const Context& context) const {
    const JoinedImplementations joined = registry_.implementations(oid);
    if (joined.symbols.empty()) refuse_oid(*state_, registry_.info().name, oid);
    PlacedSelection placed = registry_.score(joined, context, Explain::No);
    if (placed.selection.winner() == nullptr)
      throw NoSelectableObject(registry_.score(joined, context, Explain::Yes).selection);
    return choices(std::move(placed), joined);
  }

  ChosenPlugin only(const std::string& oid) const {
    JoinedImplementations joined = registry_.implementations(oid);
    if (joined.symbols.empty()) refuse_oid(*state_, registry_.info().name, oid);
    if (!have_one_target(joined.symbols))
      throw SelectAmbiguity(in_quotes(oid) + " in registry " + in_quotes(registry_.info().name) +
                                " has " + std::to_string(joined.symbols.size()) +
                                " implementations",
                            targets_of(joined.symbols));
    return InsideLoader::chosen(state_, wanted_, {std::move(joined.symbols.front()), 0, {}}, {},
                                joined.row_at(0));
  }

  std::vector<ChosenPlugin> possible(const Context& context) const {
    std::map<std::string, ChosenPlugin> by_oid;
    if (state_->cache && registry_.info().symbols != 0) add_cached(context, by_oid);
    for (const std::string& oid : linked_in_oids(*state_, registry_.info().name))
      add_best(oid, context, by_oid);
    std::vector<ChosenPlugin> plugins;
    for (auto& [oid, plugin] : by_oid) plugins.push_back(std::move(plugin));
    return plugins;
  }

 private:
  bool is_left_out(const Symbol& symbol, std::optional<PluginError>& first) const {
    if (state_->options.known_failures == KnownFailures::Select) return false;
    const auto known = known_failure_of(*state_, symbol);
    if (known && !first) first = to_error(*known, symbol);
    return known.has_value();
  }

  Choices choices(PlacedSelection placed, const JoinedImplementations& joined) const {
    Choices choices;
    Selection& selection = placed.selection;
    const std::optional<Tie> tie = selection.tie();
    const std::size_t count = selection.applicable().size();
    for (std::size_t at = 0; at < count; ++at) {
      Candidate& candidate = selection.candidates[at];
      const plugin::Row* row = joined.row_at(placed.places[at]);
      if (row == nullptr && is_left_out(candidate.symbol, choices.left_out)) continue;
      const bool is_tied = tie && candidate.score == tie->score;
      choices.plugins.push_back(InsideLoader::chosen(state_, wanted_, std::move(candidate),
                                                     is_tied ? tie : std::nullopt, row));
    }
    return choices;
  }

  void add_best(const std::string& oid, const Context& context,
                std::map<std::string, ChosenPlugin>& by_oid) const {
    by_oid.erase(oid);
    auto found = of(oid, context);
    if (found && !found->plugins.empty())
      by_oid.insert_or_assign(oid, std::move(found->plugins.front()));
  }

  // Where a winner is replaced, or known not to load, the next best of its oid.
  void add_cached(const Context& context, std::map<std::string, ChosenPlugin>& by_oid) const {
    PossibleObjects best = state_->cache->possible_objects(registry_.info().name, context);
    const auto replaced = replaced_by_linked_in(*state_, registry_.info());
    std::map<std::string, Tie> ties;
    for (Tie& tie : best.ties) {
      std::string oid = tie.oid;
      ties.emplace(std::move(oid), std::move(tie));
    }
    for (Candidate& winner : best.winners) {
      const std::string oid = winner.symbol.oid;
      const auto tie = ties.find(oid);
      std::optional<PluginError> ignored;
      // What is tied, or wins, may be no candidate here.
      if (tie != ties.end() || replaced.contains(winner.symbol.target) ||
          is_refused(*state_, winner.symbol) || is_left_out(winner.symbol, ignored)) {
        add_best(oid, context, by_oid);
        continue;
      }
      by_oid.insert_or_assign(
          oid, InsideLoader::chosen(state_, wanted_, std::move(winner),
                                    tie == ties.end() ? std::nullopt : std::optional(tie->second),
                                    nullptr));
    }
  }

  const State& state_;
  const plugin::InterfaceInfo& wanted_;
  const HostRegistry registry_;
};

}  // namespace

ChosenPlugin PluginSelection::choose(const Loader& loader, const plugin::InterfaceInfo& wanted,
                                     std::string registry, const std::string& oid,
                                     const Context& context) {
  Choices choices = Choosing(InsideLoader::state(loader), wanted, registry).require(oid, context);
  if (choices.plugins.empty()) throw PluginError(*choices.left_out);
  return std::move(choices.plugins.front());
}

std::optional<ChosenPlugin> PluginSelection::choose_or_none(const Loader& loader,
                                                            const plugin::InterfaceInfo& wanted,
                                                            std::string registry,
                                                            const std::string& oid,
                                                            const Context& context) {
  auto choices = Choosing(InsideLoader::state(loader), wanted, registry).of(oid, context);
  if (!choices) return std::nullopt;
  if (!choices->plugins.empty()) return std::move(choices->plugins.front());
  if (choices->left_out) throw PluginError(*choices->left_out);
  return std::nullopt;
}

ChosenPlugin PluginSelection::by_id(const Loader& loader, const plugin::InterfaceInfo& wanted,
                                    std::string registry, const std::string& oid) {
  return Choosing(InsideLoader::state(loader), wanted, registry).only(oid);
}

std::vector<ChosenPlugin> PluginSelection::possible(const Loader& loader,
                                                    const plugin::InterfaceInfo& wanted,
                                                    std::string registry, const Context& context) {
  return Choosing(InsideLoader::state(loader), wanted, registry).possible(context);
}

PluginAttempts::PluginAttempts(const Loader& loader, const plugin::InterfaceInfo& wanted,
                               std::string registry, const std::string& oid, const Context& context,
                               OrNone or_none) {
  const State& state = InsideLoader::state(loader);
  const Choosing choosing(state, wanted, registry);
  auto choices = or_none == OrNone::Yes ? choosing.of(oid, context)
                                        : std::optional(choosing.require(oid, context));
  falls_back_ = state->options.fallback == Fallback::NextBest;
  on_failure_ = state->options.on_failure;
  if (!choices) return;
  plugins_ = std::move(choices->plugins);
  if (plugins_.empty() && choices->left_out) throw PluginError(*choices->left_out);
}

ChosenPlugin* PluginAttempts::next() {
  if (tried_ < plugins_.size()) return &plugins_[tried_++];
  if (errors_.empty()) return nullptr;
  const PluginError& best = errors_.front();
  if (errors_.size() == 1) throw PluginError(best);
  std::string reason = best.reason() + "; nor can any other that applies be had:";
  for (std::size_t at = 1; at < errors_.size(); ++at)
    reason +=
        (at == 1 ? " " : ", ") + errors_[at].symbol().target + " (" + errors_[at].reason() + ')';
  throw PluginError(best.failure(), best.symbol(), best.library(), reason, best.hint());
}

void PluginAttempts::gave_up(const PluginError& error) {
  if (falls_back_ && on_failure_) on_failure_(error);
}

void PluginAttempts::failed(const PluginError& error) {
  if (!falls_back_) throw PluginError(error);
  errors_.push_back(error);
  if (on_failure_) on_failure_(error);
}

}  // namespace reg
