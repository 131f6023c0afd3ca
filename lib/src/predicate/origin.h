#pragma once
// What the info of a symbol of another origin has beside its fields: the name of the origin as
// `origin`, and each fact that the origin publishes of itself as `origin.FACT`. So
// `self.origin.x.y` is read from the member `origin.x`. No field can have such a name.

#include <predicate/frame.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

inline constexpr std::string_view origin_field = "origin";

namespace ast {

// What `self.` and these keys lead to in a candidate's info; null: nothing. All who resolve fields
// ask this.
const Json* descend_info(const Json& info, std::span<const std::string> keys);

// The same below a parameter that stands for a field, whose value that is.
const Json* descend_argument(const Json& info, const Json* value, const Operand& argument,
                             const Frame* frame, std::span<const std::string> below);

// Whether keys name the origin of a symbol or a fact of it.
bool is_of_origin(std::span<const std::string> keys);

// Whether a member of an info is of that kind, by its name.
bool is_of_origin(std::string_view member);

// Where that is looked up: a member of the info, and the keys into its value.
struct InfoPath {
  std::string member;
  std::span<const std::string> below;
};
InfoPath info_path(std::span<const std::string> keys);

}  // namespace ast
}  // namespace reg
