#pragma once
/// @file plugin.hpp
/// For authors of plugins: declares an implementation beside its class.
///
/// Needs C++20 (GCC 12 or clang 14) and nothing but the standard library. For source files, never
/// for a header: each translation unit that has the declaration declares it.
///
///     struct Png : Codec { … };
///     REG_SYMBOL(Codec, Png, .oid = "image", .info = {{"ext", "png"}}, .select = "ext ==
///     self.ext");
///
/// The declaration becomes JSON in the section `reg_manifest` of what it is linked into, where
/// `reg auto-register` finds it without loading anything, and a factory that hosts find by the
/// class's name. What is wrong with it (a predicate that does not parse, a name that cannot be one,
/// a value that is no JSON) is a compile error that says what and where.
///
/// ```cpp
/// const reg::plugin::Table table = reg::plugin::own_table();
/// assert(std::any_of(table.begin, table.end, [](const reg::plugin::Row* row) {
///   return std::string_view(row->name) == "Png" && std::string_view(row->oid) == "image";
/// }));
/// ```

#include <reg/plugin/standard.hpp>
#ifdef REG_PLUGIN_IS_TOO_OLD
#define REG_SYMBOL(...) static_assert(true, "")
#define REG_FACTORY(...) static_assert(true, "")
#else

#include <reg/plugin/abi.hpp>
#include <reg/plugin/declaration.hpp>
#include <reg/plugin/interface.hpp>
#include <reg/plugin/message.hpp>
#include <reg/plugin/type_name.hpp>

#ifndef __ELF__
#error "reg/plugin.hpp puts declarations into ELF files, which this compiler does not make"
#endif

/// `REG_SYMBOL(Interface, Class, .oid = "…", …);` at namespace scope declares that `Class`
/// implements `Interface`. What follows the class are members of `reg::plugin::Declaration`, by
/// name and in their order. A class may be declared several times; its factory stands under its
/// qualified name. A type with a comma stands in parentheses: `REG_SYMBOL(Codec, (Gemm<float,
/// 3>));`.
#define REG_SYMBOL(interface_, ...) REG_PLUGIN_SYMBOL(__COUNTER__, interface_, __VA_ARGS__)

/// `REG_FACTORY(Interface, Class, name);` at namespace scope gives a factory to a symbol that a
/// manifest declares: `target = "libgemm.so:name"`.
#define REG_FACTORY(interface_, class_, name_) \
  REG_PLUGIN_FACTORY(REG_PLUGIN_JOIN(reg_plugin_factory_, __COUNTER__), interface_, class_, #name_)

#define REG_PLUGIN_JOIN_(a, b) a##b
#define REG_PLUGIN_JOIN(a, b) REG_PLUGIN_JOIN_(a, b)
#define REG_PLUGIN_IN(section_name) [[gnu::used, gnu::retain, gnu::section(section_name)]]

// A type without the parentheses that it may stand in.
#define REG_PLUGIN_TYPE(type) REG_PLUGIN_BARE(REG_PLUGIN_OPEN type)
#define REG_PLUGIN_OPEN(...) REG_PLUGIN_OPEN __VA_ARGS__
#define REG_PLUGIN_BARE(...) REG_PLUGIN_BARE_(__VA_ARGS__)
#define REG_PLUGIN_BARE_(...) REG_PLUGIN_NO_##__VA_ARGS__
#define REG_PLUGIN_NO_REG_PLUGIN_OPEN

// All names are the translation unit's own, and none is one that a class may have.
#define REG_PLUGIN_TYPES(interface_, class_)                                                 \
  using reg_plugin_interface = REG_PLUGIN_TYPE(interface_);                                  \
  using reg_plugin_class = REG_PLUGIN_TYPE(class_);                                          \
  static_assert(                                                                             \
      ::reg::plugin::HasInterface<reg_plugin_interface>,                                     \
      "the interface needs `using reg_interface = reg::Interface<\"Registry\">;` in it, "    \
      "or a specialisation of reg::interface_of");                                           \
  static_assert(::std::has_virtual_destructor_v<reg_plugin_interface>,                       \
                "the interface needs a virtual destructor");                                 \
  static_assert(::std::is_convertible_v<reg_plugin_class*, reg_plugin_interface*>,           \
                "the class must derive from the interface, publicly and once");              \
  static_assert(!::std::is_abstract_v<reg_plugin_class>,                                     \
                "the class is abstract: it leaves out a virtual function of the interface"); \
  using reg_plugin_factory = ::reg::plugin::Factory<reg_plugin_interface>;                   \
  static_assert(reg_plugin_factory::can_make<reg_plugin_class>,                              \
                "the class needs a constructor that takes the arguments of reg_interface");

#define REG_PLUGIN_ROW(...)                                                                    \
  [[maybe_unused]] static constexpr reg_plugin_factory reg_plugin_row{                         \
      {sizeof(::reg::plugin::Row), __LINE__, __FILE__, __VA_ARGS__, reg_plugin_factory::info}, \
      &reg_plugin_factory::make<reg_plugin_class>,                                             \
      &reg_plugin_factory::remove};                                                            \
  REG_PLUGIN_IN("reg_factories")                                                               \
  static const ::reg::plugin::Row* const reg_plugin_row_pointer = &reg_plugin_row;             \
  [[gnu::used, gnu::retain]] static const auto reg_plugin_table_pointer = &reg_plugin_table_1;

#define REG_PLUGIN_SYMBOL(nth, interface_, ...) \
  REG_PLUGIN_NTH_SYMBOL(nth, REG_PLUGIN_JOIN(reg_plugin_symbol_, nth), interface_, __VA_ARGS__)
#define REG_PLUGIN_NTH_SYMBOL(nth, id, interface_, class_, ...)                                   \
  namespace {                                                                                     \
  namespace id {                                                                                  \
  REG_PLUGIN_TYPES(interface_, class_)                                                            \
  constexpr auto reg_plugin_maker =                                                               \
      [](::reg::plugin::Making reg_plugin_making, char* reg_plugin_out) constexpr {               \
    return ::reg::plugin::make(                                                                   \
        ::reg::plugin::Declaration{__VA_ARGS__},                                                  \
        ::reg::plugin::Surroundings{::reg::plugin::type_name<reg_plugin_class>.view(),            \
                                    ::reg::interface_of<reg_plugin_interface>::type::registry,    \
                                    reg_plugin_factory::info, __FILE__, __LINE__, nth},           \
        reg_plugin_making, reg_plugin_out);                                                       \
  };                                                                                              \
  constexpr ::reg::plugin::Finding reg_plugin_finding =                                           \
      reg_plugin_maker(::reg::plugin::Making::Check, nullptr).finding;                            \
  constexpr ::reg::plugin::Finding reg_plugin_select =                                            \
      reg_plugin_maker(::reg::plugin::Making::CheckSelect, nullptr).finding;                      \
  constexpr ::reg::plugin::Finding reg_plugin_when =                                              \
      reg_plugin_maker(::reg::plugin::Making::CheckWhen, nullptr).finding;                        \
  static_assert(REG_PLUGIN_IS_WELL(::reg::plugin::first_of(reg_plugin_finding, reg_plugin_select, \
                                                           reg_plugin_when)),                     \
                "the declaration is wrong: see the messages around this one");                    \
  constexpr ::reg::plugin::Described reg_plugin_described =                                       \
      reg_plugin_maker(::reg::plugin::Making::Measure, nullptr);                                  \
  REG_PLUGIN_IN("reg_manifest")                                                                   \
  static constexpr ::reg::plugin::Entry<reg_plugin_described.size> reg_plugin_entry{              \
      reg_plugin_maker};                                                                          \
  static constexpr ::reg::plugin::Names<reg_plugin_described.names_size> reg_plugin_names{        \
      reg_plugin_maker};                                                                          \
  REG_PLUGIN_ROW(::reg::plugin::type_name<reg_plugin_class>.data(), reg_plugin_names.text,        \
                 reg_plugin_names.text + reg_plugin_described.registry + 1,                       \
                 reg_plugin_entry.json(), reg_plugin_entry.json_size())                           \
  }                                                                                               \
  }                                                                                               \
  static_assert(true)

#define REG_PLUGIN_FACTORY(id, interface_, class_, name_)                                       \
  namespace {                                                                                   \
  namespace id {                                                                                \
  REG_PLUGIN_TYPES(interface_, class_)                                                          \
  constexpr ::reg::plugin::Finding reg_plugin_finding =                                         \
      ::reg::plugin::name_finding("REG_FACTORY", name_, ::reg::grammar::object_problem(name_)); \
  static_assert(REG_PLUGIN_IS_WELL(reg_plugin_finding),                                         \
                "the name is wrong: see the messages around this one");                         \
  REG_PLUGIN_ROW(name_, nullptr, nullptr, nullptr, 0)                                           \
  }                                                                                             \
  }                                                                                             \
  static_assert(true)

#endif
