// Failures are remembered, and forgotten when something changed.

#include "host.h"

#include <cache/load_failures.h>
#include <doctest/doctest.h>
#include <reg/status.h>
#include <sys/resource.h>

namespace reg_test {
namespace {

namespace fs = std::filesystem;

class Remembering {
 public:
  explicit Remembering(const std::string& plugin) {
    library_ = "lib" + fs::path(plugin).filename().string() + ".so";
    host.copy(plugin);
    Host::settle(host.plugins() / library_);
    host.declare("image", library_ + ":demo::Png");
    cache_.emplace(host.cache());
  }

  const reg::Cache& cache() const { return *cache_; }
  fs::path library() const { return host.plugins() / library_; }
  std::vector<reg::FailedLibrary> known() const { return reg::status(host.workspace()).failures; }
  reg::PluginError fail(const reg::Loader& loader) const {
    return error_of([&] { (void)Codecs::by_id(loader, "image", 1); });
  }
  reg::Loader loader(reg::LoaderOptions options = {}) const { return {*cache_, options, {}}; }

  Host host;

 private:
  std::string library_;
  std::optional<reg::Cache> cache_;
};

TEST_CASE("a library that did not load is listed with the reason until it changes") {
  const Remembering plugin("bad/unresolved");
  CHECK(plugin.known().empty());
  const reg::PluginError error = plugin.fail(plugin.loader());

  const auto known = plugin.known();
  REQUIRE(known.size() == 1);
  CHECK(known[0].library == plugin.library());
  CHECK(known[0].target == "libunresolved.so:demo::Png");
  CHECK(known[0].failure == "not-loaded");
  CHECK(known[0].reason == error.reason());
  CHECK(contains(known[0].declared, "plugins/codecs.reg.toml:2"));
  CHECK(known[0].noticed.size() == 20);

  fs::copy_file(Host::file_of("good/png"), plugin.library(), fs::copy_options::overwrite_existing);
  CHECK(plugin.known().empty());
  CHECK(Codecs::by_id(plugin.loader(), "image", 1)->name() == "png");
  CHECK(files_in(reg::failures_folder(plugin.host.workspace().cache())) == 0);
}

TEST_CASE("a failure is forgotten when a library appears that was missing") {
  const Remembering plugin("bad/needs_library");
  plugin.fail(plugin.loader());
  REQUIRE(plugin.known().size() == 1);
  plugin.host.copy("needed/gone");  // RUNPATH is $ORIGIN
  CHECK(plugin.known().empty());
  reg::LoaderOptions options;
  options.unload = reg::Unload::WhenUnused;  // or the next test would find it loaded
  CHECK(Codecs::by_id(plugin.loader(options), "image", 1)->level() == 2);
}

TEST_CASE("a failure is forgotten when what it depends on changes") {
  const Remembering plugin("bad/needs_library");
  plugin.host.copy("bad/no_rows");
  const fs::path needed = plugin.host.plugins() / "libgone.so";
  fs::rename(plugin.host.plugins() / "libno_rows.so", needed);
  Host::settle(needed);
  CHECK(contains(plugin.fail(plugin.loader()).reason(), "undefined symbol: gone"));
  REQUIRE(plugin.known().size() == 1);
  plugin.host.copy("needed/gone");
  CHECK(plugin.known().empty());
}

TEST_CASE("a missing library is listed until it appears in one of the places") {
  const Remembering plugin("bad/unresolved");
  fs::remove(plugin.library());
  plugin.fail(plugin.loader());
  REQUIRE(plugin.known().size() == 1);
  CHECK(plugin.known()[0].library == "libunresolved.so");
  CHECK(plugin.known()[0].failure == "no-library");
  plugin.host.copy("bad/unresolved");
  CHECK(plugin.known().empty());
}

TEST_CASE("a factory that is not there is not remembered: the library loads") {
  Host host;
  host.copy("good/png");
  Host::settle(host.plugins() / "libpng.so");
  host.declare("image", "libpng.so:demo::Png");
  host.declare("other", "libpng.so:demo::Other");
  const reg::Cache cache = host.cache();
  const reg::Loader loader(cache, {}, {});
  (void)error_of([&] { (void)Codecs::by_id(loader, "other", 1); });
  CHECK(Codecs::by_id(loader, "image", 1)->name() == "png");
  CHECK(reg::status(host.workspace()).failures.empty());
}

TEST_CASE("libraries that are missing beside two sources are two failures") {
  const Remembering plugin("bad/unresolved");
  fs::remove(plugin.library());
  fs::create_directory(plugin.host / "plugins/other");
  write_file(plugin.host / "plugins/other/more.reg.toml",
             "[[symbols]]\nregistry = 'Codec'\noid = 'more'\n"
             "target = 'libunresolved.so:demo::Png'\n");
  write_file(plugin.host / reg::Workspace::config_name,
             "[workspace]\nsources = ['plugins/**/*.reg.toml']\n");
  REQUIRE_FALSE(reg::auto_register(plugin.host.workspace()).failed);
  const reg::Cache cache = reg::Cache::open(plugin.host.workspace().cache());
  for (const char* oid : {"image", "more"})
    (void)error_of([&] { (void)Codecs::by_id(reg::Loader(cache, {}, {}), oid, 1); });
  CHECK(plugin.known().size() == 2);
}

TEST_CASE("a success forgets a failure of the same declaration elsewhere") {
  const Remembering plugin("bad/unresolved");
  write_file(plugin.host / reg::Workspace::config_name,
             "[workspace]\nsources = ['plugins/*.reg.toml']\nlibrary_path = ['more']\n");
  (void)reg::auto_register(plugin.host.workspace());
  const reg::Cache cache = reg::Cache::open(plugin.host.workspace().cache());
  const fs::path more = plugin.host / "more/libunresolved.so";
  fs::create_directories(more.parent_path());
  fs::rename(plugin.library(), more);
  Host::settle(more);
  plugin.fail(reg::Loader(cache, {}, {}));
  REQUIRE(plugin.known().size() == 1);
  fs::copy_file(Host::file_of("good/png"), plugin.library());
  CHECK(Codecs::by_id(reg::Loader(cache, {}, {}), "image", 1)->name() == "png");
  CHECK(plugin.known().empty());
}

TEST_CASE("a want of descriptors is not remembered") {
  const Remembering plugin("good/any");
  auto chosen = Codecs::choose(plugin.loader(), "image", {});
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit none = before;
  none.rlim_cur = 3;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const auto error = error_of([&] { chosen.load(); });
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(error.failure() == reg::PluginFailure::NotLoaded);
  CHECK(plugin.known().empty());
  CHECK(error_of([&] { chosen.load(); }).failure() == reg::PluginFailure::NoFactory);
}

TEST_CASE("another program's failure is listed, and keeps this one from nothing") {
  const Remembering plugin("bad/unresolved");
  plugin.fail(plugin.loader());
  const fs::path cache = plugin.host.workspace().cache();
  reg::LoadFailure other = reg::known_failures(cache).at(0);
  CHECK(reg::known_failure(cache, other.key));
  other.program = "/usr/bin/other";
  reg::remember_failure(cache, other);
  CHECK(plugin.known().size() == 1);
  CHECK_FALSE(reg::known_failure(cache, other.key));
  reg::LoaderOptions options;
  options.known_failures = reg::KnownFailures::Skip;
  CHECK(Codecs::choose(plugin.loader(options), "image", {}).symbol().oid == "image");
}

TEST_CASE("what is relative to the current folder is not remembered") {
  const Remembering plugin("bad/unresolved");
  const fs::path cache = plugin.host.workspace().cache();
  reg::LoadFailure failure;
  failure.files = {reg::stamped("libunresolved.so")};
  reg::remember_failure(cache, failure);
  CHECK(reg::known_failures(cache).empty());
}

TEST_CASE("one loader tries an unchanged library once, and again when it changed") {
  const Remembering plugin("bad/unresolved");
  const reg::Loader loader = plugin.loader();
  const std::string first = plugin.fail(loader).what();
  CHECK(plugin.fail(loader).what() == first);
  fs::copy_file(Host::file_of("good/png"), plugin.library(), fs::copy_options::overwrite_existing);
  CHECK(Codecs::by_id(loader, "image", 1)->name() == "png");
}

TEST_CASE("what is known not to load is left out where that is asked for, and only then") {
  Remembering plugin("bad/unresolved");
  plugin.host.copy("good/any");
  plugin.host.declare("image", "libany.so:demo::Any", "yes(0.2)");
  const reg::Cache cache = plugin.host.cache();
  reg::LoaderOptions options;
  options.known_failures = reg::KnownFailures::Skip;
  const reg::Loader skipping(cache, options, {});
  (void)error_of([&] { (void)Codecs::select(reg::Loader(cache, {}, {}), "image", {}, 1); });

  CHECK(Codecs::select(reg::Loader(cache, options, {}), "image", {}, 1)->name() == "any");
  CHECK(Codecs::choose(skipping, "image", {}).symbol().target == "libany.so:demo::Any");
  const auto possible = Codecs::possible(skipping, {});
  REQUIRE(possible.size() == 1);
  CHECK(possible[0].symbol().target == "libany.so:demo::Any");
  CHECK(Codecs::choose(reg::Loader(cache, {}, {}), "image", {}).symbol().target ==
        "libunresolved.so:demo::Png");
}

TEST_CASE("where all that apply are left out, the error of the best is thrown") {
  const Remembering plugin("bad/unresolved");
  plugin.fail(plugin.loader());
  reg::LoaderOptions options;
  options.known_failures = reg::KnownFailures::Skip;
  const auto error =
      error_of([&] { (void)Codecs::select_or_none(plugin.loader(options), "image", {}, 1); });
  CHECK(contains(error.reason(), "undefined symbol"));
}

TEST_CASE("where nothing can be written, nothing is remembered") {
  const Remembering plugin("bad/unresolved");
  write_file(reg::failures_folder(plugin.host.workspace().cache()), "somebody else's");
  CHECK(contains(plugin.fail(plugin.loader()).reason(), "undefined symbol"));
  CHECK(plugin.known().empty());
}

TEST_CASE("to clear the cache removes what is remembered, and nothing else of that folder") {
  const Remembering plugin("bad/unresolved");
  plugin.fail(plugin.loader());
  const fs::path folder = reg::failures_folder(plugin.host.workspace().cache());
  write_file(folder / "notes", "mine");
  CHECK(reg::clear_cache(plugin.host.workspace()));
  CHECK(files_in(folder) == 1);
  fs::remove(folder / "notes");
  (void)plugin.host.cache();
  plugin.fail(plugin.loader());
  CHECK(reg::clear_cache(plugin.host.workspace()));
  CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("a record that is damaged, or of another version, is as good as none") {
  const Remembering plugin("bad/unresolved");
  plugin.fail(plugin.loader());
  const fs::path folder = reg::failures_folder(plugin.host.workspace().cache());
  const fs::path record = fs::directory_iterator(folder)->path();
  const std::string text = read_file(record);
  for (std::size_t size = 0; size + 2 < text.size(); size += 7) {
    write_file(record, text.substr(0, size));
    CHECK(plugin.known().empty());
  }
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"\"version\":3", "\"version\":4"},
        {"\"files\":[", "\"files\":[[],"},
        {"\"reason\":\"", "\"reason\":1,\"x\":\""}}) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    write_file(record, other);
    CHECK(plugin.known().empty());
  }
  write_file(record, text);
  CHECK(plugin.known().size() == 1);
}

}  // namespace
}  // namespace reg_test
