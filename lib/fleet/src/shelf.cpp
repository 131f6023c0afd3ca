#include "shelf.h"

#include <utility>

namespace reg::fleet {

WorkspaceShelf::WorkspaceShelf(const Workspace& workspace, AutoRegisterOptions options)
    : workspace_(workspace), options_(std::move(options)) {
  folder_.emplace(workspace_);
}

AutoRegisterReport WorkspaceShelf::apply() {
  AutoRegisterReport report = folder_->apply(options_);
  drop();
  return report;
}

}  // namespace reg::fleet
