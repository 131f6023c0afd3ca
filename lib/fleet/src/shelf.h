#pragma once
// Where a follower keeps what it took of others: one text for each origin.

#include <reg/auto_register.h>
#include <reg/error.h>
#include <reg/remote.h>
#include <reg/workspace.h>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

// What is staged is seen by nobody before it is applied, or is dropped.
class Shelf {
 public:
  Shelf() = default;
  virtual ~Shelf() = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  virtual std::vector<std::string> origins() const = 0;  // sorted
  virtual std::optional<std::string> text_of(const std::string& origin) const = 0;
  // Why a text cannot be that origin's; empty: it can.
  virtual std::vector<Diagnostic> problems(std::string_view text,
                                           const std::string& origin) const = 0;
  virtual void stage(const std::string& origin, std::string_view text) = 0;
  virtual void stage_removal(const std::string& origin) = 0;
  virtual bool has_staged() const = 0;
  // Puts what is staged in place, and brings the cache up to date, even if nothing is staged.
  virtual AutoRegisterReport apply() = 0;
  virtual void drop() = 0;
};

// `.reg/remote` of a workspace.
class WorkspaceShelf final : public Shelf {
 public:
  explicit WorkspaceShelf(const Workspace& workspace, AutoRegisterOptions options = {});

  std::vector<std::string> origins() const override { return folder_->origins(); }
  std::optional<std::string> text_of(const std::string& origin) const override {
    return folder_->text_of(origin);
  }
  std::vector<Diagnostic> problems(std::string_view text,
                                   const std::string& origin) const override {
    return publication_problems(text, origin);
  }
  void stage(const std::string& origin, std::string_view text) override {
    folder_->stage(origin, text);
  }
  void stage_removal(const std::string& origin) override { folder_->stage_removal(origin); }
  bool has_staged() const override { return folder_->has_staged(); }
  AutoRegisterReport apply() override;
  void drop() override { folder_.emplace(workspace_); }

 private:
  Workspace workspace_;
  AutoRegisterOptions options_;
  std::optional<RemoteFolder> folder_;
};

}  // namespace reg::fleet
