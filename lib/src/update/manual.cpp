#include <cache/cache_file.h>
#include <cache/cached_names.h>
#include <manifest/line.h>
#include <reg/manual.h>
#include <reg/text.h>
#include <text/json_text.h>
#include <update/manual_manifest.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <algorithm>

namespace reg {
namespace {

// A workspace whose manual.reg.json and cache may be changed: both locks are held, in that order.
class LockedWorkspace {
 public:
  LockedWorkspace(const Workspace& workspace, const Observer& observer)
      : workspace_(workspace),
        observer_(observer),
        lock_(workspace.root(), lock_wait(workspace, observer)),
        cache_lock_(workspace.cache(), lock_wait(workspace, observer)) {
    refuse_if_frozen(cache_lock_.cache());
    AtomicFile::remove_leftovers(workspace.config());
    AtomicFile::remove_leftovers(workspace.manual());
  }

  const Workspace& workspace() const { return workspace_; }

  // What the cache would be if the manifest were this.
  Update update(const ManualManifest& manifest) const {
    Request request;
    request.options.observer = observer_;
    request.pending = PendingSource{Workspace::manual_name, manifest.text()};
    return Update(workspace_, std::move(request));
  }

  // Writes the manifest and the cache, or neither; only the end of the process between two renames
  // can leave a manifest that is ahead of its cache.
  AutoRegisterReport publish(const Update& update) const {
    return update.publish(cache_lock_, [&] {
      AtomicFile file(workspace_.manual());
      file.write(update.request().pending->content);
      file.commit();
    });
  }

 private:
  const Workspace& workspace_;
  const Observer& observer_;
  WorkspaceLock lock_;
  CacheLock cache_lock_;
};

// Whether the cache has it; one that is missing or broken has nothing, and is made anew.
bool is_registered(const Workspace& workspace, const SymbolName& name) {
  try {
    return has_symbol(CacheFile(workspace.cache()), name, Whose::Ours);
  } catch (const StorageError&) {
    return false;
  }
}

// Of a field that only others declare: what to write here. Nothing, if it is declared here.
std::string hint_for_field(const Update& update, const Symbol& symbol, const OptionPart& part) {
  constexpr std::string_view info = "--info ";
  if (!part.option.starts_with(info)) return {};
  const std::string field = part.option.substr(info.size());
  const auto type = update.type_elsewhere(symbol.registry, field);
  if (!type) return {};
  return "other origins declare it; declare it here, too: fields = { " + in_quotes(field) + " = " +
         in_quotes(to_string(*type)) + " } in [registries." + symbol.registry + ']';
}

// An error in what was given stands in no file: its place is the option that it came by.
void name_options(const ManualManifest& manifest, const Update& update, const Symbol& symbol,
                  std::vector<Diagnostic>& diagnostics) {
  const std::size_t line = manifest.line_of_last("symbols");
  for (Diagnostic& found : diagnostics) {
    if (found.place.path != Workspace::manual_name || found.place.line != line) continue;
    const OptionPart part = manifest.option_at(found.place.column);
    if (found.message.starts_with("/symbols/"))
      found.message.erase(0, found.message.find(": ") + 2);
    if (!part.option.empty()) found.message.insert(0, part.option + ": ");
    if (!part.excerpt.empty() && !found.excerpt.empty()) found.excerpt = part.excerpt;
    if (std::string hint = hint_for_field(update, symbol, part); !hint.empty())
      found.hint = std::move(hint);
    found.place = {};
  }
}

// The same for a merge, whose arguments the message names.
void forget_place(const ManualManifest& manifest, std::vector<Diagnostic>& diagnostics) {
  const std::size_t line = manifest.line_of_last("merge");
  for (Diagnostic& found : diagnostics) {
    if (found.place.path == Workspace::manual_name && found.place.line == line) found.place = {};
  }
}

// It may still be kept out by what another source declares.
void require_registered(const Update& update, const SymbolName& name, AutoRegisterReport& report) {
  if (report.failed || update.has(name, Whose::Ours)) return;
  report.failed = true;
  report.diagnostics.push_back(
      error_at({},
               "\"" + name.target + "\" would not be in " + name.registry + "/" + name.oid +
                   ": another source replaces it, or takes it out",
               "`replaces` and `unregister` in the sources of this registry tell which"));
}

bool is_plain(const ManualSymbol& manual) {
  const Symbol& symbol = manual.symbol;
  return symbol.info.empty() && !symbol.select && symbol.doc.empty() && manual.replaces.empty() &&
         !manual.force && !manual.clear;
}

// What is not there would be pinned to no effect.
void require_target(const CacheFile& cache, const std::string& registry, const Pin& pin) {
  std::vector<std::string> targets;
  const auto registry_key = cached_text(registry), oid_key = cached_text(pin.oid);
  if (registry_key && oid_key) {
    cache.each_oid_line(*registry_key, *oid_key, [&](std::string_view line) {
      targets.push_back(cache.plain(cache.key_of(line).target));
    });
  }
  if (targets.empty()) refuse_oid(cache, registry, pin.oid);
  if (std::find(targets.begin(), targets.end(), pin.target) != targets.end()) return;
  const std::string name = registry + '/' + pin.oid, hint = did_you_mean(pin.target, targets);
  throw ObjectNotFound(in_quotes(pin.target) + " is not registered as " + name,
                       hint.empty() ? "`reg show " + name + "` shows what is" : hint);
}

}  // namespace

ManualReport register_symbol(const Workspace& workspace, const ManualSymbol& symbol,
                             const Observer& observer) {
  const LockedWorkspace locked(workspace, observer);
  ManualManifest manifest(workspace);
  const Symbol& s = symbol.symbol;
  const SymbolName name{s.registry, s.oid.empty() ? default_oid(s.target) : s.oid, s.target};
  ManualReport report;
  report.oid = name.oid;
  report.took_back = manifest.remove_unregistrations(name);
  if (report.took_back && is_plain(symbol)) {
    const Update update = locked.update(manifest);
    if (update.has(name, Whose::Ours)) {
      static_cast<AutoRegisterReport&>(report) = locked.publish(update);
      return report;
    }
  }
  // An entry of that name that is not in the cache was taken out again by a later one, or its run
  // was stopped.
  if (symbol.force || !is_registered(workspace, name)) manifest.remove_symbols(name);
  manifest.add_symbol(symbol);
  const Update update = locked.update(manifest);
  AutoRegisterReport& result = report;
  result = update.report();
  require_registered(update, name, result);
  if (!result.failed) result = locked.publish(update);
  name_options(manifest, update, s, report.diagnostics);
  return report;
}

ManualReport unregister_symbol(const Workspace& workspace, const std::string& registry,
                               const std::string& oid, const std::string& target,
                               const Observer& observer) {
  const LockedWorkspace locked(workspace, observer);
  const SymbolName name{registry, oid, target};
  if (!has_symbol(CacheFile(workspace.cache()), name)) {
    throw ObjectNotFound("\"" + target + "\" is not registered as " + registry + "/" + oid,
                         "`reg list " + registry + "` shows what is");
  }
  ManualManifest manifest(workspace);
  manifest.remove_symbols(name);
  Update update = locked.update(manifest);
  // Other sources declare it too, or did so before the entry displaced what they declare.
  if (update.has(name)) {
    manifest.add_unregistration(name);
    update = locked.update(manifest);
  }
  return {locked.publish(update), oid};
}

ManualReport merge_registries(const Workspace& workspace, const std::string& into,
                              const std::vector<std::string>& from, Force force,
                              const Observer& observer) {
  const LockedWorkspace locked(workspace, observer);
  ManualManifest manifest(workspace);
  manifest.add_merge(into, from, force);
  ManualReport report{locked.publish(locked.update(manifest)), {}};
  forget_place(manifest, report.diagnostics);
  return report;
}

PinReport pin_symbol(const Workspace& workspace, const std::string& registry, const Pin& pin,
                     const Observer& observer) {
  if (const std::string problem = pin_reason_problem(pin.reason); !problem.empty())
    throw InputError("the reason " + in_quotes(pin.reason) + " cannot be one: " + problem);
  const LockedWorkspace locked(workspace, observer);
  require_target(CacheFile(workspace.cache()), registry, pin);
  ManualManifest manifest(workspace);
  PinReport report;
  report.before = manifest.add_pin(registry, pin);
  static_cast<AutoRegisterReport&>(report) = locked.publish(locked.update(manifest));
  return report;
}

PinReport unpin_symbol(const Workspace& workspace, const std::string& registry,
                       const std::string& oid, const Observer& observer) {
  const LockedWorkspace locked(workspace, observer);
  (void)CacheFile(
      workspace.cache());  // what is not there is another one's name, as for `pin_symbol`
  ManualManifest manifest(workspace);
  PinReport report;
  report.before = manifest.remove_pin(registry, oid);
  if (!report.before) {
    const std::string name = registry + '/' + oid;
    const std::string hint = did_you_mean(name, manifest.pinned());
    throw ObjectNotFound("there is no pin of " + name,
                         hint.empty() ? "`reg status` shows what is pinned" : hint);
  }
  static_cast<AutoRegisterReport&>(report) = locked.publish(locked.update(manifest));
  return report;
}

}  // namespace reg
