#pragma once
// Reads sources, several at once.

#include <reg/workspace.h>
#include <registration/catalog.h>
#include <update/plan.h>
#include <functional>
#include <vector>

namespace reg {

struct ReadSource {
  Source source;
  FileStamp stamp;
};

// Reads each file and extracts its declarations, on up to `jobs` threads; results in the order of
// `files`. A file that cannot be read is an error among its diagnostics. `progress` is called by
// the calling thread.
std::vector<ReadSource> read_sources(
    const Workspace& workspace, const std::vector<SourceFile>& files, unsigned jobs,
    const std::function<void(std::size_t done, std::size_t total)>& progress);

}  // namespace reg
