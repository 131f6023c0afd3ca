#include <predicate/evaluation.h>
#include <predicate/origin.h>

namespace reg::ast {
namespace {

// What the origin of this info says of itself under a name; null: nothing.
const Json* fact_of_origin(const Json& info, std::string_view name) {
  const auto* object = info.get_ptr<const Json::object_t*>();
  if (object == nullptr) return nullptr;
  for (auto member = object->lower_bound(origin_field);
       member != object->end() && member->first.starts_with(origin_field); ++member) {
    const std::string_view behind = std::string_view(member->first).substr(origin_field.size());
    if (behind.starts_with('.') && behind.substr(1) == name) return &member->second;
  }
  return nullptr;
}

// Whether an operand is `self.origin` itself, by whatever parameters.
bool is_origin(const Operand& operand, const Frame* frame) {
  const auto* path = std::get_if<Path>(&operand);
  if (path == nullptr || path->keys.size() != 1) return false;
  if (path->scope == Scope::Self) return path->keys.front() == origin_field;
  const Operand* argument = argument_of(*path, frame);
  return argument != nullptr && is_origin(*argument, frame->caller);
}

}  // namespace

const Json* descend_info(const Json& info, std::span<const std::string> keys) {
  if (keys.size() > 1 && keys.front() == origin_field) {
    if (const Json* fact = fact_of_origin(info, keys[1])) return descend(fact, keys.subspan(2));
  }
  return descend(&info, keys);
}

const Json* descend_argument(const Json& info, const Json* value, const Operand& argument,
                             const Frame* frame, std::span<const std::string> below) {
  if (is_origin(argument, frame)) {
    if (const Json* fact = fact_of_origin(info, below.front()))
      return descend(fact, below.subspan(1));
  }
  return descend(value, below);
}

bool is_of_origin(std::span<const std::string> keys) { return keys.front() == origin_field; }

bool is_of_origin(std::string_view member) {
  return member == origin_field ||
         (member.starts_with(origin_field) && member.substr(origin_field.size()).starts_with('.'));
}

InfoPath info_path(std::span<const std::string> keys) {
  if (keys.size() > 1 && is_of_origin(keys)) return {keys[0] + '.' + keys[1], keys.subspan(2)};
  return {keys.front(), keys.subspan(1)};
}

}  // namespace reg::ast
