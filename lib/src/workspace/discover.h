#pragma once
// Finds the sources of a workspace.

#include <extract/extractor.h>
#include <manifest/manifest.h>
#include <reg/error.h>
#include <reg/workspace.h>
#include <scan/scanner.h>
#include <workspace/files.h>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A file that declarations are read from. `extractor` is null for registry.toml.
struct SourceFile {
  std::string path;  // relative to the workspace, with `/`; absolute where the settings say so
  const Extractor* extractor = nullptr;
  FileStamp stamp;
};

// A file of code that some of the scans are for.
struct CodeSource {
  std::string path;  // as SourceFile's
  Language language = Language::Python;
  std::vector<std::size_t> scans;  // their numbers
  FileStamp stamp;
};

// Which files one walk takes.
struct SourceSet {
  std::vector<SourceEntry> patterns;
  std::vector<std::string> exclude;
  bool manifests = false;
  struct Reader {
    Language language = Language::Python;
    std::vector<std::size_t> scans;
    friend bool operator==(const Reader&, const Reader&) = default;
  };
  std::vector<Reader> code = {};
  Position at = {};  // of the first scan that it is made for
  // Set: what others publish is taken, and nothing else; all origins but this one, the own
  // (empty: none is).
  std::optional<std::string> all_origins_but = {};
};
// Notes in the set that files of that language are for that scan.
void add_reader(SourceSet& set, Language language, std::size_t scan);
// What the settings name: the set of manifests first, and scans of the same files in one set.
std::vector<SourceSet> source_sets(const Workspace& workspace, const Settings& settings);

// Where files of expectations may lie: the workspace's folder, and all that the settings name. The
// manifests there are among what it finds.
SourceSet expectation_set(const Settings& settings);
// All that lies in one folder, by the same rules; its path is no pattern.
SourceSet folder_set(const std::string& folder, const Settings& settings);
// Whether a file is called as one of nothing but expectations.
bool is_expectation_file(std::string_view file_name);

// A file or folder that could not be looked at.
struct Unreadable {
  std::string path;
  std::string why;
};

// What was looked at in order to find sources: a folder that was listed, or a name under which
// there was nothing (a stamp of size and inode 0). Where it has the same stamp, there is the same
// in it.
struct LookedAt {
  std::string path;  // as SourceFile's; "" is the workspace
  FileStamp stamp;   // noted before the folder was listed
  friend bool operator==(const LookedAt&, const LookedAt&) = default;
};

struct Discovery {
  std::vector<SourceFile> sources;        // in the order of registration
  std::vector<CodeSource> code;           // by path
  std::vector<std::string> expectations;  // files of nothing but expectations, by path
  std::vector<Unreadable> unreadable;  // sources below these are not gone: nothing is known of them
  std::vector<Diagnostic> diagnostics;  // these among them
  // Files beside the sources that are called as if they could be some, by path: *.toml, *.json.
  // Where there are more than `most_passed_by`, any of them.
  std::vector<std::string> passed_by;
  static constexpr std::size_t most_passed_by = 100;
  std::vector<LookedAt> looked_at;
};

// Every source that the sets name, and registry.toml itself. Reads folders, no files. Hidden
// files and folders count only where the settings name them. Folders that are symbolic links are
// entered only where the settings name them, so a loop of links ends; one file reached by two names
// is taken once, under the first. Unreadable folders and entries that match nothing are
// diagnostics. What others publish is taken by the set for it alone, and no link there is followed.
Discovery discover(const Workspace& workspace, std::span<const SourceSet> sets);

// Whether `path` is `target` or lies below it (both relative, with `/`; "" or "." is the
// workspace).
bool is_under(std::string_view path, std::string_view target);

// The order of registration: by path, then `manual.reg.json`, then what others publish, by origin.
bool source_before(std::string_view a, std::string_view b);

}  // namespace reg
