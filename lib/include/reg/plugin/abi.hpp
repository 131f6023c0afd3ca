#pragma once
/// @file plugin/abi.hpp
/// What a host finds in a library that was built with `reg/plugin.hpp`: the binary interface
/// between the two, which may have been built by other compilers and from other versions of this
/// file.
///
/// A library exports one function, `reg_plugin_table_1`, which gives its rows: one for each
/// `REG_SYMBOL` and `REG_FACTORY`. All of a row is plain data, so that a host can compare it with
/// what it expects before it calls anything. A row only grows at its end (`Row::size`); anything
/// else is another number in the function's name.

#include <cstddef>
#include <cstdint>

namespace reg::plugin {

/// What two programs must agree on before one calls the other's virtual functions.
struct InterfaceInfo {
  const char* type;              ///< the interface's name: `demo::Codec`
  std::uint32_t version;         ///< that its author gave it
  std::uint32_t size;            ///< of an object of its type, in bytes
  std::uint32_t alignment;       ///< likewise
  std::uint32_t arguments;       ///< how many a factory takes
  std::uint64_t argument_kinds;  ///< a hash of their sizes and kinds, in their order
  const char* abi;               ///< of the C++ that it is compiled to
};

/// One factory. All texts live as long as the library is loaded.
struct Row {
  std::uint32_t size;            ///< of this struct, without what `Factory` adds
  std::uint32_t line;            ///< of the declaration in `file`
  const char* file;              ///< the source file, as the compiler was given it
  const char* name;              ///< what follows the `:` in a target: a class, or a given name
  const char* registry;          ///< null: REG_FACTORY, which declares nothing
  const char* oid;               ///< likewise
  const char* declaration;       ///< JSON, not ended by a NUL; null: likewise
  std::size_t declaration_size;  ///< in bytes
  InterfaceInfo interface;
};

/// The rows of a library or of the running program.
struct Table {
  const Row* const* begin;
  const Row* const* end;
};

/// What a host looks for in a library.
[[gnu::visibility("hidden")]] inline constexpr char table_function[] = "reg_plugin_table_1";

/// The C++ that this is compiled to, as far as it changes how objects and calls look.
[[gnu::visibility("hidden")]] inline constexpr char abi[] =
    "itanium"
#if defined(_LIBCPP_VERSION)
    " libc++"
#elif defined(_GLIBCXX_USE_CXX11_ABI) && !_GLIBCXX_USE_CXX11_ABI
    " libstdc++ before C++11"
#else
    " libstdc++"
#endif
#if defined(_GLIBCXX_DEBUG)
    " debug"
#endif
    ;

}  // namespace reg::plugin

// Where the linker puts what REG_SYMBOL declares; null where nothing does.
extern "C" {
[[gnu::weak,
  gnu::visibility("hidden")]] extern const reg::plugin::Row* const __start_reg_factories[];
[[gnu::weak,
  gnu::visibility("hidden")]] extern const reg::plugin::Row* const __stop_reg_factories[];

/// The rows of the library that this is compiled into.
[[gnu::visibility("default")]] inline reg::plugin::Table reg_plugin_table_1() {
  return {__start_reg_factories, __stop_reg_factories};
}
}

namespace reg::plugin {

/// The rows of the program or library that the caller is linked into.
[[gnu::visibility("hidden")]] inline Table own_table() {
  return {__start_reg_factories, __stop_reg_factories};
}

}  // namespace reg::plugin
