#pragma once
/// @file plugin.hpp
/// For authors of plugins: declares an implementation beside its class.
///
/// Needs C++20 and nothing but the standard library. In source files only, never in a header.

#include <reg/plugin/declaration.hpp>
#include <reg/plugin/interface.hpp>

#ifndef __ELF__
#error "reg/plugin.hpp puts declarations into ELF files, which this compiler does not make"
#endif

#define REG_PLUGIN_JOIN_(a, b) a##b
#define REG_PLUGIN_JOIN(a, b) REG_PLUGIN_JOIN_(a, b)
#define REG_PLUGIN_IN(section_name) [[gnu::used, gnu::retain, gnu::section(section_name)]]

#define REG_SYMBOL(interface_, class_, ...) \
  REG_PLUGIN_SYMBOL(REG_PLUGIN_JOIN(reg_symbol_, __COUNTER__), interface_, class_, __VA_ARGS__)

#define REG_PLUGIN_SYMBOL(id, interface_, class_, ...)                                             \
  namespace id {                                                                                   \
  using Factory = ::reg::plugin::Factory<interface_>;                                              \
  static_assert(::std::is_base_of_v<interface_, class_>,                                           \
                #class_ " must derive from " #interface_);                                         \
  static_assert(::std::has_virtual_destructor_v<interface_>,                                       \
                #interface_ " needs a virtual destructor");                                        \
  static_assert(Factory::can_make<class_>,                                                         \
                #class_ " needs a constructor that takes the arguments of " #interface_);          \
  constexpr auto write = [](char* out) constexpr {                                                 \
    return ::reg::plugin::write(                                                                   \
        ::reg::plugin::Declaration{__VA_ARGS__},                                                   \
        {::reg::plugin::type_name<class_>.view(), ::reg::interface_of<interface_>::type::registry, \
         Factory::info, __FILE__, __LINE__},                                                       \
        out);                                                                                      \
  };                                                                                               \
  struct Json {                                                                                    \
    char text[write(nullptr)] = {};                                                                \
    consteval Json() { write(text); }                                                              \
  };                                                                                               \
  REG_PLUGIN_IN("reg_manifest") static constexpr Json json;                                        \
  static constexpr Factory factory{                                                                \
      {sizeof(::reg::plugin::Row), __LINE__, __FILE__, ::reg::plugin::type_name<class_>.data(),    \
       "", "", json.text + 6, sizeof(json.text) - 7, Factory::info},                               \
      &Factory::make<class_>,                                                                      \
      &Factory::remove};                                                                           \
  REG_PLUGIN_IN("reg_factories") static const ::reg::plugin::Row* const row = &factory;            \
  [[gnu::used, gnu::retain]] static const auto table = &reg_plugin_table_1;                        \
  }                                                                                                \
  static_assert(true)
