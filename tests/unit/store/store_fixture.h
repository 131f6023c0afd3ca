#pragma once
// What the store's tests have in common.

#include <reg/registry_store.h>
#include <stdlib.h>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace reg::test {

inline Predicate parse(const char* text) { return Predicate::parse(text); }

inline Implementation symbol(const char* target, const char* oid,
                             ImplementationOptions options = {}) {
  return Implementation::of_target(target, oid, std::move(options));
}

inline std::vector<std::string> targets(const std::vector<Symbol>& symbols) {
  std::vector<std::string> all;
  for (const Symbol& one : symbols) all.push_back(one.target);
  return all;
}

using Names = std::vector<std::string>;

// A store whose warnings are kept.
struct WarnedStore : RegistryStore {
  explicit WarnedStore(DebugMode mode = DebugMode::No) : RegistryStore(mode) {
    on_warning([this](const Diagnostic& warning) { warnings.push_back(warning.message); });
  }
  Names warnings;
};

// A folder of its own for a test, removed afterwards.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "reg_store_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The message of the error that `what` ends with; empty if it ends well.
template <typename Error, typename What>
std::string message_of(What what) {
  try {
    what();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace reg::test
