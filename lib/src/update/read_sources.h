#pragma once
// Reads sources, several at once.

#include <manifest/declarations.h>
#include <reg/auto_register.h>
#include <workspace/discover.h>
#include <functional>
#include <vector>

namespace reg {

struct ReadSource {
  Declarations declarations;
  FileStamp stamp;
  std::uint64_t hash = 0;  // of the content
};

// Does `work` for every number below `count`, on up to `jobs` threads (0: one a core), or on the
// calling one where there are none to be had. `progress` is called by the calling thread with the
// number of those that are done; `work` must not throw.
void for_each_number(std::size_t count, unsigned jobs,
                     const std::function<void(std::size_t number)>& work,
                     const std::function<void(std::size_t done)>& progress = {});

// What a file declares. A file that cannot be read is an error among its diagnostics.
ReadSource read_source(const Workspace& workspace, const SourceFile& file);
// The same for content that no file has yet.
ReadSource read_source(const SourceFile& file, const std::string& content);

// What an origin publishes counts as empty if there is an error in it, and is no error of the run.
// Where the file could not be read, it is as if another one had been, so that the next run tries.
void without_errors_of_origin(ReadSource& read, const std::string& path);

}  // namespace reg
