#include <reg/revision.h>
#include <reg/status.h>
#include <revision/checkout.h>
#include <revision/revision_name.h>
#include <revision/temporary_folder.h>
#include <workspace/discover.h>
#include <algorithm>
#include <set>

namespace reg {

struct RevisionCache::Parts {
  TemporaryFolder folder;
  std::vector<Diagnostic> problems;
  std::vector<std::string> as_now;
  std::optional<Cache> cache;
};

namespace {

// As git names a file of a revision.
void name_revision(std::vector<Diagnostic>& diagnostics, const std::string& revision) {
  for (Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.place.path.empty()) diagnostic.place.path.insert(0, revision + ':');
  }
}

// Those of the paths that are sources, or have some below them.
std::vector<std::string> sources_among(const std::vector<std::string>& paths,
                                       const Workspace& workspace) {
  std::set<std::string> sources, found;
  for (const SourceStatus& source : status(workspace).sources) sources.insert(source.path);
  for (const std::string& path : paths) {
    const auto below = sources.lower_bound(path + '/');
    if (sources.contains(path) || (below != sources.end() && is_under(*below, path)))
      found.insert(path);
  }
  return {found.begin(), found.end()};
}

AutoRegisterOptions options_for(const Json& define, const Observer& observer) {
  AutoRegisterOptions options;
  options.define = define;
  options.keep_going = KeepGoing::Yes;
  options.reuse = Reuse::Nothing;
  options.observer = observer;
  return options;
}

}  // namespace

bool has_revision(const Workspace& workspace, const std::string& name) {
  try {
    return !find_revision(workspace, name).tree.empty();
  } catch (const RegistryError&) {
    return false;
  }
}

RevisionCache::RevisionCache(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
RevisionCache::RevisionCache(RevisionCache&&) noexcept = default;
RevisionCache& RevisionCache::operator=(RevisionCache&&) noexcept = default;
RevisionCache::~RevisionCache() = default;

const Cache& RevisionCache::cache() const { return *parts_->cache; }
const std::vector<Diagnostic>& RevisionCache::problems() const { return parts_->problems; }
const std::vector<std::string>& RevisionCache::as_now() const { return parts_->as_now; }

RevisionCache RevisionCache::make(const Workspace& workspace, const std::string& revision,
                                  const Json& define, const Observer& observer) {
  auto parts = std::make_unique<Parts>();
  const std::filesystem::path folder = parts->folder.path();
  Checkout checkout = check_out(workspace, revision, folder / "files");
  const Workspace then = Workspace::at(checkout.workspace).with_cache(folder / "cache.json");
  AutoRegisterReport report = auto_register(then, options_for(define, observer));
  for (Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.severity == Severity::Error) parts->problems.push_back(std::move(diagnostic));
  }
  for (Diagnostic& problem : checkout.problems) parts->problems.push_back(std::move(problem));
  name_revision(parts->problems, revision);
  if (!checkout.as_now.empty()) parts->as_now = sources_among(checkout.as_now, then);
  parts->cache = Cache::open(then.cache());
  return RevisionCache(std::move(parts));
}

}  // namespace reg
