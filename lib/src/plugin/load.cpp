#include <plugin/dependencies.h>
#include <plugin/find_library.h>
#include <plugin/interface_check.h>
#include <plugin/library.h>
#include <plugin/load.h>
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

PluginFailure failure_named(const std::string& name) {
  for (const PluginFailure one :
       {PluginFailure::NoLibrary, PluginFailure::NotLoaded, PluginFailure::NoFactory,
        PluginFailure::OtherInterface, PluginFailure::OtherVersion})
    if (to_string(one) == name) return one;
  return PluginFailure::NotLoaded;
}

[[noreturn]] void refuse_target(const Symbol& symbol) {
  throw PluginError(PluginFailure::NoLibrary, symbol, {},
                    in_quotes(symbol.target) + " is no library",
                    "what can be loaded has a target FILE:NAME, such as "
                    "\"libpng.so:demo::Png\"");
}

// One attempt, and what is known of earlier ones.
class Loading {
 public:
  Loading(const LoaderState& loader, const Symbol& symbol, const PluginTarget& target)
      : loader_(loader),
        symbol_(symbol),
        target_(target),
        found_(find_library(loader, symbol, target.file)),
        library_(found_.file.empty() ? std::string(target.file) : found_.file.string()) {}

  LoadedPlugin load(const plugin::InterfaceInfo& wanted) {
    if (const auto known = met_before()) throw to_error(*known, symbol_);
    if (is_running_program(found_.file)) return of_program(wanted);
    OpenLibrary open;
    if (!found_.file.empty() || found_.ask_linker) open = open_library(library_);
    if (!open.keep) refuse_library(open.problem);
    return factory_in(std::move(open), wanted);
  }

  std::optional<LoadFailure> known() const {
    if (auto failure = met_before()) return failure;
    if (!loader_.cache) return std::nullopt;
    if (auto failure = known_failure(loader_.cache_file, library_, "")) return failure;
    return known_failure(loader_.cache_file, library_, std::string(target_.name));
  }

 private:
  std::optional<LoadFailure> met_before() const {
    for (const std::string& factory : {std::string(), std::string(target_.name)}) {
      std::unique_lock lock(loader_.mutex);
      const auto met = loader_.failures.find({library_, factory});
      if (met == loader_.failures.end()) continue;
      const LoadFailure failure = met->second;
      lock.unlock();
      if (failure.still_holds()) return failure;
    }
    return std::nullopt;
  }

  // What is linked in need not be exported.
  LoadedPlugin of_program(const plugin::InterfaceInfo& wanted) {
    InterfaceMismatch mismatch;
    if (const auto* row = find_row(loader_.linked_in, target_.name, symbol_, wanted, mismatch))
      return {nullptr, found_.file, row};
    return factory_in(open_program(), wanted);
  }

  LoadedPlugin factory_in(OpenLibrary open, const plugin::InterfaceInfo& wanted) {
    InterfaceMismatch mismatch;
    const auto* row = find_row(open.table, target_.name, symbol_, wanted, mismatch);
    if (row == nullptr) refuse_factory(mismatch, open.file.empty() ? library_ : open.file.string());
    forget();
    return {std::move(open.keep), open.file.empty() ? found_.file : open.file, row};
  }

  [[noreturn]] void refuse_library(const std::string& problem) {
    const std::string file(target_.file);
    const bool is_missing =
        found_.file.empty() &&
        (!found_.ask_linker || problem.starts_with(file + ": cannot open shared object file"));
    LoadFailure failure = failure_of("");
    if (!is_missing) {
      failure.failure = to_string(PluginFailure::NotLoaded);
      failure.reason = problem;
      failure.files = stamp_dependencies(library_);
      refuse(std::move(failure));
    }
    failure.failure = to_string(PluginFailure::NoLibrary);
    failure.reason = "there is no " + file + places();
    if (!problem.empty()) failure.reason += "; the dynamic linker: " + problem;
    failure.files = stamp_places(found_.places, found_.ask_linker ? file : std::string());
    refuse(std::move(failure));
  }

  std::string places() const {
    std::vector<std::string> folders;
    for (const fs::path& place : found_.places) folders.push_back(place.parent_path().string());
    return folders.empty() ? std::string() : " in " + joined(folders);
  }

  [[noreturn]] void refuse_factory(const InterfaceMismatch& mismatch, const std::string& file) {
    LoadFailure failure = failure_of(target_.name);
    failure.failure = to_string(mismatch.failure);
    failure.reason = mismatch.reason;
    failure.files = {stamped(file)};
    refuse(std::move(failure));
  }

  LoadFailure failure_of(std::string_view factory) const {
    LoadFailure failure;
    failure.library = library_;
    failure.factory = factory;
    failure.registry = symbol_.registry;
    failure.oid = symbol_.oid;
    failure.target = symbol_.target;
    failure.search_path = search_path_now();
    failure.declared = symbol_.source.to_string();
    failure.noticed = time_now();
    return failure;
  }

  [[noreturn]] void refuse(LoadFailure failure) const {
    PluginError error = to_error(failure, symbol_);
    if (loader_.cache) remember_failure(loader_.cache_file, failure);
    const std::lock_guard lock(loader_.mutex);
    std::pair key(failure.library, failure.factory);
    loader_.failures.insert_or_assign(std::move(key), std::move(failure));
    throw error;
  }

  void forget() const {
    if (!loader_.cache) return;
    for (const std::string& library : {library_, std::string(target_.file)}) {
      forget_failure(loader_.cache_file, library, "");
      forget_failure(loader_.cache_file, library, std::string(target_.name));
    }
  }

  const LoaderState& loader_;
  const Symbol& symbol_;
  const PluginTarget target_;
  const FoundLibrary found_;
  const std::string library_;  // its file, or what the target names
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
  const PluginFailure kind = failure_named(failure.failure);
  fs::path library = kind == PluginFailure::NoLibrary ? fs::path() : fs::path(failure.library);
  return {kind, symbol, std::move(library), failure.reason};
}

}  // namespace reg
