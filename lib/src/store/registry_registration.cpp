// How a registry changes.

#include <store/inside.h>
#include <store/newcomers.h>

namespace reg {

void Registry::prepare(Implementation&) const {}

Registered Registry::register_symbol(Implementation implementation, RegisterOptions options) {
  state_->require_writable();
  if (state_->surroundings->register_locked) return Registered::Locked;
  Findings findings;
  const auto reason = state_->surroundings->reason_against(implementation, findings);
  if (reason == Registered::Abstract) return *reason;
  EntryPtr entry = entry_for(*this, std::move(implementation), new_declaration(), findings);
  check_predicate(*this, state_->declared, *entry, findings);
  fail_if_any(std::move(findings.problems));
  Intake intake;
  intake.warnings = std::move(findings.warnings);
  if (reason) {
    state_->surroundings->warn(intake.warnings);
    return *reason;
  }
  intake.newcomers.push_back({std::move(entry), std::move(options)});
  state_->take_in(intake);
  return Registered::Yes;
}

Registered Registry::register_module(std::string_view target, const Json& extra_info, Force force) {
  Implementation implementation;
  implementation.symbol.target = target;
  implementation.symbol.info = extra_info;
  return register_symbol(std::move(implementation), {.force = force});
}

std::size_t Registry::register_all(const std::vector<std::string>& targets,
                                   const std::vector<Json>& extra_info, Force force) {
  state_->require_writable();
  if (state_->surroundings->register_locked) return 0;
  if (!extra_info.empty() && extra_info.size() != targets.size()) {
    throw InputError("there is info for " + std::to_string(extra_info.size()) + " of " +
                     std::to_string(targets.size()) + " targets");
  }
  std::vector<Implementation> implementations(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    implementations[i].symbol.target = targets[i];
    if (!extra_info.empty()) implementations[i].symbol.info = extra_info[i];
  }
  return register_each(*this, std::move(implementations), force);
}

Registered Registry::register_and_replace(Implementation implementation, std::string_view replaced,
                                          RegisterOptions options) {
  options.replaces = replaced;
  return register_symbol(std::move(implementation), std::move(options));
}

Unregistered Registry::unregister(std::string_view oid, std::string_view target) {
  state_->require_writable();
  if (state_->surroundings->register_locked) return Unregistered::Locked;
  const Taken taken =
      state_->take_in({{}, {{.oid = std::string(oid), .target = std::string(target)}}});
  return taken.changed ? Unregistered::Yes : Unregistered::NotFound;
}

void Registry::clear() {
  state_->require_writable();
  state_->contents.clear();
}

void Registry::initialization_completed() {
  for (auto round = state_->contents.unannounced(); !round.empty();
       round = state_->contents.unannounced()) {
    for (const EntryPtr& entry : round) {
      if (!entry->present || entry->announced) continue;
      entry->announced = true;
      entry->implementation.on_registered(*this);
    }
  }
}

}  // namespace reg
