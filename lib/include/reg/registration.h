#pragma once
/// @file registration.h
/// How symbols are registered in memory, what becomes of it, and `Registrations`, which count
/// together.
///
/// Plain values; any thread may use its own.
///
/// ```cpp
/// reg::Implementation resnet = reg::Implementation::of_target("nets.ResNet");
/// resnet.registries = {"Model"};
/// const std::vector<reg::Registered> outcome = store.settle(
///     {.symbols = {{resnet, {.replaces = "nets.OldResNet"}}},
///      .merges = {{.into = "Backbone", .from = {"Model"}}},
///      .unregister = {{.registry = "Backbone", .oid = "ViT", .target = "nets.ViT"}}});
/// assert(outcome.front() == reg::Registered::Yes);
/// assert(store.require_registry("Backbone").oids() == std::vector<std::string>{"ResNet"});
/// ```

#include <reg/error.h>
#include <reg/implementation.h>
#include <reg/workspace.h>
#include <cstdint>
#include <string>
#include <vector>

namespace reg {

/// Whether everything under the same oid is dropped first (logilab: `clear`).
enum class Clear : bool { No, Yes };

/// What a newcomer does to what is there.
struct RegisterOptions {
  /// Takes the place, also in the order, of what the rules of one oid do not allow beside it.
  Force force = Force::No;
  Clear clear = Clear::No;
  /// A target that is taken out, under whatever oids of the registry it is; empty: none (logilab:
  /// `register_and_replace`).
  std::string replaces = {};
};

/// What became of a registration that was no error.
enum class Registered : std::uint8_t {
  Yes,       ///< it counts
  Locked,    ///< registration is locked: nothing was done
  Abstract,  ///< it is abstract: nothing was done
  Excluded,  ///< its `when` does not hold: it was checked, and nothing was done
};

/// What became of a request to unregister.
enum class Unregistered : std::uint8_t {
  Yes,
  Locked,    ///< registration is locked: nothing was done
  NotFound,  ///< there is no such symbol: warned about
};

/// A symbol to be registered: the `[[symbols]]` of a manifest.
struct Registration {
  Implementation implementation;  ///< its `registries`, or else `symbol.registry`, say where
  RegisterOptions options = {};
};

/// Registrations that count together, whatever order their registries are looked at in: what one
/// workspace declares (`RegistryStore::settle`).
struct Registrations {
  /// Copies of the symbols of other registries: the `[[merge]]` of a manifest.
  struct Merge {
    std::string into = {};
    std::vector<std::string> from = {};
    Force force = Force::No;  ///< lets copies take a place as it does for a symbol
    Place place = {};         ///< named by what is wrong with it; may be left out
  };
  /// What is not to be there in the end: the `[[unregister]]` of a manifest.
  struct Removal {
    std::string registry = {};
    std::string oid = {};
    std::string target = {};
    Place place = {};  ///< named by the warning if it is not found; may be left out
  };

  std::vector<Registration> symbols = {};  ///< in the order of registration
  std::vector<Merge> merges = {};
  std::vector<Removal> unregister = {};
};

}  // namespace reg
