#pragma once
// A workspace in a scratch folder, with plugins that are copied into it. They are declared by a
// manifest beside them, or by themselves.

#include "codec.h"

#include <reg/auto_register.h>
#include <reg/loader.h>
#include <scratch.h>
#include <workspace/files.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace reg_test {

class Host {
 public:
  enum class DeclaredBy : bool { Manifest, Libraries };

  explicit Host(const std::string& settings = {}, DeclaredBy declared_by = DeclaredBy::Manifest) {
    const bool is_manifest = declared_by == DeclaredBy::Manifest;
    const std::string sources = is_manifest ? "plugins/*.reg.toml" : "plugins/*.so";
    write_file(*scratch_ / reg::Workspace::config_name,
               "[workspace]\nsources = ['" + sources + "']\n" + settings);
    std::filesystem::create_directory(plugins());
  }

  std::filesystem::path plugins() const { return *scratch_ / "plugins"; }
  std::filesystem::path operator/(std::string_view name) const { return *scratch_ / name; }
  reg::Workspace workspace() const { return reg::Workspace::at(scratch_->path()); }

  // Such as `good/png`, under the name `libpng.so`.
  void copy(const std::string& plugin, const std::filesystem::path& folder) const {
    const std::filesystem::path from = file_of(plugin);
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(from, folder / from.filename(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  void copy(const std::string& plugin) const { copy(plugin, plugins()); }

  // Line 2 is the first declaration's.
  void declare(const std::string& oid, const std::string& target, const std::string& select = {}) {
    manifest_ += "[[symbols]]\nregistry = 'Codec'\noid = '" + oid + "'\ntarget = '" + target +
                 "'\n" + (select.empty() ? "" : "select = \"" + select + "\"\n");
  }
  reg::Cache cache(const reg::AutoRegisterOptions& options = {}) const {
    write_file(plugins() / "codecs.reg.toml",
               "\n" + manifest_ + "[registries.Codec]\nfields = { speed = 'int' }\n");
    if (reg::auto_register(workspace(), options).failed)
      throw std::logic_error("the manifest is wrong");
    return reg::Cache::open(workspace().cache());
  }

  static std::filesystem::path file_of(const std::string& plugin) {
    const std::filesystem::path path(plugin);
    return std::filesystem::path(REG_PLUGINS) / path.parent_path() /
           ("lib" + path.filename().string() + ".so");
  }
  // Until its times tell whether it has changed since.
  static void settle(const std::filesystem::path& file) {
    while (reg::noted(reg::stamp_of(file)).changed == 0) {
    }
  }

 private:
  std::unique_ptr<ScratchFolder> scratch_ = std::make_unique<ScratchFolder>();
  std::string manifest_;
};

using Codecs = reg::Plugin<demo::Codec>;

template <typename Call>
reg::PluginError error_of(Call call) {
  try {
    call();
  } catch (const reg::PluginError& error) {
    return error;
  }
  throw std::logic_error("nothing failed");
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace reg_test
