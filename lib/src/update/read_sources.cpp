#include <reg/text.h>
#include <text/diagnostic.h>
#include <text/hash.h>
#include <update/read_sources.h>
#include <workspace/source_content.h>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace reg {
namespace {

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

unsigned threads_for(std::size_t count, unsigned jobs) {
  const unsigned wanted = jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min<std::size_t>(wanted, count));
}

// As many as there are to be had.
std::vector<std::jthread> start(unsigned threads, const std::function<void()>& work) {
  std::vector<std::jthread> pool;
  pool.reserve(threads);
  try {
    while (pool.size() < threads) pool.emplace_back(work);
  } catch (const std::system_error&) {  // the user's limit, most likely
  }
  return pool;
}

Diagnostic unreadable(const SourceFile& file, std::string why, std::string hint) {
  return {Severity::Error, {file.path}, std::move(why), std::move(hint), "", ErrorKind::Io};
}

Declarations extract(const SourceFile& file, const std::string& content) {
  return file.extractor->extract(content, file.path);
}

}  // namespace

void for_each_number(std::size_t count, unsigned jobs,
                     const std::function<void(std::size_t number)>& work,
                     const std::function<void(std::size_t done)>& progress) {
  Counter counter(count);
  auto work_along = [&] {
    for (std::size_t i = counter.next(); i < count; i = counter.next()) {
      work(i);
      counter.finish_one();
    }
  };
  const unsigned threads = threads_for(count, jobs);
  const auto pool = threads > 1 ? start(threads, work_along) : std::vector<std::jthread>();
  if (pool.empty()) {
    for (std::size_t i = 0; i < count; ++i) {
      work(i);
      if (progress) progress(i + 1);
    }
    return;
  }
  for (std::size_t done = 0; done < count;) {
    done = counter.wait();
    if (progress) progress(done);
  }
}

void without_errors_of_origin(ReadSource& read, const std::string& path) {
  const std::string_view origin = origin_of_source(path);
  Declarations& declared = read.declarations;
  if (origin.empty() || !declared.failed()) return;
  const auto first =
      std::find_if(declared.diagnostics.begin(), declared.diagnostics.end(),
                   [](const Diagnostic& found) { return found.severity == Severity::Error; });
  const bool may_pass = first->kind != ErrorKind::Input;
  Diagnostic warning = *first;
  warning.severity = Severity::Warning;
  warning.message = "what " + in_quotes(origin) +
                    " publishes cannot be used, and counts as empty: " + warning.message;
  declared = Declarations();
  declared.diagnostics.push_back(std::move(warning));
  if (!may_pass) return;
  read.stamp = {0, 0, 0, 1};
  read.hash = 0;
}

ReadSource read_source(const SourceFile& file, const std::string& content) {
  return {extract(file, content), file.stamp, hash_of(content)};
}

// It is called on threads, which must not end with an exception.
ReadSource read_source(const Workspace& workspace, const SourceFile& file) {
  ReadSource result{{}, file.stamp};
  std::vector<Diagnostic>& found = result.declarations.diagnostics;
  try {
    const FileContent content =
        read_settled_content(workspace.root() / file.path, reads_of(file.path));
    result.stamp = content.stamp;
    result.hash = hash_of(content.text);
    result.declarations = extract(file, content.text);
  } catch (const InputError& error) {
    found.push_back(error_at({file.path}, error.what(), error.hint()));
  } catch (const StorageError& error) {
    found.push_back(unreadable(file, error.what(), error.hint()));
  } catch (const std::bad_alloc&) {
    found.push_back(unreadable(file, "cannot be read: it needs more memory than there is",
                               "divide it into several sources, or raise the memory limit"));
  } catch (const std::exception& error) {
    found.push_back(unreadable(file, "cannot be read: " + std::string(error.what()), ""));
  }
  return result;
}

}  // namespace reg
