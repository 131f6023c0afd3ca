#include <reg/error.h>
#include <reg/workspace.h>
#include <scan/scanner.h>
#include <text/json_text.h>
#include <update/code_reading.h>
#include <update/detect.h>
#include <workspace/atomic_file.h>
#include <workspace/file_lock.h>
#include <workspace/io_error.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

// A virtual environment holds the code of others, who have their own place in `python`.
std::string exclude_list(const std::vector<std::string>& environments) {
  std::string list = "\"build\"";
  for (const std::string& path : environments) {
    if (path.find_first_of("*?[\\") != std::string::npos || !is_valid_utf8(path)) continue;
    append_quoted(list += ", ", path);
  }
  return "[" + list + "]";
}

std::string scans_text(const std::string& scans) {
  if (!scans.empty())
    return "# Registrations in code, which is read and never run. Proposed by what was found here; "
           "`reg scan` shows what\n"
           "# comes of it, `reg scan --presets` what the presets say.\n" +
           scans;
  return "# Registrations in code are read where a [[scan]] says how; `reg scan --presets` shows "
         "what there is:\n"
         "#\n"
         "# [[scan]]\n"
         "# preset = \"mmengine\"\n"
         "\n";
}

std::string config_text(const std::string& name, const Detected& detected) {
  std::string quoted;
  append_quoted(quoted, name);
  return "# A reg workspace. `reg auto-register` reads the sources below and writes the cache; "
         "queries answer from it.\n"
         "\n"
         "[workspace]\n"
         "name    = " +
         quoted +
         "\n"
         "# Globs or folders, relative to this file; a folder is walked for every known kind of "
         "source.\n"
         "sources = [\".\"]\n"
         "# Besides hidden files and folders, node_modules and __pycache__; as in .gitignore.\n"
         "exclude = " +
         exclude_list(detected.environments) +
         "\n"
         "# lock_timeout = 5.0            # seconds to wait for another writer\n"
         "# refresh      = \"warn\"         # where sources changed, queries warn; \"auto\": they "
         "read "
         "them first; \"off\"\n"
         "\n"
         "# Facts that a symbol's `when` is evaluated against; `--define KEY=VALUE` adds to them.\n"
         "[facts]\n"
         "# build = \"release\"\n"
         "\n"
         "# Facts that every selection starts with; `--ctx KEY=VALUE` overrides them.\n"
         "[context]\n"
         "# device = \"cpu\"\n"
         "\n"
         "# What `reg lint` does about its findings, by their codes; a warning, if nothing is "
         "said.\n"
         "[lint]\n"
         "# deny  = [\"all\"]\n"
         "# allow = [\"unused-field\"]\n"
         "\n" +
         scans_text(detected.scans) +
         "# Declarations can stand here, or in any *.reg.toml or *.reg.json file among the "
         "sources:\n"
         "#\n"
         "# [registries.Codec]\n"
         "# doc    = \"image codecs\"\n"
         "# fields = { lossy = \"bool\" }\n"
         "#\n"
         "# [[symbols]]\n"
         "# registry = \"Codec\"\n"
         "# oid      = \"image\"\n"
         "# target   = \"libcodecs.so:make_png\"\n"
         "# select   = 'ext == \"png\"'\n"
         "# info     = { lossy = false }\n";
}

bool reads_all_of(const Scan& scan) {
  return std::all_of(scan.idioms.begin(), scan.idioms.end(),
                     [](const Idiom& idiom) { return scanner_of(idiom.language).is_built; });
}

// Words prove little: what the presets really find here is read once, and those that find nothing
// are left out.
void drop_idle(const Workspace& workspace, Detected& detected) {
  const std::string text =
      "[workspace]\nsources = [\".\"]\nexclude = " + exclude_list(detected.environments) + "\n" +
      detected.scans;
  const Settings settings = read_config(text, Workspace::config_name).settings;
  const Observer nobody;
  CodeReading reading(workspace, settings.scans, 0, nobody);
  std::vector<CodeSource> files = discover(workspace, source_sets(workspace, settings)).code;
  if (files.size() > most_files_detected) return;
  for (CodeSource& file : files) reading.add(std::move(file), nullptr, CodeReading::Take::AsItIs);
  reading.read_changed();
  for (const std::size_t idle : reading.resolve({}, {}).idle) {
    if (reads_all_of(settings.scans[idle])) detected.drop(settings.scans[idle].preset);
  }
}

// Of a folder whose name is no text, or that has none, any name will do.
std::string name_of(const fs::path& root) {
  const std::string name = root.filename().string();
  return name.empty() || !is_valid_utf8(name) ? "workspace" : name;
}

void refuse_to_replace(const fs::path& config) {
  std::error_code error;
  fs::file_status status = fs::symlink_status(config, error);
  if (!fs::status_known(status)) throw io_error("look at", config, error.value());
  if (!fs::exists(status)) return;
  throw StorageError(ErrorKind::Workspace, config.string() + " exists already",
                     "use --force to write it anew");
}

}  // namespace

NewWorkspace init_workspace(const fs::path& folder, const std::string& name, Force force) {
  if (!is_valid_utf8(name)) throw UsageError("the name of a workspace is UTF-8");
  fs::path root = fs::absolute(folder).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  const fs::path config = root / Workspace::config_name;
  if (force == Force::No) refuse_to_replace(config);  // before anything is made
  Detected detected = detect(root);
  if (!detected.of_preset.empty()) drop_idle(Workspace(root), detected);
  const WorkspaceLock lock(root, wait_for(std::chrono::seconds(5)));
  if (force == Force::No) refuse_to_replace(config);
  AtomicFile file(config);
  file.write(config_text(name.empty() ? name_of(root) : name, detected));
  file.commit();
  return {Workspace(root), std::move(detected.code)};
}

}  // namespace reg
