#pragma once
/// @file plugin/standard.hpp
/// Says so where a compiler reads an older C++, before anything that it does not understand.

#if __cplusplus < 202002L
#error "reg/plugin.hpp needs C++20: compile with -std=c++20"
#define REG_PLUGIN_IS_TOO_OLD
#endif
