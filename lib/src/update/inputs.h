#pragma once
// The first value of a run: all that it starts from, read once. Who writes holds the lock by then.

#include <update/account_store.h>
#include <update/old_cache.h>
#include <update/read_sources.h>
#include <update/request.h>
#include <workspace/discover.h>
#include <memory>
#include <string>

namespace reg {

struct Inputs {
  explicit Inputs(Workspace where) : workspace(std::move(where)) {}

  Workspace workspace;
  Settings settings;
  SettingsState settings_state = SettingsState::Unknown;
  std::shared_ptr<const ReadSource> config;  // registry.toml, of which the settings are a part
  std::vector<SourceSet> sets;
  std::string config_text;
  Discovery discovery;
  std::unique_ptr<OldCache> old;  // null: there is none that may be used
  std::string old_problem;        // why, if one is there
  KeptAccounts accounts;          // of code, as they are kept
  Json define = Json::object();   // for `when`, over the settings' facts
  Json facts = Json::object();    // both together

  // What is known of the sources from earlier runs; null: nothing.
  const State* state() const { return old && old->state ? &*old->state : nullptr; }

  // The files of code as they were when they were last looked at, by path; where accounts were
  // lost, queries are still to know which there were.
  std::vector<KeptStamp> code_stamps() const;
};

// Throws InputError with all that is wrong in registry.toml where it does not tell what the sources
// are; StorageError.
Inputs read_inputs(const Workspace& workspace, const Request& request);
// What registry.toml declares, read once more from the text that the inputs have.
ReadSource read_config_again(const Inputs& inputs);

}  // namespace reg
