#pragma once
/// @file plugin/arguments.hpp
/// How the arguments of a factory are passed, told by a number that all compilers of one ABI agree
/// about, which the names of types are not. Which class or enum a type is, it does not tell.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace reg::plugin {

/// What a type is, in a number: as `int`, `float`, a class. The sizes of classes are left out,
/// since they may be incomplete behind a pointer or a reference.
template <typename Type>
consteval std::uint64_t kind_of() {
  if constexpr (std::is_pointer_v<Type>) {
    return 16 * kind_of<std::remove_pointer_t<Type>>() + 1;
  } else {
    const std::uint64_t scalar = std::is_same_v<std::remove_cv_t<Type>, bool> ? 1
                                 : std::is_floating_point_v<Type>             ? 2
                                 : std::is_integral_v<Type> ? (std::is_signed_v<Type> ? 3 : 4)
                                 : std::is_enum_v<Type>     ? 5
                                                            : 0;
    const std::uint64_t other = std::is_class_v<Type>      ? 6
                                : std::is_union_v<Type>    ? 7
                                : std::is_void_v<Type>     ? 8
                                : std::is_function_v<Type> ? 9
                                                           : 10;
    std::uint64_t kind = scalar == 0 ? other : scalar;
    if constexpr (std::is_arithmetic_v<Type> || std::is_enum_v<Type>) kind += 32 * sizeof(Type);
    return 2 * kind + (std::is_const_v<Type> ? 1 : 0);
  }
}

/// Likewise of an argument: by value, or which reference to what. Whether a value is const is
/// nothing to the caller.
template <typename Argument>
consteval std::uint64_t argument_kind() {
  if constexpr (std::is_lvalue_reference_v<Argument>) {
    return 4 * kind_of<std::remove_reference_t<Argument>>() + 1;
  } else if constexpr (std::is_rvalue_reference_v<Argument>) {
    return 4 * kind_of<std::remove_reference_t<Argument>>() + 2;
  } else {
    using Passed = std::decay_t<Argument>;
    return 4 * (kind_of<Passed>() + std::uint64_t{1024 * 1024} * sizeof(Passed));
  }
}

/// A hash of what the arguments are, in their order.
template <typename... Arguments>
consteval std::uint64_t argument_kinds() {
  std::uint64_t sum = 0xCBF29CE484222325;
  ((sum = (sum ^ argument_kind<Arguments>()) * 0x100000001B3), ...);
  return sum;
}

}  // namespace reg::plugin
