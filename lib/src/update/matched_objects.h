#pragma once
// The shared objects that `[[match]]`es name: what they export, and what tells that it is the same.

#include <reg/workspace.h>
#include <resolve/resolve.h>
#include <update/stamps.h>
#include <map>
#include <string>
#include <string_view>

namespace reg {

// Whether a match is one of a shared object, and not of a Python module: a path, or the name of
// one.
bool names_object(const Match& match);
// The path of that object, as sources have theirs. `source`: the one that has the match.
std::string object_path(std::string_view source, const Match& match);

struct MatchedObject {
  ObjectExports exports;
  // With a stamp and a hash of nothing where there is nothing under that name. The hash of what
  // cannot be read is that of what is wrong with it.
  SourceStamp stamp;

  bool failed() const;
};

// By path. Each is read once, when it is first asked for.
class MatchedObjects {
 public:
  explicit MatchedObjects(const Workspace& workspace) : workspace_(workspace) {}

  const MatchedObject& at(const std::string& path);
  const std::map<std::string, MatchedObject>& all() const { return objects_; }

 private:
  const Workspace& workspace_;
  std::map<std::string, MatchedObject> objects_;
};

}  // namespace reg
