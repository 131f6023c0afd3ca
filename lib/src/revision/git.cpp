#include <unistd.h>

#include <reg/text.h>
#include <revision/git.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

// What git keeps of one repository in its environment (`git rev-parse --local-env-vars`), what
// changes the meaning of paths, and what makes it write more than it was asked for.
constexpr auto dropped = std::to_array<std::string_view>({
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_ALLOW_PROTOCOL",
    "GIT_NO_LAZY_FETCH",
    "LANGUAGE",
    "LC_ALL",
});

bool is_dropped(std::string_view variable) {
  const std::string_view name = variable.substr(0, variable.find('='));
  return name.starts_with("GIT_TRACE") ||
         std::find(dropped.begin(), dropped.end(), name) != dropped.end();
}

std::vector<std::string> git_environment() {
  std::vector<std::string> all;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    if (!is_dropped(*each)) all.emplace_back(*each);
  }
  // Nobody is asked for a password, and no lock is taken in order to note what was seen. What a
  // partial clone lacks is not fetched, which would run programs and change the repository; older
  // versions of git only know that no protocol is allowed.
  for (const char* each : {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
                           "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL="})
    all.emplace_back(each);
  return all;
}

std::vector<std::string> whole_line(const std::filesystem::path& folder,
                                    const std::vector<std::string>& words) {
  std::vector<std::string> line = {"git", "-C", folder.string(), "--literal-pathspecs",
                                   // The one program that these commands might run.
                                   "-c", "core.fsmonitor=false",
                                   // What the name of a revision means is asked for here.
                                   "-c", "core.warnAmbiguousRefs=true"};
  line.insert(line.end(), words.begin(), words.end());
  return line;
}

}  // namespace

std::string Git::run(const std::vector<std::string>& words, std::string_view input,
                     const std::function<void(ProcessOutput&)>& read) const {
  ProcessEnd end;
  try {
    end = run_process(whole_line(folder_, words), git_environment(), input, read);
  } catch (const GitFailed&) {
    throw;
  } catch (const StorageError& error) {
    throw StorageError(error.kind(), error.what(),
                       error.hint().empty()
                           ? "a revision is read with git, which has to be on the PATH"
                           : error.hint());
  }
  if (end.status == 0) return end.message;
  const std::string why =
      end.message.empty() ? "it ended with " + std::to_string(end.status) : end.message;
  throw GitFailed("`git " + words.front() + "` failed in " + folder_.string() + ": " + why,
                  end.message);
}

std::string Git::line(const std::vector<std::string>& words) const {
  std::string text;
  run(words, {}, [&](ProcessOutput& output) { text = output.take_all(); });
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace reg
