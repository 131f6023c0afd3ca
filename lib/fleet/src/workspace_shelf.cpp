#include "workspace_shelf.h"

#include <utility>

namespace reg::fleet {

WorkspaceShelf::WorkspaceShelf(const Workspace& workspace, AutoRegisterOptions options)
    : workspace_(workspace), options_(std::move(options)) {
  folder_.emplace(workspace_);
}

std::vector<std::string> WorkspaceShelf::origins() const { return folder_->origins(); }

std::map<std::string, FileMark> WorkspaceShelf::look() { return folder_->look(); }

std::optional<std::string> WorkspaceShelf::text_of(const std::string& origin) const {
  return folder_->text_of(origin);
}

std::vector<Diagnostic> WorkspaceShelf::problems(std::string_view text,
                                                 const std::string& origin) const {
  return publication_problems(text, origin);
}

void WorkspaceShelf::stage(const std::string& origin, std::string_view text) {
  folder_->stage(origin, text);
}

void WorkspaceShelf::stage_removal(const std::string& origin) { folder_->stage_removal(origin); }

bool WorkspaceShelf::has_staged() const { return folder_->has_staged(); }

AutoRegisterReport WorkspaceShelf::apply() {
  AutoRegisterReport report = folder_->apply(options_);
  overtaken_ = folder_->overtaken();
  drop();
  return report;
}

// A folder that goes away removes what it staged.
void WorkspaceShelf::drop() {
  folder_.reset();
  folder_.emplace(workspace_);
}

}  // namespace reg::fleet
