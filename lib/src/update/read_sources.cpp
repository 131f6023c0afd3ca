#include <update/read_sources.h>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace reg {
namespace {

ReadSource read_one(const Workspace& workspace, const SourceFile& file) {
  ReadSource result{{file.path, {}}, file.stamp};
  try {
    FileContent content = read_file(workspace.root() / file.path);
    result.stamp = content.stamp;
    result.source.declarations = file.extractor == nullptr
                                     ? read_config(content.text, file.path).declarations
                                     : file.extractor->extract(content.text, file.path);
  } catch (const StorageError& error) {
    result.source.declarations.diagnostics.push_back(
        {Severity::Error, {file.path}, error.what(), error.hint(), "", error.kind()});
  } catch (
      const std::exception& error) {  // out of memory, most likely; a thread must not end with it
    result.source.declarations.diagnostics.push_back(
        error_at({file.path}, "cannot be read: " + std::string(error.what())));
  }
  return result;
}

// Hands out the numbers 0 to n-1 to threads, and says how many are done.
class Counter {
 public:
  explicit Counter(std::size_t total) : total_(total) {}

  std::size_t next() { return next_.fetch_add(1, std::memory_order_relaxed); }
  void finish_one() {
    std::lock_guard lock(mutex_);
    if (++done_ == total_) finished_.notify_all();
  }
  // Waits for the end, or a tenth of a second; returns how many are done.
  std::size_t wait() {
    std::unique_lock lock(mutex_);
    finished_.wait_for(lock, std::chrono::milliseconds(100), [this] { return done_ == total_; });
    return done_;
  }

 private:
  std::size_t total_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable finished_;
  std::size_t done_ = 0;
};

unsigned threads_for(std::size_t files, unsigned jobs) {
  unsigned wanted = jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min<std::size_t>(wanted, files));
}

}  // namespace

std::vector<ReadSource> read_sources(
    const Workspace& workspace, const std::vector<SourceFile>& files, unsigned jobs,
    const std::function<void(std::size_t done, std::size_t total)>& progress) {
  std::vector<ReadSource> results(files.size());
  unsigned threads = threads_for(files.size(), jobs);
  if (threads <= 1 && !progress) {
    for (std::size_t i = 0; i < files.size(); ++i) results[i] = read_one(workspace, files[i]);
    return results;
  }
  Counter counter(files.size());
  auto work = [&] {
    for (std::size_t i = counter.next(); i < files.size(); i = counter.next()) {
      results[i] = read_one(workspace, files[i]);
      counter.finish_one();
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned i = 0; i < threads; ++i) pool.emplace_back(work);
  for (std::size_t done = 0; done < files.size();) {
    done = counter.wait();
    if (progress) progress(done, files.size());
  }
  return results;
}

}  // namespace reg
