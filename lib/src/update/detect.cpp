#include <manifest/scan_presets.h>
#include <manifest/scan_values.h>
#include <reg/text.h>
#include <scan/scanner.h>
#include <update/detect.h>
#include <update/detect_words.h>
#include <update/local_registry.h>
#include <workspace/files.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

// More is no code that anybody wrote.
constexpr std::uintmax_t largest_file = 4 << 20;

struct Evidence {
  std::set<std::string> reasons;
  std::size_t files = 0;
};

struct OwnRegistries {
  std::vector<std::string> classes, paths;
  LocalRegistry like;
};

bool is_left_out(const std::string& name) {
  return name.starts_with('.') || name == "node_modules" || name == "__pycache__" ||
         name == "build";
}

// A project of one of these is read by its preset also where it is the workspace itself.
std::string preset_of_package(std::string_view module) {
  const std::string_view package = module.substr(0, module.find('.'));
  if (package == "detectron2") return "fvcore";
  if (package == "mmcv") return "mmengine";
  for (const char* name : {"excore", "mmengine", "fvcore"})
    if (package == name) return name;
  return {};
}

class Detector {
 public:
  explicit Detector(const fs::path& root) : root_(root) {}

  Detected run() {
    folder(root_, "");
    Detected out;
    out.environments = std::move(environments_);
    for (const ScanPreset& preset : presets()) add(preset, out);
    for (const auto& [scans, own] : own_) add(own, out);
    if (is_full()) out.scans += "# There are more files here than were looked at.\n\n";
    return out;
  }

 private:
  bool is_full() const { return files_ >= most_files_detected || bytes_ >= most_bytes_detected; }

  void folder(const fs::path& place, const std::string& path) {
    std::vector<fs::directory_entry> entries;
    std::error_code error;
    for (fs::directory_iterator i(place, error), end; !error && i != end && listed_++ < most_listed;
         i.increment(error))
      entries.push_back(*i);
    std::sort(entries.begin(), entries.end());
    for (const fs::directory_entry& entry : entries) {
      if (is_full()) return;
      const std::string name = entry.path().filename().string();
      if (!is_left_out(name)) visit(entry, path.empty() ? name : path + '/' + name);
    }
  }

  void visit(const fs::directory_entry& entry, const std::string& path) {
    std::error_code error;
    if (entry.is_directory(error)) {
      if (entry.is_symlink(error)) return;
      if (fs::exists(entry.path() / "pyvenv.cfg", error)) return environments_.push_back(path);
      return folder(entry.path(), path);
    }
    const std::optional<Language> language = language_of(path);
    if (!language || !entry.is_regular_file(error)) return;
    ++files_;
    const std::uintmax_t size = entry.file_size(error);
    if (error || size > largest_file) return;
    bytes_ += static_cast<std::size_t>(size);
    try {
      look_at(*language, path, read_file(entry.path()).text);
    } catch (const RegistryError&) {
      return;  // it is no evidence
    }
  }

  void look_at(Language language, const std::string& path, const std::string& content) {
    std::vector<Sign> signs = signs_in(language, path, content);
    const auto local = language == Language::Python ? find_local_registry(content) : std::nullopt;
    if (local) take_local(path, *local, signs);
    std::set<std::string> told;
    for (const Sign& sign : signs) {
      Evidence& evidence = presets_[sign.preset];
      evidence.reasons.insert(sign.reason);
      if (told.insert(sign.preset).second) ++evidence.files;
    }
  }

  void take_local(const std::string& path, const LocalRegistry& local, std::vector<Sign>& signs) {
    const std::string module = module_name(path);
    const std::string preset = preset_of_package(module), name = module + "." + local.name;
    if (!preset.empty()) return signs.push_back({preset, "its own class " + local.name});
    if (!is_dotted_name(name, Language::Python)) return;
    OwnRegistries& own = own_[scans_for(local, {"Registry"})];
    own.like = local;
    own.classes.push_back(name);
    own.paths.push_back(path);
  }

  // As Python names the file: from the topmost folder on that is a package.
  std::string module_name(const std::string& path) const {
    fs::path file = fs::path(path).replace_extension();
    std::string name = file.filename().string();
    if (name == "__init__") name.clear();
    std::error_code error;
    for (fs::path package = file.parent_path();
         !package.empty() && fs::exists(root_ / package / "__init__.py", error);
         package = package.parent_path())
      name = package.filename().string() + (name.empty() ? "" : "." + name);
    return name;
  }

  void add(const ScanPreset& preset, Detected& out) const {
    const auto found = presets_.find(preset.name);
    if (found == presets_.end()) return;
    const Evidence& evidence = found->second;
    out.code.push_back({std::string(preset.name), evidence.files});
    std::string& text = out.of_preset[std::string(preset.name)];
    text = "# Found in " + std::to_string(evidence.files) +
           (evidence.files == 1 ? " file: " : " files: ") + joined(evidence.reasons) +
           "\n[[scan]]\npreset = \"" + std::string(preset.name) + "\"\n\n";
    out.scans += text;
  }

  static void add(const OwnRegistries& own, Detected& out) {
    for (const std::string& path : own.paths)
      out.scans += "# class " + own.like.name + " in " + in_quotes(path) + "\n";
    out.scans += scans_for(own.like, own.classes);
    for (const std::string& name : own.classes) out.code.push_back({name, 1});
  }

  static constexpr std::size_t most_listed = 10 * most_files_detected;
  const fs::path& root_;
  std::size_t files_ = 0, bytes_ = 0, listed_ = 0;
  std::map<std::string, Evidence, std::less<>> presets_;
  std::map<std::string, OwnRegistries> own_;  // by what is written for each of them
  std::vector<std::string> environments_;
};

}  // namespace

void Detected::drop(std::string_view preset) {
  const auto found = of_preset.find(preset);
  if (found == of_preset.end()) return;
  scans.erase(scans.find(found->second), found->second.size());
  std::erase_if(code, [&](const DetectedCode& each) { return each.what == preset; });
  of_preset.erase(found);
}

Detected detect(const fs::path& root) { return Detector(root).run(); }

}  // namespace reg
