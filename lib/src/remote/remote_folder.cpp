#include <fcntl.h>
#include <sys/stat.h>

#include <cache/cache_lock.h>
#include <manifest/declarations.h>
#include <reg/remote.h>
#include <reg/text.h>
#include <remote/staging.h>
#include <update/update.h>
#include <workspace/files.h>
#include <workspace/io_error.h>
#include <workspace/reg_folder.h>
#include <algorithm>
#include <cerrno>
#include <map>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string file_of(const std::string& origin) { return origin + ".reg.json"; }

void require_origin(const std::string& origin) {
  if (const std::string problem = origin_name_problem(origin); !problem.empty())
    throw UsageError(in_quotes(origin) + " is no origin: " + problem);
}

// Of a regular file; nullopt: there is none.
std::optional<FileStamp> stamp_of_regular(const fs::path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) == 0)
    return S_ISREG(status.st_mode) ? std::optional(to_stamp(status)) : std::nullopt;
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw io_error("look at", file, errno);
}

}  // namespace

class RemoteFolder::State {
 public:
  explicit State(const Workspace& workspace)
      : workspace_(workspace), path_(workspace.root() / remote_folder) {}

  const fs::path& path() const { return path_; }

  void stage(const std::string& origin, std::string_view text) {
    require_origin(origin);
    open();
    if (!staging_) staging_.emplace(path_, folder_.get());
    staging_->write(file_of(origin), text);
    removed_.erase(origin);
    staged_.insert(origin);
  }

  void stage_removal(const std::string& origin) {
    require_origin(origin);
    if (staging_) staging_->remove(file_of(origin));
    staged_.erase(origin);
    removed_.insert(origin);
  }

  bool has_staged() const { return !staged_.empty() || !removed_.empty(); }

  AutoRegisterReport apply(const AutoRegisterOptions& options) {
    const WorkspaceLock lock(workspace_.root(), lock_wait(workspace_, options.observer));
    tag_reg_folder(workspace_.root() / Workspace::folder_name);
    open();
    Staging::remove_leftovers(folder_.get());
    // What cannot come into the cache stays away from it.
    return carry_out(workspace_, {options, {}, Defines::OfTheCache}, [this] { put_in_place(); });
  }

  // What is there now is what is compared with when it is applied.
  std::map<std::string, FileStamp> look() {
    seen_ = listed();
    return *seen_;
  }
  const std::vector<std::string>& overtaken() const { return overtaken_; }

  std::map<std::string, FileStamp> listed() const {
    std::map<std::string, FileStamp> found;
    std::error_code error;
    const bool is_link = fs::is_symlink(fs::symlink_status(path_, error));
    if (is_link || !fs::is_directory(path_, error)) return found;
    fs::directory_iterator entry(path_, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const std::string path = std::string(remote_folder) + '/' + entry->path().filename().string();
      const std::string_view origin = origin_of_source(path);
      if (origin.empty()) continue;
      if (const auto stamp = stamp_of_regular(entry->path())) found.emplace(origin, *stamp);
    }
    if (error) throw io_error("list", path_, error.value());
    return found;
  }

 private:
  void open() {
    if (folder_.is_open()) return;
    make_folder(path_.parent_path());
    if (::mkdir(path_.c_str(), 0777) != 0 && errno != EEXIST)
      throw io_error("make the folder", path_, errno);
    // A link could lead anywhere.
    folder_ = Descriptor(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder_.is_open()) throw io_error("open the folder", path_, errno);
  }

  // Whether an origin's file is another one than it was when it was looked at.
  bool is_overtaken(const std::string& origin) const {
    if (!seen_) return false;
    const auto before = seen_->find(origin);
    const std::optional<FileStamp> now = stamp_of_regular(path_ / file_of(origin));
    return before == seen_->end() ? now.has_value() : now != before->second;
  }

  void leave_what_is_overtaken() {
    overtaken_.clear();
    for (auto* origins : {&staged_, &removed_}) {
      std::erase_if(*origins, [this](const std::string& origin) {
        if (!is_overtaken(origin)) return false;
        overtaken_.push_back(origin);
        return true;
      });
    }
  }

  void put_in_place() {
    leave_what_is_overtaken();
    for (; !staged_.empty(); staged_.erase(staged_.begin()))
      staging_->put(file_of(*staged_.begin()));
    for (; !removed_.empty(); removed_.erase(removed_.begin())) {
      const std::string file = file_of(*removed_.begin());
      if (::unlinkat(folder_.get(), file.c_str(), 0) != 0 && errno != ENOENT)
        throw io_error("remove", path_ / file, errno);
    }
    staging_.reset();
    seen_.reset();
    if (::fsync(folder_.get()) != 0) throw io_error("write", path_, errno);
  }

  Workspace workspace_;
  fs::path path_;
  Descriptor folder_;
  std::optional<Staging> staging_;
  std::set<std::string> staged_, removed_;
  std::optional<std::map<std::string, FileStamp>> seen_;
  std::vector<std::string> overtaken_;
};

RemoteFolder::RemoteFolder(const Workspace& workspace)
    : state_(std::make_unique<State>(workspace)) {}
RemoteFolder::RemoteFolder(RemoteFolder&&) noexcept = default;
RemoteFolder::~RemoteFolder() = default;

std::vector<std::string> RemoteFolder::origins() const {
  std::vector<std::string> origins;
  for (const auto& [origin, mark] : state_->listed()) origins.push_back(origin);
  return origins;
}

std::map<std::string, FileMark> RemoteFolder::look() {
  std::map<std::string, FileMark> marks;
  for (const auto& [origin, stamp] : state_->look())
    marks.emplace(origin, FileMark{stamp.size, stamp.modified, stamp.changed, stamp.inode});
  return marks;
}

const std::vector<std::string>& RemoteFolder::overtaken() const { return state_->overtaken(); }

std::optional<std::string> RemoteFolder::text_of(const std::string& origin) const {
  require_origin(origin);
  const fs::path file = state_->path() / file_of(origin);
  if (!stamp_of_regular(file)) return std::nullopt;
  return read_file(file).text;
}

void RemoteFolder::stage(const std::string& origin, std::string_view text) {
  state_->stage(origin, text);
}
void RemoteFolder::stage_removal(const std::string& origin) { state_->stage_removal(origin); }
bool RemoteFolder::has_staged() const { return state_->has_staged(); }
AutoRegisterReport RemoteFolder::apply(const AutoRegisterOptions& options) {
  return state_->apply(options);
}

}  // namespace reg
