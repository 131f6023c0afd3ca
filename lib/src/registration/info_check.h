#pragma once
// What is wrong with a symbol's info.

#include <reg/error.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <string>
#include <vector>

namespace reg {

struct InfoProblem {
  std::string field;
  bool undeclared = false;  // it is no field; else: the value is of another type
  std::string message, hint;
};

// Fields that the registry does not declare, and values of another type than their field's.
std::vector<InfoProblem> check_info(const Json& info, const RegistryInfo& registry);

}  // namespace reg
