#include <object/object_declarations.h>
#include <reg/text.h>
#include <text/diagnostic.h>
#include <text/hash.h>
#include <update/matched_objects.h>
#include <filesystem>

namespace reg {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

Diagnostic missing(const std::string& path) {
  return warning_at(
      Place{}, "there is no " + path + " to match functions in",
      "build it; a path is relative to the folder of the file that has the [[match]]");
}

MatchedObject read_object_of(const Workspace& workspace, const std::string& path) {
  MatchedObject object{{}, {path, {}, 0, Reads::ObjectExports}};
  try {
    const std::filesystem::path file = workspace.root() / path;
    if (!is_there(file)) {
      object.exports.problem = missing(path);
      return object;
    }
    object.stamp.stamp = noted(stamp_of(file));
    const FileContent content = read_content(file, Reads::ObjectExports);
    object.stamp.stamp = content.stamp;
    object.stamp.hash = hash_of(content.text);
    object.exports.functions = lines_of(content.text);
  } catch (const RegistryError& error) {
    object.exports.problem = error_at(Place{}, path + ": " + error.what(), error.hint());
    object.exports.problem->kind = error.kind();
    object.stamp.hash = hash_of_problem(error);
  }
  return object;
}

}  // namespace

bool MatchedObject::failed() const {
  return exports.problem && exports.problem->severity == Severity::Error;
}

bool names_object(const Match& match) {
  return match.from.find('/') != std::string::npos || is_shared_object_name(match.from);
}

std::string object_path(std::string_view source, const Match& match) {
  const std::filesystem::path folder = std::filesystem::path(source).parent_path();
  return (folder / match.from).lexically_normal().string();
}

const MatchedObject& MatchedObjects::at(const std::string& path) {
  const auto known = objects_.find(path);
  if (known != objects_.end()) return known->second;
  return objects_.emplace(path, read_object_of(workspace_, path)).first->second;
}

}  // namespace reg
