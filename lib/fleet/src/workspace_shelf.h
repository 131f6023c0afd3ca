#pragma once
// `.reg/remote` of a workspace, as a follower's shelf.

#include "shelf.h"

#include <reg/remote.h>
#include <reg/workspace.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

class WorkspaceShelf final : public Shelf {
 public:
  explicit WorkspaceShelf(const Workspace& workspace, AutoRegisterOptions options = {});

  std::vector<std::string> origins() const override;
  std::map<std::string, FileMark> look() override;
  std::optional<std::string> text_of(const std::string& origin) const override;
  std::vector<Diagnostic> problems(std::string_view text, const std::string& origin) const override;
  void stage(const std::string& origin, std::string_view text) override;
  void stage_removal(const std::string& origin) override;
  bool has_staged() const override;
  AutoRegisterReport apply() override;
  const std::vector<std::string>& overtaken() const override { return overtaken_; }
  void drop() override;

 private:
  Workspace workspace_;
  AutoRegisterOptions options_;
  std::optional<RemoteFolder> folder_;
  std::vector<std::string> overtaken_;
};

}  // namespace reg::fleet
