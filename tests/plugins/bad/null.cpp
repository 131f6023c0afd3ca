// A factory that was written by hand.
#include "codec.h"

#include <reg/plugin.hpp>

namespace {

using Factory = reg::plugin::Factory<demo::Codec>;

demo::Codec* nothing(int) { return nullptr; }

constexpr Factory factory{{sizeof(reg::plugin::Row), __LINE__, __FILE__, "make_nothing", "", "",
                           nullptr, 0, Factory::info},
                          &nothing,
                          &Factory::remove};
[[gnu::used, gnu::retain, gnu::section("reg_factories")]] const reg::plugin::Row* const row =
    &factory;
[[gnu::used]] const auto table = &reg_plugin_table_1;

}  // namespace
