#include <plugin/dependencies.h>
#include <plugin/find_library.h>
#include <plugin/interface_check.h>
#include <plugin/library.h>
#include <plugin/load.h>
#include <reg/selection.h>
#include <reg/text.h>
#include <ctime>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

[[noreturn]] void refuse_target(const Symbol& symbol) {
  throw PluginError(PluginFailure::NoLibrary, symbol, {},
                    in_quotes(symbol.target) + " is no library",
                    "what can be loaded has a target FILE:NAME, such as "
                    "\"libpng.so:demo::Png\"");
}

// One attempt, and what is known of earlier ones. Of a library as a whole, that is: what fails
// afterwards depends on who asks, and shows at once.
class Loading {
 public:
  Loading(const LoaderState& loader, const Symbol& symbol, const PluginTarget& target)
      : loader_(loader),
        symbol_(symbol),
        target_(target),
        found_(find_library(loader, symbol, target.file)),
        file_(found_.file.empty() && found_.ask_linker ? seek_as_linker(std::string(target.file))
                                                       : found_.file),
        key_(file_.empty() ? missing_key() : file_.string()) {}

  LoadedPlugin load(const plugin::InterfaceInfo& wanted) {
    if (const auto failure = refused()) throw to_error(*failure, symbol_);
    if (const auto known = met_before()) throw to_error(*known, symbol_);
    if (is_running_program(found_.file)) return of_program(wanted);
    OpenLibrary open = opened();
    if (!open.keep) refuse_library(open);
    if (open.file.empty()) open.file = file_;
    forget(open.file);
    InterfaceMismatch mismatch;
    const auto* row = find_row(open.table, target_.name, symbol_, wanted, mismatch);
    if (row == nullptr) refuse_factory(mismatch, open);
    return {std::move(open.keep), open.file, row};
  }

  // What is said against it without a look at any file.
  std::optional<LoadFailure> refused() const {
    LoadFailure failure = new_failure();
    failure.reason = refusal_of_origin(loader_, symbol_, target_.file);
    if (failure.reason.empty()) return std::nullopt;
    failure.failure = to_string(PluginFailure::NoLibrary);
    return failure;
  }

  std::optional<LoadFailure> known() const {
    if (auto failure = refused()) return failure;
    if (auto failure = met_before()) return failure;
    return loader_.cache ? known_failure(loader_.cache_file, key_) : std::nullopt;
  }

 private:
  std::optional<LoadFailure> met_before() const {
    std::unique_lock lock(loader_.mutex);
    const auto met = loader_.failures.find(key_);
    if (met == loader_.failures.end()) return std::nullopt;
    LoadFailure failure = met->second;
    lock.unlock();
    return failure.holds_here() ? std::optional(std::move(failure)) : std::nullopt;
  }

  // A file that is not there has no path; what several declare by that name are several.
  std::string missing_key() const { return symbol_.source.path + '\n' + std::string(target_.file); }

  OpenLibrary opened() const {
    if (!found_.file.empty()) return open_library(found_.file, found_.file, loader_.options.unload);
    if (found_.ask_linker) return open_library(target_.file, file_, loader_.options.unload);
    return {};
  }

  // What is linked in need not be exported; the first of both tables is the one that was meant.
  LoadedPlugin of_program(const plugin::InterfaceInfo& wanted) {
    InterfaceMismatch mismatch, ignored;
    if (const auto* row = find_row(loader_.linked_in, target_.name, symbol_, wanted, mismatch))
      return {nullptr, found_.file, row};
    OpenLibrary open = open_program();
    if (const auto* row = find_row(open.table, target_.name, symbol_, wanted, ignored))
      return {std::move(open.keep), found_.file, row};
    throw PluginError(mismatch.failure, symbol_, found_.file, mismatch.reason);
  }

  [[noreturn]] void refuse_library(const OpenLibrary& open) const {
    LoadFailure failure = new_failure();
    failure.reason = open.problem;
    if (file_.empty()) {
      failure.failure = to_string(PluginFailure::NoLibrary);
      failure.reason = missing_reason(open.problem);
    }
    if (!open.is_passing) remember(failure);
    throw to_error(failure, symbol_);
  }

  std::string missing_reason(const std::string& words) const {
    std::vector<std::string> folders;
    for (const fs::path& place : found_.places) folders.push_back(place.parent_path().string());
    std::string reason = "there is no " + std::string(target_.file);
    if (!folders.empty()) reason += " in " + joined(folders);
    if (found_.misses_root)
      reason +=
          "; the folder that its source is relative to is not known, since the cache lies "
          "elsewhere";
    return words.empty() ? reason : reason + "; the dynamic linker: " + words;
  }

  [[noreturn]] void refuse_factory(const InterfaceMismatch& mismatch, const OpenLibrary& open) {
    std::string reason = open.has_table ? mismatch.reason : hidden_table(), hint;
    if (is_outdated(open)) {
      reason += "; an older file is still loaded: " + open.file.string() + " was replaced";
      hint =
          "a new process loads it; with LoaderOptions::unload this one does, too, when nothing "
          "of the older one is used";
    }
    throw PluginError(mismatch.failure, symbol_, open.file, reason, hint);
  }

  // What declares itself has a table.
  std::string hidden_table() const {
    const std::string hidden = "its table " + std::string(plugin::table_function) +
                               " is not exported (a version script, or --exclude-libs?)";
    return symbol_.declared.path.empty()
               ? "it has no factory at all: nothing in it is a REG_SYMBOL or REG_FACTORY, or " +
                     hidden
               : hidden;
  }

  LoadFailure new_failure() const {
    LoadFailure failure;
    failure.key = key_;
    failure.library = file_.empty() ? std::string(target_.file) : file_.string();
    failure.registry = symbol_.registry;
    failure.oid = symbol_.oid;
    failure.target = symbol_.target;
    failure.declared = symbol_.source.to_string();
    failure.failure = to_string(PluginFailure::NotLoaded);
    failure.noticed = time_now();
    failure.program = program_now();
    failure.search_path = search_path_now();
    return failure;
  }

  void remember(LoadFailure failure) const {
    failure.files =
        file_.empty() ? stamp_places(found_.places, bare_name()) : stamp_dependencies(file_);
    failure.files.push_back(stamped(failure.program));
    if (loader_.cache) remember_failure(loader_.cache_file, failure);
    const std::lock_guard lock(loader_.mutex);
    std::string key = failure.key;
    loader_.failures.insert_or_assign(std::move(key), std::move(failure));
  }

  std::string bare_name() const {
    return found_.ask_linker ? std::string(target_.file) : std::string();
  }

  // Whatever may have been kept for the declaration: the library may have been elsewhere.
  void forget(const fs::path& file) const {
    if (!loader_.cache) return;
    std::vector<std::string> keys = {missing_key(), file.string(), key_};
    for (const fs::path& place : found_.places) keys.push_back(place.string());
    forget_failures(loader_.cache_file, keys);
  }

  const LoaderState& loader_;
  const Symbol& symbol_;
  const PluginTarget target_;
  const FoundLibrary found_;
  const fs::path file_;  // empty: it is not there
  const std::string key_;
};

}  // namespace

LoadedPlugin load_plugin(const LoaderState& loader, const Symbol& symbol,
                         const plugin::InterfaceInfo& wanted) {
  const auto target = split_target(symbol.target);
  if (!target) refuse_target(symbol);
  return Loading(loader, symbol, *target).load(wanted);
}

std::optional<LoadFailure> known_failure_of(const LoaderState& loader, const Symbol& symbol) {
  const auto target = split_target(symbol.target);
  if (!target) return std::nullopt;
  return Loading(loader, symbol, *target).known();
}

PluginError to_error(const LoadFailure& failure, const Symbol& symbol) {
  if (failure.failure != to_string(PluginFailure::NoLibrary))
    return {PluginFailure::NotLoaded, symbol, failure.library, failure.reason};
  if (!origin_of(symbol).empty())
    return {PluginFailure::NoLibrary,
            symbol,
            {},
            failure.reason,
            "with `load = true` in [remote] of registry.toml, what others publish is loaded by its "
            "bare file name from library_path of [workspace], and from nowhere else"};
  return {PluginFailure::NoLibrary,
          symbol,
          {},
          failure.reason,
          "libraries are looked for beside the source that declares them, and in library_path of "
          "[workspace]; LoaderOptions::root names the workspace of a cache that lies elsewhere"};
}

}  // namespace reg
