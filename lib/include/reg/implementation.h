#pragma once
/// @file implementation.h
/// What a program registers at run time: `Implementation`, a symbol together with what only a
/// running program can have of it, such as a predicate in C++ and a `Factory`.
///
/// Plain values: copies are independent, but share the callables in them. Whichever thread selects
/// calls those, so they must be safe from all threads that do. What was moved from may be destroyed
/// and assigned to; its predicates are as they were.
///
/// ```cpp
/// struct Codec { virtual ~Codec() = default; };
/// struct Png : Codec {};
/// auto png = reg::Implementation::of_class<Codec, Png>(
///     "image", {.select = reg::Predicate::parse("ext == 'png'")});
/// std::unique_ptr<Codec> codec = png.factory.create<Codec>({{"ext", "png"}});
/// assert(dynamic_cast<Png*>(codec.get()));
/// assert(png.symbol.oid == "image");
/// ```

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <typeindex>
#include <utility>
#include <vector>

namespace reg {

class Registry;

/// Called at the end of registration, with the registry that the implementation is in, by the
/// thread that ends it. It may register and unregister, here and elsewhere (logilab:
/// `__registered__`).
using RegisteredHook = std::function<void(Registry& registry)>;

/// The name of a C++ type as a target: `ns::Class`, without blanks.
[[nodiscard]] std::string type_target(const std::type_index& type);

/// Makes instances of one interface; may be empty.
class Factory {
 public:
  /// An empty one.
  Factory() = default;

  /// Makes instances by calling `make`, a `(const Context&) -> std::unique_ptr<…>` or
  /// `() -> std::unique_ptr<…>`.
  template <typename Interface, typename Make>
  [[nodiscard]] static Factory of(Make make);
  /// Makes instances of `Class`, from the context where it has such a constructor, else by default.
  template <typename Interface, typename Class>
  [[nodiscard]] static Factory of_class();

  /// Whether it is not empty.
  explicit operator bool() const { return maker_ != nullptr; }

  /// A new instance, which the caller owns; null only if the factory's callable returned null.
  /// @throws UsageError if it is empty, or makes another interface; what the constructor throws.
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> create(const Context& context = Context::object()) const;

 private:
  template <typename Interface>
  using Maker = std::function<std::unique_ptr<Interface>(const Context&)>;

  /// The `Maker` of that interface; throws if there is another one, or none.
  const void* require(const std::type_index& interface) const;

  std::type_index interface_ = typeid(void);
  std::shared_ptr<const void> maker_;
};

/// Whether a symbol is there to be registered, or only to be derived from (logilab:
/// `__abstract__`).
enum class Abstract : bool { No, Yes };

/// What may be said of an implementation besides its oid and target; all of it may be left out.
struct ImplementationOptions {
  Json info = Json::object();            ///< values by field name
  std::optional<Predicate> select = {};  ///< scores it; not set: its registry's does, if any
  std::optional<Predicate> when = {};    ///< registered only if this holds for the store's facts
  std::string doc = {};
  RegisteredHook on_registered = {};  ///< may be empty
};

/// An implementation as it is given to a registry.
struct Implementation {
  Symbol symbol = {};                       ///< `select` is ignored if `predicate` is set
  std::optional<Predicate> predicate = {};  ///< scores it; may call C++ (logilab: `__select__`)
  std::optional<Predicate> when = {};       ///< registered only if this holds for the store's facts
  std::vector<std::string> registries =
      {};                             ///< empty: `symbol.registry` (logilab: `__registries__`)
  Abstract abstract = Abstract::No;   ///< if so, registering it does nothing
  Factory factory = {};               ///< makes its instances; may be empty
  RegisteredHook on_registered = {};  ///< may be empty

  /// Something that this program only knows by its target.
  [[nodiscard]] static Implementation of_target(std::string target, std::string oid = {},
                                                ImplementationOptions options = {});
  /// A C++ class behind an interface; the target is the class's name. An empty oid stands for the
  /// last component of that.
  template <typename Interface, typename Class>
  [[nodiscard]] static Implementation of_class(std::string oid, ImplementationOptions options = {});
};

template <typename Interface, typename Make>
Factory Factory::of(Make make) {
  Factory factory;
  factory.interface_ = typeid(Interface);
  if constexpr (std::is_invocable_v<const Make&, const Context&>) {
    factory.maker_ = std::make_shared<const Maker<Interface>>(std::move(make));
  } else {
    factory.maker_ = std::make_shared<const Maker<Interface>>(
        [make = std::move(make)](const Context&) { return make(); });
  }
  return factory;
}

template <typename Interface, typename Class>
Factory Factory::of_class() {
  static_assert(std::is_convertible_v<Class*, Interface*>,
                "the class must implement the interface");
  return of<Interface>([](const Context& context) -> std::unique_ptr<Interface> {
    if constexpr (std::is_constructible_v<Class, const Context&>) {
      return std::make_unique<Class>(context);
    } else {
      (void)context;
      return std::make_unique<Class>();
    }
  });
}

template <typename Interface>
std::unique_ptr<Interface> Factory::create(const Context& context) const {
  return (*static_cast<const Maker<Interface>*>(require(typeid(Interface))))(context);
}

template <typename Interface, typename Class>
Implementation Implementation::of_class(std::string oid, ImplementationOptions options) {
  Implementation made = of_target(type_target(typeid(Class)), std::move(oid), std::move(options));
  made.factory = Factory::of_class<Interface, Class>();
  return made;
}

}  // namespace reg
