#pragma once
/// @file loader.h
/// For hosts: selects an implementation, loads its library alone, and makes an instance.
///
/// What implementations there are is told by a cache, and by the declarations (`REG_SYMBOL`) that
/// are linked into the code that makes the `Loader`. The latter come first, in the order in which
/// they are linked: so they win ties, and their `force` and `clear` look back at what is linked in
/// before them, and at nothing of the cache. `replaces` drops what it names from both. They are in
/// the registry that they name: `[[merge]]` does not reach them. They are checked against what the
/// cache declares of it, as `reg auto-register` checks libraries.
///
/// A library is looked for
/// beside the source that declares it, then in the workspace's `library_path`, then by the dynamic
/// linker; one that another origin publishes (remote.h) only by a bare file name in `library_path`,
/// and only with `[remote] load = true`. What may not be loaded so is no candidate, where there are
/// others of its oid. It is loaded with `RTLD_NOW | RTLD_LOCAL`, and stays
/// (`Unload`). Before anything in it is called, the interface that its factory was compiled for is
/// compared with the caller's.
///
/// ```cpp
/// const reg::Cache cache = reg::Cache::open(reg::Workspace::find().cache());
/// auto codec = reg::Plugin<Codec>::select(cache, "image", {{"ext", "png"}});
/// assert(codec->name() == "png");
/// try {
///   (void)reg::Plugin<Codec>::by_id(cache, "sound");
/// } catch (const reg::PluginError& error) {
///   assert(error.failure() == reg::PluginFailure::NoLibrary);
/// }
/// ```

#include <reg/cache.h>
#include <reg/error.h>
#include <concepts>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <reg/plugin/interface.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace reg {

/// What went wrong on the way to an instance.
enum class PluginFailure : std::uint8_t {
  NoLibrary,       ///< the target names no library, or there is no such file
  NotLoaded,       ///< the dynamic linker refused it; its words are in the message
  NoFactory,       ///< it was loaded, and has no factory of that name, or several
  OtherInterface,  ///< its factory makes something else
  OtherVersion,    ///< another version of the interface, or compiled to another C++ ABI
  NoInstance,      ///< the factory, or the constructor, threw, or gave nothing
};
/// `"no-library"`, …
[[nodiscard]] const char* to_string(PluginFailure failure);

/// An implementation could not be loaded, or made no instance; kind Plugin. `what()` names the
/// symbol, its library's file and the source that declares it, and says why.
class PluginError : public RegistryError {
 public:
  /// `library`: empty if it was not found, or none is needed.
  PluginError(PluginFailure failure, Symbol symbol, std::filesystem::path library,
              std::string reason, std::string hint = {});

  [[nodiscard]] PluginFailure failure() const noexcept { return failure_; }
  /// What was selected.
  [[nodiscard]] const Symbol& symbol() const noexcept { return *symbol_; }
  /// The library's file; empty: it was not found, or none is needed.
  [[nodiscard]] const std::filesystem::path& library() const noexcept { return *library_; }
  /// The part of `what()` that says why, in the dynamic linker's or the exception's own words where
  /// there are any.
  [[nodiscard]] const std::string& reason() const noexcept { return *reason_; }

 private:
  PluginFailure failure_;
  // Shared, so that copying an exception does not throw.
  std::shared_ptr<const Symbol> symbol_;
  std::shared_ptr<const std::filesystem::path> library_;
  std::shared_ptr<const std::string> reason_;
};

/// What `Plugin::select` does where the best implementation cannot be had.
enum class Fallback : bool {
  None,  ///< throws
  /// Tries the next best one that applies, and so on. Arguments that cannot be copied are for the
  /// first one whose library loads: where that makes no instance, on_failure is told, and it
  /// throws.
  NextBest,
};

/// What to do about implementations whose library is known not to load (`reg status` lists them).
enum class KnownFailures : bool {
  Select,  ///< select them as if nothing had happened: the library is tried again
  /// Leave them out, as long as neither they nor what they depend on changed, nor this program, nor
  /// LD_LIBRARY_PATH. `by_id`, which does not choose, tries what it names all the same, unless this
  /// very Loader met the failure.
  Skip,
};

/// What becomes of a library that nothing is used of any more.
enum class Unload : bool {
  Never,  ///< it stays: an exception that its code threw may still be on its way through it
  /// It goes with the last instance and `Plugin` of it; then a library that was built anew can be
  /// loaded by the same process. Nothing of it may be left: no exception that it threw, no text or
  /// other object of its own, no thread-local with a destructor.
  WhenUnused,
};

struct LoaderOptions {
  Fallback fallback = Fallback::None;
  KnownFailures known_failures = KnownFailures::Select;
  Unload unload = Unload::Never;
  /// Told of every implementation that Fallback::NextBest passes by; called by the thread that
  /// selects.
  std::function<void(const PluginError& error)> on_failure = {};
  /// The folder that the cache's sources are relative to. Empty: that of the workspace that the
  /// cache was opened of; or else the one whose `.reg` the cache lies in, or the current workspace
  /// (`Workspace::find`), if the cache is that one's.
  std::filesystem::path root = {};
  /// Laid over the facts that the cache was written with (`[facts]` and `--define`): what the
  /// `when` of declarations that are linked in is evaluated against.
  Json facts = Json::object();
};

struct LoaderState;

/// Where implementations are selected from, and how they are loaded. A cheap value; copies share
/// what they know of failures: within one Loader, a library that could not be loaded is not tried
/// again before it, or what it depends on, has changed. Any number of threads may use one.
class Loader {
 public:
  /// Of a cache, which stays open as long as this or a `Plugin` of it needs it, and of what is
  /// linked into the code that calls this.
  // NOLINTNEXTLINE(google-explicit-constructor): a cache is enough to select from
  Loader(const Cache& cache, LoaderOptions options = LoaderOptions(),
         plugin::Table linked_in = plugin::own_table());
  /// Of what is linked into the code that calls this alone.
  explicit Loader(LoaderOptions options = LoaderOptions(),
                  plugin::Table linked_in = plugin::own_table());

 private:
  friend struct InsideLoader;
  std::shared_ptr<const LoaderState> state_;
};

/// An oid, in the interface's own registry or in another one.
struct PluginId {
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view>
  // NOLINTNEXTLINE(google-explicit-constructor): an oid is enough
  PluginId(const Text& its_oid, std::string_view its_registry = {})
      : oid(std::string_view(its_oid)), registry(its_registry) {}

  std::string oid;
  std::string registry;  ///< empty: the interface's
};

/// A chosen implementation, whatever its interface: what a `Plugin` is made of. One object is used
/// by one thread at a time; copies are independent, and share the library once it is loaded.
class ChosenPlugin {
 public:
  [[nodiscard]] const Symbol& symbol() const noexcept { return candidate_.symbol; }
  [[nodiscard]] double score() const noexcept { return candidate_.score; }
  /// The implementations that share its score, if there are any: the first registered was chosen.
  [[nodiscard]] const std::optional<Tie>& tie() const noexcept { return tie_; }
  [[nodiscard]] bool loaded() const noexcept { return factory_ != nullptr; }
  /// The file it was loaded from; empty: it is not loaded, or linked in.
  [[nodiscard]] const std::filesystem::path& library() const noexcept { return library_; }
  /// Loads it, unless it is. @throws PluginError.
  void load();

 protected:
  friend struct InsideLoader;
  ChosenPlugin(std::shared_ptr<const LoaderState> state, const plugin::InterfaceInfo& wanted,
               Candidate candidate);
  /// In the handler of what a factory threw. @throws PluginError with its words; goes on where the
  /// thread is cancelled.
  [[noreturn]] void rethrow() const;
  [[noreturn]] void made_nothing() const;  ///< @throws PluginError

  std::shared_ptr<const LoaderState> state_;
  const plugin::InterfaceInfo* wanted_;
  Candidate candidate_;
  std::optional<Tie> tie_;
  const plugin::Row* row_ = nullptr;  // of what is linked in
  std::filesystem::path library_;
  std::shared_ptr<const void> keep_;  // the library; null: it is linked in
  const void* factory_ = nullptr;     // the functions behind the row
};

/// The implementations to be tried for one selection, best first. Not for use by programs.
class PluginAttempts {
 public:
  enum class OrNone : bool { No, Yes };
  /// @throws as `Plugin::select`.
  PluginAttempts(const Loader& loader, const plugin::InterfaceInfo& wanted, std::string registry,
                 const std::string& oid, const Context& context, OrNone or_none);
  /// The next one to be tried; null: none is left, and none was there to be tried.
  /// @throws PluginError, that of the first, if none is left.
  ChosenPlugin* next();
  /// The last one could not be had, and no other will be tried: its error is thrown by the caller.
  void gave_up(const PluginError& error);
  /// The last one could not be had. @throws its error, if no other may be tried.
  void failed(const PluginError& error);
  /// Whether another may be tried where one fails.
  [[nodiscard]] bool falls_back() const { return falls_back_; }

 private:
  std::vector<ChosenPlugin> plugins_;
  std::size_t tried_ = 0;
  std::vector<PluginError> errors_;
  bool falls_back_ = false;
  std::function<void(const PluginError& error)> on_failure_;
};

/// What `Plugin<Interface>` does apart from types. Not for use by programs.
struct PluginSelection {
  static ChosenPlugin choose(const Loader& loader, const plugin::InterfaceInfo& wanted,
                             std::string registry, const std::string& oid, const Context& context);
  static std::optional<ChosenPlugin> choose_or_none(const Loader& loader,
                                                    const plugin::InterfaceInfo& wanted,
                                                    std::string registry, const std::string& oid,
                                                    const Context& context);
  static ChosenPlugin by_id(const Loader& loader, const plugin::InterfaceInfo& wanted,
                            std::string registry, const std::string& oid);
  static std::vector<ChosenPlugin> possible(const Loader& loader,
                                            const plugin::InterfaceInfo& wanted,
                                            std::string registry, const Context& context);
};

/// Destroys an instance in the library that made it, and then lets that library go. One that was
/// used, or that has no library, deletes as `delete` does.
template <typename Interface>
class PluginDeleter {
 public:
  using Destroy = void (*)(Interface*) noexcept;
  PluginDeleter() = default;
  PluginDeleter(Destroy destroy, std::shared_ptr<const void> keep)
      : destroy_(destroy), keep_(std::move(keep)) {}
  void operator()(Interface* object) noexcept {
    static_assert(std::has_virtual_destructor_v<Interface>,
                  "the interface needs a virtual destructor");
    const std::shared_ptr<const void> keep = std::move(keep_);
    if (const Destroy destroy = std::exchange(destroy_, nullptr)) {
      destroy(object);
    } else {
      delete object;
    }
  }

 private:
  Destroy destroy_ = nullptr;
  std::shared_ptr<const void> keep_;
};

/// An instance, which keeps its library loaded, and may outlive the rest of what is here.
template <typename Interface>
using PluginPtr = std::unique_ptr<Interface, PluginDeleter<Interface>>;

/// Implementations of an interface (plugin/interface.hpp): `Plugin<Codec>::select(…)` gives an
/// instance of the best one; an object of it is a chosen implementation, which is loaded when it is
/// first needed and may make any number of instances.
///
/// All functions throw what `Cache::score` throws, InputError for a declaration that is linked in
/// and cannot be used, and PluginError for what cannot be loaded. Registration order decides ties.
/// `arguments` are those that the interface declares.
template <typename Interface>
class Plugin : public ChosenPlugin {
  using Factory = plugin::Factory<Interface>;
  using Create = decltype(Factory::create);
  struct Functions {
    Create create;
    typename PluginDeleter<Interface>::Destroy destroy;
  };
  template <typename... Given>
  static constexpr bool fits = std::is_invocable_r_v<Interface*, Create, Given...>;

 public:
  using Ptr = PluginPtr<Interface>;

  /// An instance of the best implementation. @throws also RegistryNotFound, ObjectNotFound,
  /// NoSelectableObject.
  template <typename... Given>
  [[nodiscard]] static Ptr select(const Loader& loader, const PluginId& id, const Context& context,
                                  Given&&... arguments) {
    return made(attempts(loader, id, context, PluginAttempts::OrNone::No),
                std::forward<Given>(arguments)...);
  }
  /// The same; null if none applies or there is no such oid. That one applies and cannot be had is
  /// an error all the same. @throws also RegistryNotFound.
  template <typename... Given>
  [[nodiscard]] static Ptr select_or_none(const Loader& loader, const PluginId& id,
                                          const Context& context, Given&&... arguments) {
    return made(attempts(loader, id, context, PluginAttempts::OrNone::Yes),
                std::forward<Given>(arguments)...);
  }
  /// An instance of the only implementation of an oid, whatever its predicate says.
  /// @throws also RegistryNotFound, ObjectNotFound; SelectAmbiguity if there are several.
  template <typename... Given>
  [[nodiscard]] static Ptr by_id(const Loader& loader, const PluginId& id, Given&&... arguments) {
    Plugin only(PluginSelection::by_id(loader, Factory::info, registry_of(id), id.oid));
    return only.create(std::forward<Given>(arguments)...);
  }

  /// The best implementation, not loaded yet. @throws as `select`.
  [[nodiscard]] static Plugin choose(const Loader& loader, const PluginId& id,
                                     const Context& context) {
    return Plugin(PluginSelection::choose(loader, Factory::info, registry_of(id), id.oid, context));
  }
  /// The same; nothing if none applies or there is no such oid. @throws also RegistryNotFound.
  [[nodiscard]] static std::optional<Plugin> choose_or_none(const Loader& loader,
                                                            const PluginId& id,
                                                            const Context& context) {
    auto chosen =
        PluginSelection::choose_or_none(loader, Factory::info, registry_of(id), id.oid, context);
    if (!chosen) return std::nullopt;
    return Plugin(std::move(*chosen));
  }
  /// The best implementation of every oid of a registry (empty: the interface's), sorted by oid,
  /// not loaded yet; oids where none applies are left out. @throws also RegistryNotFound.
  [[nodiscard]] static std::vector<Plugin> possible(const Loader& loader, const Context& context,
                                                    std::string_view registry = {}) {
    std::vector<Plugin> plugins;
    for (ChosenPlugin& one :
         PluginSelection::possible(loader, Factory::info, registry_of({"", registry}), context))
      plugins.push_back(Plugin(std::move(one)));
    return plugins;
  }

  /// A new instance; loads the library if need be. Afterwards a call costs little more than that of
  /// a factory in the program. @throws PluginError.
  template <typename... Given>
  [[nodiscard]] Ptr create(Given&&... arguments) {
    static_assert(fits<Given...>, "the arguments are not those that its reg_interface declares");
    if constexpr (fits<Given...>) {
      if (factory_ == nullptr) load();
      const auto& functions = *static_cast<const Functions*>(factory_);
      Interface* object = nullptr;
      try {
        object = functions.create(std::forward<Given>(arguments)...);
      } catch (...) {
        rethrow();
      }
      if (object == nullptr) made_nothing();
      return Ptr(object, {functions.destroy, keep_});
    }
  }

 private:
  explicit Plugin(ChosenPlugin chosen) : ChosenPlugin(std::move(chosen)) {}

  static std::string registry_of(const PluginId& id) {
    return id.registry.empty() ? plugin_registry() : id.registry;
  }
  static std::string plugin_registry() { return interface_of<Interface>::type::registry; }
  static PluginAttempts attempts(const Loader& loader, const PluginId& id, const Context& context,
                                 PluginAttempts::OrNone or_none) {
    return {loader, Factory::info, registry_of(id), id.oid, context, or_none};
  }
  // A factory may have taken an argument before it threw; what is tried next is given a copy.
  template <typename Given>
  using Again = std::conditional_t<std::is_lvalue_reference_v<Given>, Given,
                                   const std::remove_reference_t<Given>&>;

  template <typename... Given>
  static Ptr made(PluginAttempts attempts, Given&&... arguments) {
    while (ChosenPlugin* chosen = attempts.next()) {
      Plugin plugin(std::move(*chosen));
      try {
        if (!attempts.falls_back()) return plugin.create(std::forward<Given>(arguments)...);
        plugin.load();
        if constexpr (fits<Again<Given>...>) {
          return plugin.create(static_cast<Again<Given>>(arguments)...);
        }
      } catch (const PluginError& error) {
        attempts.failed(error);
        continue;
      }
      // Arguments that cannot be copied are for the first one that loads.
      try {
        return plugin.create(std::forward<Given>(arguments)...);
      } catch (const PluginError& error) {
        attempts.gave_up(error);
        throw;
      }
    }
    return nullptr;
  }
};

}  // namespace reg
