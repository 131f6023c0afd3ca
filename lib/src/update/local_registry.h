#pragma once
// A class such as `Registry` or `PluginRegistry` that a project has of its own, as many do, and the
// `[[scan]]`s that read what is registered with it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A parameter of a function, without `self`.
struct Parameter {
  std::string name;
  bool keyword_only = false;
  bool optional = false;
};

struct LocalRegistry {
  std::string name;
  std::vector<Parameter> made_with;  // of `__init__`
  // Of `register` and `register_module`; not set where it has no such method.
  std::optional<std::vector<Parameter>> with_register, with_register_module;
};

// The first class at the top level of a Python file that is called so and registers: by its
// indentation, not by parsing the file, since what comes of it is a proposal that is written down
// for its reader.
std::optional<LocalRegistry> find_local_registry(std::string_view content);

// The `[[scan]]`s for these classes (dotted names), all of which are like this one.
std::string scans_for(const LocalRegistry& like, const std::vector<std::string>& classes);

}  // namespace reg
