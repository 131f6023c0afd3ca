#include <cache/load_failures.h>
#include <fcntl.h>
#include <reg/error.h>
#include <reg/json.h>
#include <text/hash.h>
#include <unistd.h>
#include <workspace/descriptor.h>
#include <workspace/io_error.h>
#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace reg {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view format = "reg-failure";
constexpr int version = 3;
constexpr std::string_view ending = ".json";

constexpr std::pair<const char*, std::string LoadFailure::*> texts[] = {
    {"key", &LoadFailure::key},
    {"library", &LoadFailure::library},
    {"registry", &LoadFailure::registry},
    {"oid", &LoadFailure::oid},
    {"target", &LoadFailure::target},
    {"declared", &LoadFailure::declared},
    {"failure", &LoadFailure::failure},
    {"reason", &LoadFailure::reason},
    {"noticed", &LoadFailure::noticed},
    {"program", &LoadFailure::program},
    {"search_path", &LoadFailure::search_path},
};

bool is_there(const FileStamp& stamp) { return stamp.size != 0 || stamp.inode != 0; }

FileStamp stamp_now(const fs::path& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 ? to_stamp(status) : FileStamp{};
}

fs::path record_path(const fs::path& cache, const std::string& key) {
  return failures_folder(cache) / (hex_of(hash_of(key)) + std::string(ending));
}

Json to_json(const StampedFile& file) {
  const FileStamp& stamp = file.stamp;
  if (!is_there(stamp)) return Json::array({file.path});
  return {file.path, stamp.size, stamp.modified, stamp.changed, stamp.inode};
}

StampedFile file_from(const Json& json) {
  StampedFile file{json.at(0).get<std::string>(), {}};
  if (json.size() == 1) return file;
  file.stamp = {json.at(1).get<std::uint64_t>(), json.at(2).get<std::int64_t>(),
                json.at(3).get<std::int64_t>(), json.at(4).get<std::uint64_t>()};
  return file;
}

std::string text_of(const LoadFailure& failure) {
  Json json = {{"format", format}, {"version", version}, {"files", Json::array()}};
  for (const auto& [name, member] : texts) json[name] = failure.*member;
  for (const StampedFile& file : failure.files) json["files"].push_back(to_json(file));
  return to_text(json) + '\n';
}

std::optional<LoadFailure> failure_from(const std::string& text) try {
  const Json json = parse_json(text, "");
  if (json.at("format") != format || json.at("version") != version) return std::nullopt;
  LoadFailure failure;
  for (const auto& [name, member] : texts) failure.*member = json.at(name).get<std::string>();
  for (const Json& file : json.at("files")) failure.files.push_back(file_from(file));
  return failure;
} catch (const InputError&) {
  return std::nullopt;
} catch (const Json::exception&) {
  return std::nullopt;
}

std::optional<LoadFailure> holding_record(const fs::path& file) try {
  auto failure = failure_from(read_file(file).text);
  return failure && failure->still_holds() ? std::move(failure) : std::nullopt;
} catch (const StorageError&) {
  return std::nullopt;
}

bool write_whole(const Descriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(file.get(), text.data(), text.size());
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

// Not brought to the disk: a record that is lost, or damaged, costs another attempt to load.
void write_record(const fs::path& file, std::string_view text) {
  std::string temporary = (file.parent_path() / ".").string() + std::string(6, 'X');
  const Descriptor made(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!made.is_open()) return;
  if (!write_whole(made, text) || ::fchmod(made.get(), 0644) != 0 ||
      ::rename(temporary.c_str(), file.c_str()) != 0)
    ::unlink(temporary.c_str());
}

// By its name: a record, or what a killed process left of one.
bool is_ours(const fs::path& file) {
  const std::string name = file.filename().string();
  if (name.size() == 7 && name.front() == '.') return true;
  return file.extension() == ending && hash_from_hex(file.stem().string()).has_value();
}

bool tells(const StampedFile& file) {
  return fs::path(file.path).is_absolute() && (!is_there(file.stamp) || file.stamp.changed != 0);
}

}  // namespace

StampedFile stamped(const fs::path& file) { return {file.string(), noted(stamp_now(file))}; }

bool LoadFailure::still_holds() const {
  return !files.empty() && std::all_of(files.begin(), files.end(), [](const StampedFile& file) {
    return tells(file) && file.stamp == stamp_now(file.path);
  });
}

bool LoadFailure::holds_here() const {
  return program == program_now() && search_path == search_path_now() && still_holds();
}

std::string program_now() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).string();
}

std::string search_path_now() {
  const char* path = std::getenv("LD_LIBRARY_PATH");
  return path == nullptr ? "" : path;
}

fs::path failures_folder(const fs::path& cache) {
  fs::path folder = cache;
  return folder += ".failures";
}

void remember_failure(const fs::path& cache, const LoadFailure& failure) noexcept try {
  if (!std::all_of(failure.files.begin(), failure.files.end(), tells)) return;
  std::error_code ignored;
  fs::create_directory(failures_folder(cache), ignored);
  write_record(record_path(cache, failure.key), text_of(failure));
} catch (const std::exception&) {
  // Without memory for it, it is not remembered.
}

void forget_failures(const fs::path& cache, const std::vector<std::string>& keys) noexcept try {
  if (::access(failures_folder(cache).c_str(), F_OK) != 0) return;
  for (const std::string& key : keys) ::unlink(record_path(cache, key).c_str());
} catch (const std::exception&) {
  // It no longer holds, or will be tried again.
}

std::optional<LoadFailure> known_failure(const fs::path& cache, const std::string& key) {
  auto failure = holding_record(record_path(cache, key));
  return failure && failure->key == key && failure->holds_here() ? std::move(failure)
                                                                 : std::nullopt;
}

std::vector<LoadFailure> known_failures(const fs::path& cache) {
  std::vector<LoadFailure> failures;
  std::error_code error;
  for (fs::directory_iterator entry(failures_folder(cache), error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != ending) continue;
    if (auto failure = holding_record(entry->path())) failures.push_back(std::move(*failure));
  }
  std::sort(failures.begin(), failures.end(), [](const LoadFailure& a, const LoadFailure& b) {
    return std::tie(a.library, a.key) < std::tie(b.library, b.key);
  });
  return failures;
}

bool remove_failures(const fs::path& cache) {
  bool removed = false;
  std::error_code error;
  for (fs::directory_iterator entry(failures_folder(cache), error), end; !error && entry != end;
       entry.increment(error)) {
    if (!is_ours(entry->path())) continue;
    std::error_code failed;
    removed |= fs::remove(entry->path(), failed);
    if (failed) throw io_error("remove", entry->path(), failed.value());
  }
  // Whatever else is in it is somebody else's.
  if (removed) fs::remove(failures_folder(cache), error);
  return removed;
}

}  // namespace reg
