#include <manifest/manifest.h>
#include <scan/scanner.h>
#include <text/hash.h>
#include <update/inputs.h>
#include <algorithm>

namespace reg {
namespace {

void read_config(Inputs& inputs) {
  FileContent content = read_settled_file(inputs.workspace.config());
  ConfigFile config = reg::read_config(content.text, Workspace::config_name);
  if (config.state == SettingsState::Unknown)
    throw InputError(std::move(config.declarations.diagnostics));
  inputs.settings = std::move(config.settings);
  inputs.settings_state = config.state;
  inputs.config = std::make_shared<const ReadSource>(
      ReadSource{std::move(config.declarations), content.stamp, hash_of(content.text)});
  inputs.config_text = std::move(content.text);
}

void sort_sources(Discovery& discovery) {
  std::sort(discovery.sources.begin(), discovery.sources.end(),
            [](const SourceFile& a, const SourceFile& b) { return source_before(a.path, b.path); });
}

// It was read just now, so that is what counts, and not what it was like when the folders were
// walked, even if it could not be looked at then.
void note_config(Inputs& inputs) {
  for (SourceFile& file : inputs.discovery.sources) {
    if (file.path != Workspace::config_name) continue;
    file.stamp = inputs.config->stamp;
    return;
  }
  inputs.discovery.sources.push_back({Workspace::config_name, nullptr, inputs.config->stamp});
  sort_sources(inputs.discovery);
}

void add_pending(Discovery& discovery, const PendingSource& pending) {
  auto is_it = [&](const SourceFile& file) { return file.path == pending.path; };
  if (std::any_of(discovery.sources.begin(), discovery.sources.end(), is_it)) return;
  discovery.sources.push_back({pending.path, extractor_for(pending.path), {}});
  sort_sources(discovery);
}

void open_old(Inputs& inputs) {
  OldCacheText old = open_old_cache(inputs.workspace.cache());
  inputs.old = std::move(old.cache);
  inputs.old_problem = std::move(old.problem);
}

}  // namespace

std::vector<KeptStamp> Inputs::code_stamps() const {
  std::vector<KeptStamp> stamps = accounts.stamps();
  if (!stamps.empty() || !old || !old->stamps) return stamps;
  for (const SourceStamp& source : old->stamps->sources) {
    if (const auto language = language_of(source.path))
      stamps.push_back({source.path, *language, source.stamp, source.hash});
  }
  std::sort(stamps.begin(), stamps.end(),
            [](const KeptStamp& a, const KeptStamp& b) { return a.path < b.path; });
  return stamps;
}

Inputs read_inputs(const Workspace& workspace, const Request& request) {
  Inputs inputs(workspace);
  read_config(inputs);
  inputs.sets = source_sets(workspace, inputs.settings);
  inputs.discovery = discover(workspace, inputs.sets);
  note_config(inputs);
  if (request.pending) add_pending(inputs.discovery, *request.pending);
  if (request.options.reuse == Reuse::Unchanged) {
    open_old(inputs);
    inputs.accounts = KeptAccounts::open(workspace.cache());
  }
  if (!request.keeps_define()) {
    inputs.define = request.options.define.value_or(Json::object());
  } else if (inputs.old) {
    inputs.define = inputs.old->head.defines;
  }
  inputs.facts = inputs.settings.facts;
  merge_context(inputs.facts, inputs.define);
  return inputs;
}

ReadSource read_config_again(const Inputs& inputs) {
  ConfigFile config = reg::read_config(inputs.config_text, Workspace::config_name);
  return {std::move(config.declarations), inputs.config->stamp, inputs.config->hash};
}

}  // namespace reg
