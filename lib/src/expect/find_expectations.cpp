#include <expect/expectation_text.h>
#include <reg/expectations.h>
#include <sys/stat.h>
#include <text/diagnostic.h>
#include <workspace/discover.h>
#include <workspace/files.h>
#include <workspace/io_error.h>
#include <algorithm>
#include <set>
#include <span>
#include <tuple>

namespace reg {
namespace fs = std::filesystem;
namespace {

// Whether the file is read to its end though nothing in it looks like an expectation.
enum class Named : bool { No, Yes };

// A key may be written with escapes.
bool may_expect(const std::string& text) {
  return text.find("expect") != std::string::npos || text.find("\\u") != std::string::npos ||
         text.find("\\U") != std::string::npos;
}

bool is_object_file(const SourceFile& source) {
  return source.extractor != nullptr && source.extractor->name == "shared object";
}

// One file may have several names.
using FileIdentity = std::tuple<dev_t, ino_t, std::string>;

// By its path, where it cannot be told.
FileIdentity identity_of(const fs::path& file) {
  struct stat found = {};
  if (::stat(file.c_str(), &found) != 0) return {0, 0, file.string()};
  return {found.st_dev, found.st_ino, {}};
}

// Collects the expectations of files, each once, and what is wrong with any of them.
class Collector {
 public:
  explicit Collector(const Workspace& workspace) : workspace_(workspace) {
    const FileContent content = read_file(workspace.config());
    ConfigFile config = read_config(content.text, Workspace::config_name);
    if (config.state == SettingsState::Unknown)
      throw InputError(std::move(config.declarations.diagnostics));
    settings_ = std::move(config.settings);
  }

  void take_workspace() {
    const std::vector<SourceSet> sources = {{settings_.sources, settings_.exclude, true, {}}};
    const Discovery manifests = discover(workspace_, sources);
    for (const SourceFile& source : manifests.sources) take_source(source);
    note_unreadable(manifests);
    const std::vector<SourceSet> tests = {expectation_set(settings_)};
    const Discovery files = discover(workspace_, tests);
    for (const std::string& path : files.expectations)
      take(workspace_.root() / path, path, Named::Yes);
    note_unreadable(files);
  }

  // Whether one of the files that are looked at is this.
  bool looks_at(const fs::path& file) {
    const std::vector<SourceSet> sets = {{settings_.sources, settings_.exclude, true, {}},
                                         expectation_set(settings_)};
    const FileIdentity wanted = identity_of(file);
    const auto is_it = [&](const std::string& path) {
      return identity_of(workspace_.root() / path) == wanted;
    };
    const Discovery manifests = discover(workspace_, std::span(sets).first(1));
    if (std::any_of(manifests.sources.begin(), manifests.sources.end(),
                    [&](const SourceFile& source) { return is_it(source.path); }))
      return true;
    const Discovery files = discover(workspace_, std::span(sets).last(1));
    return std::any_of(files.expectations.begin(), files.expectations.end(), is_it);
  }

  void take_path(const fs::path& given) {
    std::error_code error;
    const fs::file_status status = fs::status(given, error);
    if (!fs::exists(status))
      throw InputError("cannot read " + given.string() + ": " + error.message());
    if (!fs::is_directory(status))
      return take(fs::absolute(given).lexically_normal(), given.string(), Named::Yes);
    take_folder(given);
  }

  std::vector<ExpectationFile> finish() {
    if (!problems_.empty()) throw InputError(std::move(problems_));
    std::sort(files_.begin(), files_.end(),
              [](const ExpectationFile& a, const ExpectationFile& b) { return a.path < b.path; });
    return std::move(files_);
  }

 private:
  // Sources and expectations below a folder, which patterns name from the workspace on.
  void take_folder(const fs::path& given) {
    fs::path absolute = fs::absolute(given).lexically_normal();
    if (!absolute.has_filename()) absolute = absolute.parent_path();
    const fs::path relative = absolute.lexically_relative(workspace_.root());
    const bool is_inside = !relative.empty() && *relative.begin() != "..";
    const std::string folder = (is_inside ? relative : absolute).string();
    const std::vector<SourceSet> sets = {folder_set(folder, settings_)};
    const Discovery found = discover(workspace_, sets);
    const auto shown = [&](const std::string& path) {
      const fs::path below = (workspace_.root() / path).lexically_relative(absolute);
      return (given / below).lexically_normal().string();
    };
    for (const SourceFile& source : found.sources) {
      if (is_under(source.path, folder) && !is_object_file(source))
        take(workspace_.root() / source.path, shown(source.path), Named::No);
    }
    for (const std::string& path : found.expectations) {
      if (is_under(path, folder)) take(workspace_.root() / path, shown(path), Named::Yes);
    }
    note_unreadable(found);
  }

  void take_source(const SourceFile& source) {
    if (!is_object_file(source)) take(workspace_.root() / source.path, source.path, Named::No);
  }

  void take(const fs::path& file, const std::string& path, Named named) {
    if (!taken_.insert(identity_of(file)).second) return;
    ExpectationFile found{file, path, {}};
    try {
      const ExpectationText text = read_expectation_text(file, path);
      if (named == Named::No && !may_expect(text.text)) return;
      for (ExpectEntry& entry : text.entries())
        found.expectations.push_back(std::move(entry.expectation));
    } catch (const InputError& error) {
      problems_.insert(problems_.end(), error.diagnostics().begin(), error.diagnostics().end());
    } catch (const StorageError& error) {
      problems_.push_back(error_at({}, error.what(), error.hint()));
    }
    if (named == Named::Yes || !found.expectations.empty()) files_.push_back(std::move(found));
  }

  // There may be expectations in it.
  void note_unreadable(const Discovery& found) {
    for (const Unreadable& each : found.unreadable) {
      if (unreadable_.insert(each.path).second)
        problems_.push_back(error_at({each.path.empty() ? "." : each.path}, each.why,
                                     "a pattern in `exclude` leaves it out"));
    }
  }

  const Workspace& workspace_;
  Settings settings_;
  std::set<FileIdentity> taken_;
  std::set<std::string> unreadable_;
  std::vector<ExpectationFile> files_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

std::vector<ExpectationFile> find_expectations(const Workspace& workspace,
                                               const std::vector<fs::path>& paths) {
  Collector collector(workspace);
  if (paths.empty()) collector.take_workspace();
  for (const fs::path& path : paths) collector.take_path(path);
  return collector.finish();
}

bool is_expectation_place(const Workspace& workspace, const fs::path& file) {
  return Collector(workspace).looks_at(file);
}

}  // namespace reg
