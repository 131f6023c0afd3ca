#include <predicate/path_text.h>
#include <predicate/version_paths.h>
#include <algorithm>

namespace reg::ast {

const Operand* Frame::argument(const std::string& key) const {
  auto param = std::find(definition.params.begin(), definition.params.end(), key);
  if (param == definition.params.end()) return nullptr;
  return &call.arguments[static_cast<std::size_t>(param - definition.params.begin())];
}

namespace {

// Takes a path off the front of the text of one, with the argument in place of a parameter.
bool take_path(std::string_view& text, const Path& path, const Frame* frame) {
  if (path.scope == Scope::Self) return false;
  std::span<const std::string> keys = path.keys;
  if (const Operand* argument = argument_of(path, frame)) {
    const auto* inner = std::get_if<Path>(argument);
    if (inner == nullptr || !take_path(text, *inner, frame->caller)) return false;
    keys = keys.subspan(1);
  }
  return std::all_of(keys.begin(), keys.end(),
                     [&text](const std::string& key) { return take_segment(text, key); });
}

}  // namespace

bool VersionPaths::find_fact(const Path& path, const Frame* frame) const {
  return std::any_of(versions_->facts.begin(), versions_->facts.end(), [&](std::string_view fact) {
    return take_path(fact, path, frame) && fact.empty();
  });
}

bool VersionPaths::find_fact(const std::string& name) const {
  return std::any_of(versions_->facts.begin(), versions_->facts.end(), [&](std::string_view fact) {
    return take_segment(fact, name) && fact.empty();
  });
}

bool VersionPaths::find_field(std::span<const std::string> keys) const {
  const auto& fields = versions_->fields;
  return keys.size() == 1 && std::find(fields.begin(), fields.end(), keys.front()) != fields.end();
}

}  // namespace reg::ast
