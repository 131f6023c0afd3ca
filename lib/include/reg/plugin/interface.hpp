#pragma once
/// @file plugin/interface.hpp
/// What a class that implementations derive from says of itself, to hosts and plugins alike.
///
/// ```cpp
/// struct Codec {
///   using reg_interface = reg::Interface<"Codec", 2, int>;  // registry, version, arguments
///   virtual ~Codec() = default;
///   virtual int level() const = 0;
/// };
/// static_assert(reg::plugin::Factory<Codec>::info.version == 2);
/// ```

#include <reg/plugin/standard.hpp>
#ifndef REG_PLUGIN_IS_TOO_OLD

#include <cstddef>
#include <cstdint>
#include <reg/plugin/abi.hpp>
#include <reg/plugin/arguments.hpp>
#include <reg/plugin/type_name.hpp>
#include <type_traits>

namespace reg {

namespace plugin {

/// A text that can be a template's argument. Hidden, and with it what is made for one: what is
/// unique among all libraries of a process keeps a library from being unloaded.
template <std::size_t Size>
struct [[gnu::visibility("hidden")]] Text {
  char text[Size] = {};
  consteval Text(const char(&from)[Size]) {  // NOLINT(google-explicit-constructor)
    for (std::size_t i = 0; i < Size; ++i) text[i] = from[i];
  }
};

}  // namespace plugin

/// The registry that implementations are declared in, the interface's version, and the types of the
/// arguments that a factory takes. Another version is never called: raise it with every change of
/// the virtual functions, of their order, or of a type in them.
template <plugin::Text Registry, std::uint32_t Version = 1, typename... Arguments>
struct [[gnu::visibility("hidden")]] Interface {
  static constexpr plugin::Text name = Registry;  // a copy, since Registry itself is exported
  static constexpr const char* registry = name.text;
  static constexpr std::uint32_t version = Version;
};

/// The `Interface` of a class: its member `reg_interface`. Specialise it for a class of others:
/// `template <> struct reg::interface_of<ros::Planner> { using type = reg::Interface<"Planner">;
/// };`
template <typename Class>
struct interface_of {};
template <typename Class>
requires requires { typename Class::reg_interface; }
struct interface_of<Class> {
  using type = typename Class::reg_interface;
};

namespace plugin {

template <typename Class>
concept HasInterface = requires {
  typename interface_of<Class>::type;
};

template <typename Class, typename Declared>
struct FactoryOf;

/// A factory: what a row is the beginning of. Hidden: nothing of it is shared between libraries.
template <typename Class, Text Registry, std::uint32_t Version, typename... Arguments>
struct [[gnu::visibility("hidden")]] FactoryOf<Class, Interface<Registry, Version, Arguments...>>
    : Row {
  Class* (*create)(Arguments...);  ///< throws what the constructor throws
  void (*destroy)(Class*) noexcept;

  static constexpr InterfaceInfo info{
      type_name<Class>.data(),        Version, sizeof(Class), alignof(Class), sizeof...(Arguments),
      argument_kinds<Arguments...>(), abi};

  template <typename Made>
  static constexpr bool can_make = std::is_constructible_v<Made, Arguments...>;
  template <typename Made>
  static Class* make(Arguments... arguments) {
    return new Made(static_cast<Arguments&&>(arguments)...);
  }
  static void remove(Class * object) noexcept { delete object; }
};
template <HasInterface Class>
using Factory = FactoryOf<Class, typename interface_of<Class>::type>;

}  // namespace plugin
}  // namespace reg

#endif
