#include <reg/error.h>
#include <reg/workspace.h>
#include <text/json_text.h>
#include <workspace/atomic_file.h>
#include <workspace/reg_folder.h>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string config_text(const std::string& name) {
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
         "# Besides hidden folders, node_modules and __pycache__.\n"
         "exclude = [\"build\"]\n"
         "# cache        = \".reg/registry_cache.json\"\n"
         "# lock_timeout = 5.0            # seconds to wait for another writer\n"
         "\n"
         "# Facts that a symbol's `when` is evaluated against; `--define KEY=VALUE` adds to them.\n"
         "[facts]\n"
         "# build = \"release\"\n"
         "\n"
         "# Facts that every selection starts with; `--ctx KEY=VALUE` overrides them.\n"
         "[context]\n"
         "# device = \"cpu\"\n"
         "\n"
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

// No lock is held here: others may be writing the same.
void write(const fs::path& path, const std::string& text) {
  AtomicFile file(path, AtomicFile::Leftovers::Keep);
  file.write(text);
  file.commit();
}

}  // namespace

void make_reg_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw StorageError(ErrorKind::Io,
                       "cannot make the folder " + folder.string() + ": " + error.message());
  if (folder.filename() != ".reg") return;
  // bford.info/cachedir: backups leave out folders that have this file.
  if (!fs::exists(folder / "CACHEDIR.TAG", error)) {
    write(folder / "CACHEDIR.TAG",
          "Signature: 8a477f597d28d172789f06886806bc55\n# Made by reg; everything here can be "
          "rebuilt.\n");
  }
  if (!fs::exists(folder / ".gitignore", error)) write(folder / ".gitignore", "*\n");
}

Workspace init_workspace(const fs::path& folder, const std::string& name, Force force) {
  std::error_code error;
  fs::path root = fs::absolute(folder).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  fs::path config = root / Workspace::config_name;
  if (force == Force::No && fs::exists(fs::symlink_status(config, error))) {
    throw StorageError(ErrorKind::Workspace, config.string() + " exists already",
                       "use --force to write it anew");
  }
  make_reg_folder(root / ".reg");
  write(config, config_text(name.empty() ? root.filename().string() : name));
  return Workspace::at(root);
}

}  // namespace reg
