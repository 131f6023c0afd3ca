#pragma once
/// @file manual.h
/// Registration by hand, and pins: changes of `manual.reg.json` and of the cache in one locked
/// step.
///
/// `manual.reg.json` in the workspace is a manifest like any other, and always the last of the
/// sources, so that the cache can always be made anew. The calls here hold the workspace's lock and
/// then the cache's, write both files or neither (only the end of the process between two renames
/// can leave the manifest ahead of its cache; the same call, or `auto_register`, then finishes the
/// work), read no source but `registry.toml` and the manifest, and keep the facts that the cache
/// was written with (`--define`). Any number of processes and threads may call them at once.
///
/// They throw StorageError, and InputError if manual.reg.json is not well-formed as it is. An error
/// in what is to be registered is among the report's diagnostics; what the command line calls the
/// part that is wrong begins its message: `--info device: …`.

#include <reg/auto_register.h>
#include <reg/symbol.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// What is registered by hand.
struct ManualSymbol {
  Symbol symbol;  ///< `source` is ignored
  std::string replaces;
  bool force = false;
  bool clear = false;
};

struct [[nodiscard]] ManualReport : AutoRegisterReport {
  std::string oid;         ///< of the symbol, also where it followed from the target
  bool took_back = false;  ///< it had been unregistered by hand, and that counts no more
};

struct [[nodiscard]] PinReport : AutoRegisterReport {
  std::optional<Pin> before;  ///< the pin that the oid had in `manual.reg.json`
};

/// Registers it, so that it is in the registry afterwards, whatever `unregister_symbol` did before.
ManualReport register_symbol(const Workspace& workspace, const ManualSymbol& symbol,
                             const Observer& observer = {});
/// Takes it out of the registry, so that it is not there afterwards, whichever sources declare it.
/// @throws also ObjectNotFound if it is not registered.
ManualReport unregister_symbol(const Workspace& workspace, const std::string& registry,
                               const std::string& oid, const std::string& target,
                               const Observer& observer = {});
/// Copies what is in some registries into another (ExCore: `merge`), now and in every later run.
ManualReport merge_registries(const Workspace& workspace, const std::string& into,
                              const std::vector<std::string>& from, Force force,
                              const Observer& observer = {});
/// Pins an implementation, in the place of the pin that its oid had: from now on it wins wherever
/// it applies.
/// @throws also RegistryNotFound, and ObjectNotFound for an oid or a target that is not registered,
/// with the nearest name; InputError if the reason cannot be one.
PinReport pin_symbol(const Workspace& workspace, const std::string& registry, const Pin& pin,
                     const Observer& observer = {});
/// Takes the pin of an oid away, also of one that is not registered any more.
/// @throws also ObjectNotFound if there is none.
PinReport unpin_symbol(const Workspace& workspace, const std::string& registry,
                       const std::string& oid, const Observer& observer = {});

}  // namespace reg
