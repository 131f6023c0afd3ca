#include <cxxabi.h>
#include <plugin/interface_check.h>
#include <plugin/load.h>
#include <plugin/loader_state.h>
#include <reg/implementation.h>
#include <reg/workspace.h>
#include <select/inside_view.h>
#include <typeindex>

namespace reg {
namespace fs = std::filesystem;
namespace {

// Without one, sources that are named relative to it are nowhere.
fs::path root_of(const fs::path& cache) try {
  if (cache.parent_path().filename() == Workspace::folder_name)
    return cache.parent_path().parent_path();
  const Workspace current = Workspace::find();
  std::error_code error;
  if (fs::equivalent(current.cache(), cache, error)) return fs::absolute(current.root());
  return {};
} catch (const StorageError&) {
  return {};
}

// Not where a thread is cancelled: that is no exception, and goes on.
std::string words_of_exception() {
#ifdef __GLIBCXX__
  try {
    throw;
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
  }
#endif
  const std::type_info* type = abi::__cxa_current_exception_type();
  const std::string name = type == nullptr ? "something" : type_target(std::type_index(*type));
  try {
    throw;
  } catch (const std::exception& error) {
    return "it threw " + name + ": " + error.what();
  } catch (...) {
    return "it threw " + name;
  }
}

}  // namespace

Loader::Loader(const Cache& cache, LoaderOptions options, plugin::Table linked_in) {
  const CacheFile& opened = InsideView::file(cache);
  const fs::path file = opened.absolute_path();
  fs::path root = !options.root.empty()   ? fs::absolute(options.root)
                  : opened.root().empty() ? root_of(file)
                                          : opened.root();
  state_ = std::make_shared<const LoaderState>(InsideView::share(cache), file, std::move(options),
                                               linked_in, std::move(root));
}

Loader::Loader(LoaderOptions options, plugin::Table linked_in)
    : state_(std::make_shared<const LoaderState>(std::nullopt, fs::path(), std::move(options),
                                                 linked_in, fs::path())) {}

ChosenPlugin::ChosenPlugin(std::shared_ptr<const LoaderState> state,
                           const plugin::InterfaceInfo& wanted, Candidate candidate)
    : state_(std::move(state)), wanted_(&wanted), candidate_(std::move(candidate)) {}

void ChosenPlugin::load() {
  if (factory_ != nullptr) return;
  if (row_ != nullptr) {
    const InterfaceMismatch mismatch = compare_interfaces(row_->interface, *wanted_);
    if (!mismatch.reason.empty())
      throw PluginError(mismatch.failure, symbol(), {}, mismatch.reason);
    factory_ = functions_behind(*row_);
    return;
  }
  LoadedPlugin loaded = load_plugin(*state_, symbol(), *wanted_);
  keep_ = std::move(loaded.keep);
  library_ = std::move(loaded.file);
  factory_ = functions_behind(*loaded.row);
}

void ChosenPlugin::rethrow() const {
  throw PluginError(PluginFailure::NoInstance, symbol(), library_, words_of_exception());
}

void ChosenPlugin::made_nothing() const {
  throw PluginError(PluginFailure::NoInstance, symbol(), library_, "its factory returned null");
}

}  // namespace reg
