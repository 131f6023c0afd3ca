#include <doctest/doctest.h>
#include <scratch.h>
#include <update/stamps.h>
#include <workspace/discover.h>
#include <algorithm>
#include <filesystem>

namespace reg {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  reg_test::write_file(file, text);
}

struct Followed {
  Followed() {
    for (const char* file : {"registry.toml", "z.reg.json", "manual.reg.json"})
      write(scratch / file, "");
    settings.sources = {{".", {}}};
    settings.remote.emplace();
    settings.remote->origin = "own";
    settings.remote->publish = {"*"};
  }
  void put(const std::string& name) const { write(scratch / (".reg/remote/" + name), "{}"); }
  Discovery look() const {
    const Workspace workspace = Workspace::at(scratch.path());
    return discover(workspace, source_sets(workspace, settings));
  }
  std::vector<std::string> sources() const {
    std::vector<std::string> paths;
    for (const SourceFile& file : look().sources) paths.push_back(file.path);
    return paths;
  }
  reg_test::ScratchFolder scratch;
  Settings settings;
};

TEST_CASE("what others publish comes after all else, by origin, and the own is no source") {
  Followed followed;
  for (const char* name : {"b.reg.json", "a.reg.json", "a-b.reg.json", "own.reg.json"})
    followed.put(name);
  CHECK(followed.sources() == std::vector<std::string>{"registry.toml", "z.reg.json",
                                                       "manual.reg.json", ".reg/remote/a.reg.json",
                                                       ".reg/remote/a-b.reg.json",
                                                       ".reg/remote/b.reg.json"});
  CHECK(followed.look().diagnostics.empty());
}

TEST_CASE("who publishes nothing has no origin of its own") {
  Followed followed;
  followed.settings.remote->publish.clear();
  followed.put("own.reg.json");
  CHECK(followed.sources().back() == ".reg/remote/own.reg.json");
  const Workspace workspace = Workspace::at(followed.scratch.path());
  const std::vector<SourceSet> sets = source_sets(workspace, followed.settings);
  CHECK(sets_from(text_of(sets)).back().all_origins_but == "");
}

TEST_CASE("a local source that is a hard link to what others publish stays one, and so do all") {
  Followed followed;
  followed.put("a.reg.json");
  for (const char* file : {"hard.reg.json", ".reg/remote/b.reg.json"})
    fs::create_hard_link(followed.scratch / ".reg/remote/a.reg.json", followed.scratch / file);
  CHECK(followed.sources() ==
        std::vector<std::string>{"hard.reg.json", "registry.toml", "z.reg.json", "manual.reg.json",
                                 ".reg/remote/a.reg.json", ".reg/remote/b.reg.json"});
}

TEST_CASE("without [remote] nothing there is a source, whatever the sources name") {
  Followed followed;
  followed.put("a.reg.json");
  followed.settings.remote.reset();
  followed.settings.sources = {
      {".reg", {}}, {".reg/remote/a.reg.json", {}}, {".reg/**/*.json", {}}};
  CHECK(followed.sources() == std::vector<std::string>{"registry.toml", "manual.reg.json"});
}

TEST_CASE("what is not in place yet is passed by, and what cannot be an origin's warned about") {
  Followed followed;
  for (const char* name : {".a.reg.json.new", "notes.txt", "-a.reg.json", "a/b.reg.json"})
    followed.put(name);
  fs::create_symlink(followed.scratch / "z.reg.json", followed.scratch / ".reg/remote/l.reg.json");
  fs::create_directory(followed.scratch / ".reg/remote/d.reg.json");
  CHECK(followed.sources() ==
        std::vector<std::string>{"registry.toml", "z.reg.json", "manual.reg.json"});
  std::vector<std::string> warned;
  for (const Diagnostic& each : followed.look().diagnostics) {
    CHECK(each.severity == Severity::Warning);
    warned.push_back(each.place.path + ' ' + each.message);
  }
  std::sort(warned.begin(), warned.end());
  const std::string misnamed =
      " is not called as what an origin publishes, ORIGIN.reg.json, and is not read";
  CHECK(warned == std::vector<std::string>{".reg/remote/-a.reg.json" + misnamed,
                                           ".reg/remote/a" + misnamed,
                                           ".reg/remote/d.reg.json is no regular file, and is not "
                                           "read",
                                           ".reg/remote/l.reg.json is no regular file, and is not "
                                           "read",
                                           ".reg/remote/notes.txt" + misnamed});
}

TEST_CASE("the folder of what others publish is looked at, also while there is none") {
  const Followed followed;
  const auto looked_at = [&] {
    const Discovery found = followed.look();
    const auto it = std::find_if(found.looked_at.begin(), found.looked_at.end(),
                                 [](const LookedAt& each) { return each.path == ".reg/remote"; });
    REQUIRE(it != found.looked_at.end());
    return it->stamp;
  };
  CHECK(looked_at() == FileStamp{});
  followed.put("a.reg.json");
  CHECK(looked_at().inode != 0);
}

TEST_CASE("a folder in its place that is a link is not followed") {
  const Followed followed;
  write(followed.scratch / "else/a.reg.json", "{}");
  fs::create_directory(followed.scratch / ".reg");
  fs::create_directory_symlink(followed.scratch / "else", followed.scratch / ".reg/remote");
  const Discovery found = followed.look();
  REQUIRE(found.diagnostics.size() == 1);
  CHECK(found.diagnostics.front().severity == Severity::Warning);
  CHECK(found.diagnostics.front().place.path == ".reg/remote");
}

TEST_CASE("sets of sources are the same after being a text") {
  const Followed followed;
  const Workspace workspace = Workspace::at(followed.scratch.path());
  const std::vector<SourceSet> sets = source_sets(workspace, followed.settings);
  const std::vector<SourceSet> read = sets_from(text_of(sets));
  REQUIRE(read.size() == 2);
  CHECK(!read[0].all_origins_but);
  CHECK(read[1].all_origins_but == "own");
  CHECK(text_of(read) == text_of(sets));
}

}  // namespace
}  // namespace reg
