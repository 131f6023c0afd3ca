#pragma once
// What a command works with: where data and messages go, and the workspace that was asked for.

#include "exit_code.h"
#include "globals.h"
#include "messages.h"
#include "output.h"

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/open_cache.h>
#include <reg/workspace.h>
#include <functional>
#include <optional>

namespace reg::app {

// Throws StorageError (Workspace) if there is none.
Workspace workspace_of(const Globals& globals);

class Session {
 public:
  Session(const Globals& globals, const Messages& messages)
      : globals_(globals), messages_(messages) {}

  Format format() const { return globals_.format; }
  // `-o json` or `-o jsonl`.
  bool wants_json() const { return format() == Format::Json || format() == Format::JsonLines; }
  // Of Format::Template.
  const OutputTemplate& output_template() const { return globals_.output_template.value(); }
  Headers headers() const { return globals_.headers; }
  ColorMode color() const { return globals_.color; }
  bool verbose() const { return messages_.verbose(); }
  const Messages& messages() const { return messages_; }
  Output& out() { return out_; }
  // How to mark up text on stdout.
  Style style() const;

  const Globals& globals() const { return globals_; }
  // Throws StorageError (Workspace) if there is none.
  Workspace workspace() const;
  // Tells who waits for a lock that they do, and who has it.
  Observer observer() const;
  // Answers from the workspace's cache, and does about sources that changed what `--fresh`,
  // REG_REFRESH or the workspace says. Where another machine replaces the cache meanwhile, the
  // query is asked once more of the new one, as long as nothing of the answer has been written.
  // Throws StorageError, and what the query throws.
  using Query = std::function<Exit(const Cache& cache)>;
  Exit answer(const Query& query);
  // The same of a workspace that the command has found.
  Exit answer(const Workspace& workspace, const Query& query);

 private:
  // Brings the cache up to date, if need be; what the process is to end with, if that fails.
  std::optional<Exit> refresh(const Workspace& workspace) const;
  Exit ask(const Workspace& workspace, const Query& query) const;
  Exit ask_watched(const Workspace& workspace, OpenedCache& opened, const Query& query) const;
  OpenedCache open(const Workspace& workspace, std::optional<Refresh> refresh) const;
  void warn_of(const Workspace& workspace, const OpenedCache& opened) const;
  void warn_of_changes(const Workspace& workspace, const Cache& cache,
                       const Freshness& freshness) const;

  const Globals& globals_;
  const Messages& messages_;
  Output out_;
};

}  // namespace reg::app
