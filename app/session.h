#pragma once
// What a command works with: where data and messages go, and the workspace that was asked for.

#include "exit_code.h"
#include "globals.h"
#include "messages.h"
#include "output.h"

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/workspace.h>
#include <functional>

namespace reg::app {

// Throws StorageError (Workspace) if there is none.
Workspace workspace_of(const Globals& globals);

class Session {
 public:
  Session(const Globals& globals, const Messages& messages)
      : globals_(globals), messages_(messages) {}

  Format format() const { return globals_.format; }
  const OutputTemplate& output_template() const { return globals_.output_template; }
  Headers headers() const { return globals_.headers; }
  ColorMode color() const { return globals_.color; }
  bool verbose() const { return globals_.verbosity == Verbosity::Verbose; }
  const Messages& messages() const { return messages_; }
  Output& out() { return out_; }
  // How to mark up text on stdout.
  Style style() const;

  // Throws StorageError (Workspace) if there is none.
  Workspace workspace() const;
  // Tells who waits for a lock that they do, and who has it.
  Observer observer() const;
  // Answers from the workspace's cache, and warns if it is older than registry.toml. Where another
  // machine replaces the cache meanwhile, the query is asked once more of the new one, as long as
  // nothing of the answer has been written. Throws StorageError, and what the query throws.
  Exit answer(const std::function<Exit(const Cache& cache)>& query);

 private:
  const Globals& globals_;
  const Messages& messages_;
  Output out_;
};

}  // namespace reg::app
