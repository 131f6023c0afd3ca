#pragma once
// Makes diagnostics.

#include <reg/error.h>
#include <string>

namespace reg {

Diagnostic error_at(Place place, std::string message, std::string hint = {},
                    std::string excerpt = {});
Diagnostic warning_at(Place place, std::string message, std::string hint = {});

}  // namespace reg
