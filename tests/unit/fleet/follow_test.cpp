#include <doctest/doctest.h>
#include <fleet/fake_etcd.h>
#include <follow.h>
#include <scratch.h>
#include <workspace_shelf.h>

#include <csignal>

using namespace reg_test;
using namespace std::chrono_literals;
using reg::RemoteSettings;

namespace {

const std::string text =
    R"({"reg":1,"published":{"format":1,"origin":"me"},"registries":[],"symbols":[]})";

// A workspace whose follower looks once an hour, and goes on until it is to stop.
struct Loop {
  ScratchFolder scratch;
  reg::Workspace workspace = workspace_in_scratch();
  FakeEtcd etcd;
  RemoteSettings remote;
  Identity identity{"machine-a", "workspace-a"};
  WorkspaceFiles files{workspace};
  WorkspaceShelf shelf{workspace};
  Keeper keeper{etcd, remote, identity, files};
  LeaseKeeper leases{std::make_unique<FakeEtcd>()};
  ServiceManager manager;
  std::vector<std::string> notes, warnings;
  std::function<void(const std::string& note)> on_note = [](const auto&) {};

  Loop() {
    remote.name = "shared";
    remote.origin = "me";
    remote.publish = {"**"};
    remote.poll = 1h;
  }
  reg::Workspace workspace_in_scratch() const {
    write_file(scratch / "registry.toml",
               "[remote]\netcd = 'http://a'\nname = 'shared'\norigin = 'me'\npublish = ['x']\n");
    return reg::Workspace::at(scratch.path());
  }
  void run() {
    Signals signals;
    Follower follower(etcd, remote, shelf);
    Following(etcd, remote, follower, keeper, leases, signals, manager,
              {[](const Synced&) {},
               [this](const std::string& note) {
                 notes.push_back(note);
                 on_note(note);
               },
               [this](const std::string& warning) { warnings.push_back(warning); }})
        .run();
  }
};

}  // namespace

TEST_CASE("what could not be put again is tried again before the next look, and told of once") {
  Loop loop;
  RemoteSettings published = loop.remote;
  published.lease = 60s;
  loop.files.set_published(note_of(text, 0, published));
  // The heads can be read each time; the first tries to put fail.
  int call = 0;
  loop.etcd.fate = [&call] { return ++call == 2 || call == 4 ? Fate::Lost : Fate::Well; };
  loop.on_note = [](const std::string& note) {
    if (note.find("alive again") != std::string::npos) ::raise(SIGTERM);
  };
  const auto begin = std::chrono::steady_clock::now();
  loop.run();
  CHECK(std::chrono::steady_clock::now() - begin < 60s);
  CHECK(loop.etcd.now().count(Keys("shared").head("me")) == 1);
  REQUIRE(loop.warnings.size() == 1);
  CHECK(loop.warnings.front().find("cannot be kept alive") != std::string::npos);
  CHECK(loop.notes.size() == 2);
}
