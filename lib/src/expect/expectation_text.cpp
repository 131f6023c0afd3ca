#include <expect/expectation_text.h>
#include <extract/extractor.h>
#include <reg/workspace.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <workspace/discover.h>
#include <workspace/files.h>
#include <workspace/io_error.h>
#include <optional>
#include <utility>

namespace reg {
namespace fs = std::filesystem;
namespace {

ExpectHolder holder_of(const std::string& file_name) {
  const bool is_source = file_name == Workspace::config_name || extractor_for(file_name) != nullptr;
  return is_source ? ExpectHolder::Manifest : ExpectHolder::TestFile;
}

fs::path behind_links(const fs::path& file) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(fs::absolute(file), error);
  if (error) throw io_error("find", file, error.value());
  return real;
}

std::optional<Workspace> workspace_around(fs::path folder) {
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  try {
    return Workspace::find(folder);
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw io_error("make the folder", folder, error.value());
}

}  // namespace

std::vector<ExpectEntry> ExpectationText::entries() const {
  ExpectDocument document = read_expect_document(text, path, format, holder);
  if (!document.diagnostics.empty()) throw InputError(std::move(document.diagnostics));
  return std::move(document.entries);
}

ExpectationText expectation_text(const std::string& file_name, std::string path, std::string text) {
  return {std::move(path), std::move(text),
          file_name.ends_with(".json") ? ManifestFormat::JsonText : ManifestFormat::TomlText,
          holder_of(file_name)};
}

ExpectationText read_expectation_text(const fs::path& file, std::string path) {
  return expectation_text(file.filename().string(), std::move(path), read_file(file).text);
}

WorkspaceLock lock_for(const fs::path& file, const Workspace& workspace, const Observer& observer) {
  const Workspace own = workspace_around(behind_links(file).parent_path()).value_or(workspace);
  return {own.root(), lock_wait(own, observer)};
}

void write_expectation_text(const WorkspaceLock&, const fs::path& file, const std::string& text) {
  const fs::path real = behind_links(file);
  make_folder(real.parent_path());
  AtomicFile written(real);
  written.write(text);
  written.commit();
}

bool same_expectation(const Expectation& a, const Expectation& b) {
  return a.registry == b.registry && a.oid == b.oid && a.context == b.context &&
         a.targets == b.targets && a.doc == b.doc;
}

}  // namespace reg
