#include <scan/scanner.h>
#include <text/hash.h>
#include <update/matched_objects.h>
#include <update/publish.h>
#include <update/rebuild.h>
#include <update/stamps.h>
#include <algorithm>
#include <set>
#include <unordered_set>

namespace reg {
namespace {

void write_content(const CacheLock& lock, const Inputs& inputs, const Outcome& outcome,
                   const Observer& observer, const std::function<void()>& before_publish) {
  if (const auto* splice = std::get_if<Splice>(&outcome.content)) {
    if (observer.progress) observer.progress(Phase::Writing, 0, 0);
    write_splice(lock, inputs.old->file, outcome.head, *splice, before_publish);
  } else if (const auto* linked = std::get_if<Linked>(&outcome.content)) {
    write_cache(lock, outcome.head, linked->symbols, observer, before_publish);
  } else {
    if (before_publish) before_publish();
  }
}

// Whether the sidecar that is there says all that is to be said.
bool is_noted(const Inputs& inputs, const Plan& plan, const GatheredCode& code,
              const Outcome& outcome) {
  return !outcome.changed && plan.to_read == 0 && plan.gone == 0 && !plan.restamped &&
         !code.changed && inputs.old->is_noted && code.sum == inputs.old->state->code &&
         code.rules == inputs.old->state->code_rules;
}

void write_state(const CacheLock& lock, const Inputs& inputs, const GatheredCode& code,
                 const Outcome& outcome) {
  State state;
  state.facts = inputs.facts;
  state.code = code.sum;
  state.code_rules = code.rules;
  state.idle_scans = code.idle;
  state.sources = outcome.sources;
  reg::write_state(lock, std::move(state));
}

// Where other sources are there than were taken in, names that were looked at tell nothing: then
// they are to be looked at again.
bool took_all(const Inputs& inputs, const GatheredCode& code, const Outcome& outcome) {
  std::vector<std::string_view> there, taken;
  for (const SourceFile& file : inputs.discovery.sources) there.push_back(file.path);
  for (const KnownSource& source : outcome.sources) {
    if (!is_code(source.kind)) taken.push_back(source.path);
  }
  const bool all_code =
      std::equal(code.stamps.begin(), code.stamps.end(), inputs.discovery.code.begin(),
                 inputs.discovery.code.end(),
                 [](const KeptStamp& a, const CodeSource& b) { return a.path == b.path; });
  return inputs.discovery.unreadable.empty() && there == taken && all_code;
}

std::vector<LookedAt> looked_at(const Inputs& inputs, const GatheredCode& code,
                                const Outcome& outcome) {
  std::vector<LookedAt> all = inputs.discovery.looked_at;
  std::unordered_set<std::string_view> sources;  // manual.reg.json, if it was made by this run
  for (const KnownSource& source : outcome.sources) sources.insert(source.path);
  std::erase_if(all, [&](const LookedAt& name) { return sources.contains(name.path); });
  if (took_all(inputs, code, outcome)) return all;
  for (const Unreadable& name : inputs.discovery.unreadable) all.push_back({name.path, {}});
  for (LookedAt& name : all) name.stamp = FileStamp{0, 0, 0, 1};
  return all;
}

SourceStamp stamp_of_source(const KnownSource& source) {
  return {source.path, source.stamp, source.hash, reads_of(source.path)};
}

// What a source declares can change answers from others: its named predicates those of any
// registry; what it says of a registry, or does to the symbols of others, those of that one. What
// is merged into others goes where the table does not follow it: then it concerns them all.
class Concerns {
 public:
  explicit Concerns(const std::vector<KnownSource>& sources) {
    for (const KnownSource& source : sources) {
      for (const Merge& merge : source.declarations->merges)
        merged_.insert(merge.from.begin(), merge.from.end());
    }
  }

  void add(const KnownSource& source, StampTable& table) const {
    const Declarations& declared = *source.declarations;
    std::set<std::string> names(source.acts_on.begin(), source.acts_on.end());
    for (const RegistryDeclaration& registry : declared.registries) names.insert(registry.name);
    for (const PinDeclaration& pin : declared.pins) names.insert(pin.registry);
    const bool is_any = !declared.predicates.empty() || !declared.failed_predicates.empty() ||
                        std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                          return merged_.contains(name);
                        });
    if (is_any) names = {""};
    for (const std::string& name : names)
      table.concerns.push_back({hash_of(name), stamp_of_source(source)});
  }

 private:
  std::set<std::string> merged_;
};

// What is matched in an object concerns the registry that it is for, and whatever that is merged
// into.
void add_objects(const Outcome& outcome, std::span<const SourceStamp> objects, StampTable& table) {
  std::map<std::string, std::set<std::string>> registries;  // by the object's path
  bool any_merges = false;
  for (const KnownSource& source : outcome.sources) {
    any_merges |= !source.declarations->merges.empty();
    for (const Match& match : source.declarations->matches) {
      if (names_object(match)) registries[object_path(source.path, match)].insert(match.registry);
    }
  }
  for (const SourceStamp& object : objects) {
    table.sources.push_back(object);
    for (const std::string& registry : registries[object.path])
      table.concerns.push_back({hash_of(any_merges ? std::string() : registry), object});
  }
}

StampTable stamps_of(const Inputs& inputs, const GatheredCode& code, const Outcome& outcome) {
  StampTable table;
  table.refresh = inputs.settings.refresh;
  table.had_errors = !inputs.discovery.unreadable.empty();
  const Concerns concerns(outcome.sources);
  for (const KnownSource& source : outcome.sources) {
    if (!is_code(source.kind)) table.sources.push_back(stamp_of_source(source));
    concerns.add(source, table);
    table.had_errors |= source.failed();
  }
  for (const KeptStamp& file : code.stamps)
    table.sources.push_back({file.path, file.stamp, file.hash});
  add_objects(outcome, code.objects, table);
  table.looked_at = looked_at(inputs, code, outcome);
  table.sets = text_of(inputs.sets);
  table.sort();
  return table;
}

// The folder in which the cache itself is written has another stamp after every run.
bool says_as_much(const StampTable& old, StampTable now, const Inputs& inputs) {
  const std::string cache_folder =
      inputs.workspace.cache().parent_path().lexically_relative(inputs.workspace.root()).string();
  const auto is_it = [&](const LookedAt& name) {
    return (name.path.empty() ? "." : name.path) == cache_folder;
  };
  const auto before = std::find_if(old.looked_at.begin(), old.looked_at.end(), is_it);
  const auto after = std::find_if(now.looked_at.begin(), now.looked_at.end(), is_it);
  if (before != old.looked_at.end() && after != now.looked_at.end() && before->path == after->path)
    after->stamp = before->stamp;
  return old == now;
}

void write_stamps(const CacheLock& lock, const Inputs& inputs, const GatheredCode& code,
                  const Outcome& outcome) {
  StampTable table = stamps_of(inputs, code, outcome);
  table.cache = CacheFile(lock.cache()).header().sum;
  const bool is_there = inputs.old && inputs.old->stamps;
  if (is_there && says_as_much(*inputs.old->stamps, table, inputs)) return;
  reg::write_stamps(lock, table);
}

Diagnostic unwritten(const std::filesystem::path& file, const StorageError& error,
                     const char* consequence) {
  return warning_at({file.filename().string()}, error.what(), consequence);
}

}  // namespace

std::vector<Diagnostic> publish(const CacheLock& lock, const Inputs& inputs, const Plan& plan,
                                const GatheredCode& code, const Outcome& outcome,
                                const Observer& observer,
                                const std::function<void()>& before_publish) {
  const bool noted = is_noted(inputs, plan, code, outcome);
  write_content(lock, inputs, outcome, observer, before_publish);
  try {
    if (!noted) write_state(lock, inputs, code, outcome);
  } catch (const StorageError& error) {
    return {unwritten(state_path(lock.cache()), error,
                      "the cache is complete, but the next run reads all sources")};
  }
  try {
    if (code.changed) write_accounts(lock, code.accounts);
  } catch (const StorageError& error) {
    return {unwritten(accounts_path(lock.cache()), error,
                      "the cache is complete, but the next run reads all code")};
  }
  try {
    write_stamps(lock, inputs, code, outcome);
  } catch (const StorageError& error) {
    return {unwritten(stamps_path(lock.cache()), error,
                      "the cache is complete, but queries do not notice when sources change")};
  }
  return {};
}

}  // namespace reg
