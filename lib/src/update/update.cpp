#include <fcntl.h>
#include <sys/stat.h>

#include <cache/cache_file.h>
#include <update/difference.h>
#include <update/frozen.h>
#include <update/head.h>
#include <update/read_sources.h>
#include <update/rebuild.h>
#include <update/splice.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <memory>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::unique_ptr<CacheFile> open_old(const fs::path& cache) {
  try {
    return std::make_unique<CacheFile>(cache);
  } catch (const StorageError&) {  // missing or broken: this run makes it anew
    return nullptr;
  }
}

Json effective_facts(const Settings& settings, const Json& define) {
  Json facts = settings.facts;
  merge_context(facts, define);
  return facts;
}

class Update {
 public:
  Update(const Workspace& workspace, const ConfigFile& config, const AutoRegisterOptions& options)
      : workspace_(workspace),
        settings_(config.settings),
        options_(options),
        cache_(cache_path(workspace, settings_)),
        facts_(effective_facts(settings_, options.define)) {}

  AutoRegisterReport run(const CacheLock* lock, const PendingSource* pending,
                         const std::function<void()>& before_publish) {
    pending_ = pending;
    if (lock != nullptr) remove_leftovers();
    load_old();
    make_plan(pending);
    if (nothing_to_do()) return finish_unchanged(lock);
    read(pending);
    if (!splice(lock, before_publish)) relink(lock, before_publish);
    return std::move(report_);
  }

 private:
  // Of killed writers of what only other commands write.
  void remove_leftovers() const {
    AtomicFile::remove_leftovers(workspace_.manual());
    AtomicFile::remove_leftovers(frozen_marker(cache_));
  }

  void load_old() {
    state_ = read_state(cache_);
    if (state_) old_ = open_old(cache_);
    if (!old_) state_.reset();
    if (old_) old_head_ = read_head(*old_);
  }

  void make_plan(const PendingSource* pending) {
    Discovery discovery = discover(workspace_, settings_);
    report_.diagnostics = std::move(discovery.diagnostics);
    if (pending != nullptr) add_pending(discovery, pending->path);
    std::vector<std::string> targets = relative_targets(workspace_, options_.targets);
    if (pending != nullptr) targets.push_back(pending->path);
    plan_ = reg::make_plan(discovery, state_ ? &*state_ : nullptr, targets);
    if (pending == nullptr) require_sources_under(targets, plan_);
    for (PlannedSource& source : plan_.sources) {
      if (pending == nullptr || source.file.path != pending->path || source.read) continue;
      source.read = true;
      ++plan_.to_read;
    }
    report_.sources = plan_.sources.size();
    report_.read = plan_.to_read;
  }

  static void add_pending(Discovery& discovery, const std::string& path) {
    auto is_there = [&](const SourceFile& file) { return file.path == path; };
    if (std::any_of(discovery.sources.begin(), discovery.sources.end(), is_there)) return;
    discovery.sources.push_back({path, extractor_for(path), {}});
  }

  bool nothing_to_do() const {
    return old_ && plan_.to_read == 0 && plan_.gone == 0 && state_->facts == facts_;
  }

  AutoRegisterReport finish_unchanged(const CacheLock* lock) {
    // A newer registry.toml that changes nothing must not be warned about for ever.
    if (lock != nullptr && workspace_.config_newer_than(cache_)) {
      ::utimensat(AT_FDCWD, cache_.c_str(), nullptr, 0);
      keep_state(*lock, *state_);
    }
    report_.symbols = old_->symbol_count();
    report_.registries = old_head_.registries.size();
    report_.failed = has_errors(report_.diagnostics);
    return std::move(report_);
  }

  void read(const PendingSource* pending) {
    std::vector<SourceFile> files;
    for (const PlannedSource& source : plan_.sources) {
      bool from_file = pending == nullptr || source.file.path != pending->path;
      if (source.read && from_file) files.push_back(source.file);
    }
    std::vector<ReadSource> results =
        read_sources(workspace_, files, options_.jobs, options_.progress);
    auto next = results.begin();
    for (PlannedSource& source : plan_.sources) {
      if (!source.read) {
        sources_.push_back({source.file.path, std::move(known(source).remainder)});
      } else if (pending != nullptr && source.file.path == pending->path) {
        sources_.push_back(
            {source.file.path, source.file.extractor->extract(pending->content, source.file.path)});
      } else {
        source.file.stamp = next->stamp;
        sources_.push_back(std::move((next++)->source));
      }
      is_read_.push_back(source.read);
    }
    collect_read_diagnostics();
  }

  KnownSource& known(const PlannedSource& source) {
    return state_->sources[static_cast<std::size_t>(source.known - state_->sources.data())];
  }

  void collect_read_diagnostics() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!is_read_[i]) continue;
      const auto& found = sources_[i].declarations.diagnostics;
      report_.diagnostics.insert(report_.diagnostics.end(), found.begin(), found.end());
    }
  }

  static bool has_errors(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::Error; });
  }

  Replaced replaced() const {
    std::set<std::string_view> kept;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!is_read_[i]) kept.insert(sources_[i].path);
    }
    Replaced replaced;
    for (const KnownSource& source : state_->sources) {
      if (kept.contains(source.path)) continue;
      replaced.paths.insert(source.path);
      replaced.registries.insert(source.registries.begin(), source.registries.end());
    }
    return replaced;
  }

  bool splice(const CacheLock* lock, const std::function<void()>& before_publish) {
    bool possible = old_ && state_->plain() && !has_errors(report_.diagnostics) &&
                    std::none_of(sources_.begin(), sources_.end(), [](const Source& source) {
                      return has_store_edits(source.declarations);
                    });
    if (!possible) return false;
    auto made = make_splice(*old_, old_head_, sources_, is_read_, replaced());
    if (!made) return false;
    CacheHead head = make_head(settings_, made->catalog);
    report(head);
    report_.added = made->added;
    report_.removed = made->removed;
    report_.changed = !made->edits.empty() || !(head == old_head_);
    if (lock == nullptr) return true;
    write_splice(*lock, *old_, head, *made, before_publish);
    remember(*lock, {});
    return true;
  }

  void relink(const CacheLock* lock, const std::function<void()>& before_publish) {
    std::string text;
    std::vector<bool> wanted = is_read_;
    wanted.flip();
    if (old_) recover_symbols(*old_, sources_, wanted, text);
    Linked linked = link(sources_, facts_, old_ ? catalog_of(old_head_) : Catalog{});
    report_.diagnostics.insert(report_.diagnostics.end(), linked.diagnostics.begin(),
                               linked.diagnostics.end());
    report_.failed = has_errors(report_.diagnostics);
    CacheHead head = make_head(settings_, linked.catalog);
    report(head);
    compare(head, linked.symbols, lock == nullptr);
    if (lock == nullptr || (report_.failed && options_.keep_going == KeepGoing::No)) return;
    write_cache(*lock, head, linked.symbols, before_publish);
    remember(*lock, linked.dropped);
  }

  void report(const CacheHead& head) {
    report_.registries = head.registries.size();
    report_.symbols = 0;
    for (const RegistryInfo& info : head.registries) report_.symbols += info.symbols;
  }

  // Counting what changed costs a look at the whole old cache: done for a rehearsal, or where there
  // is little.
  void compare(const CacheHead& head, const std::vector<SymbolRecord>& symbols, bool rehearsal) {
    constexpr std::uint64_t little = 16 << 20;
    std::unique_ptr<CacheFile> opened;
    if (!old_) opened = open_old(cache_);
    const CacheFile* old = old_ ? old_.get() : opened.get();
    report_.changed = true;
    if (old == nullptr) {
      report_.added = symbols.size();
    } else if (rehearsal || old->size() < little) {
      Difference found = difference(*old, symbols);
      report_.added = found.added;
      report_.removed = found.removed;
      report_.changed = found.added + found.removed != 0 || !(head == read_head(*old));
    }
  }

  // The manifest that was pending has been written by now: as long as it is what was read, it
  // counts as read.
  void stamp_pending(PlannedSource& source) const {
    try {
      FileContent now = read_file(workspace_.root() / source.file.path);
      if (now.text == pending_->content) source.file.stamp = now.stamp;
    } catch (const StorageError&) {  // it is read again in the next run
      return;
    }
  }

  void remember(const CacheLock& lock, const std::vector<SymbolRecord>& dropped) {
    for (PlannedSource& source : plan_.sources) {
      if (pending_ != nullptr && source.file.path == pending_->path) stamp_pending(source);
    }
    State state;
    state.facts = facts_;
    std::set<std::string> failed;
    for (const Diagnostic& d : report_.diagnostics) {
      if (d.severity == Severity::Error) failed.insert(d.place.path);
    }
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      state.sources.push_back(to_known(i, failed.contains(sources_[i].path)));
    }
    for (const SymbolRecord& record : dropped) {
      state.sources[record.source].remainder.symbols.push_back(record);
    }
    keep_state(lock, state);
  }

  // The new cache is in place, and right without its sidecar too.
  void keep_state(const CacheLock& lock, const State& state) {
    try {
      write_state(lock, state);
    } catch (const StorageError& error) {
      report_.diagnostics.push_back({Severity::Warning,
                                     {state_path(lock.cache()).filename().string()},
                                     error.what(),
                                     "the cache is complete, but the next run reads all sources",
                                     {}});
    }
  }

  static std::vector<std::string> registries_with_symbols(const Declarations& declared) {
    std::set<std::string> names;
    for (const InfoShape& shape : declared.shapes) names.insert(shape.registry);
    return {names.begin(), names.end()};
  }

  KnownSource to_known(std::size_t i, bool failed) {
    const PlannedSource& planned = plan_.sources[i];
    Declarations& declared = sources_[i].declarations;
    bool edits = has_store_edits(declared) || (!is_read_[i] && known(planned).edits_store);
    KnownSource source{planned.file.path,
                       is_read_[i] ? kind_of(planned) : known(planned).kind,
                       is_read_[i] ? planned.file.stamp : known(planned).stamp,
                       failed,
                       edits,
                       is_read_[i] ? registries_with_symbols(declared) : known(planned).registries,
                       {}};
    declared.symbols.clear();
    source.remainder = std::move(declared);
    return source;
  }

  const Workspace& workspace_;
  const Settings& settings_;
  const AutoRegisterOptions& options_;
  const PendingSource* pending_ = nullptr;
  fs::path cache_;
  Json facts_;
  std::optional<State> state_;
  std::unique_ptr<CacheFile> old_;
  CacheHead old_head_;
  Plan plan_;
  std::vector<Source> sources_;  // as plan_.sources
  std::vector<bool> is_read_;
  AutoRegisterReport report_;
};

}  // namespace

fs::path cache_path(const Workspace& workspace, const Settings& settings) {
  return workspace.root() / settings.cache;
}

std::chrono::milliseconds lock_timeout(const Settings& settings) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(settings.lock_timeout * 1000));
}

LockedWorkspace::LockedWorkspace(const Workspace& workspace)
    : workspace_(workspace),
      config_(require_config(workspace)),
      lock_(cache_path(workspace, config_.settings), lock_timeout(config_.settings)) {}

AutoRegisterReport update(const LockedWorkspace& locked, const AutoRegisterOptions& options,
                          const PendingSource* pending,
                          const std::function<void()>& before_publish) {
  return Update(locked.workspace(), locked.config(), options)
      .run(&locked.lock(), pending, before_publish);
}

AutoRegisterReport rehearse(const Workspace& workspace, const AutoRegisterOptions& options) {
  return Update(workspace, require_config(workspace), options).run(nullptr, nullptr, {});
}

}  // namespace reg
