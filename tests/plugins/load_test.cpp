// What is loaded, and what becomes of it.

#include "host.h"
#include "linked_in.h"

#include <dlfcn.h>
#include <doctest/doctest.h>
#include <reg/manual.h>
#include <array>

namespace reg_test {
namespace {

bool is_loaded(const std::filesystem::path& library) {
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (handle != nullptr) ::dlclose(handle);
  return handle != nullptr;
}

// What is linked in is left out of what a test shows of libraries.
reg::Loader only_cache(const reg::Cache& cache, reg::LoaderOptions options = {}) {
  return {cache, std::move(options), {}};
}

Host two_codecs() {
  Host host;
  host.copy("good/png");
  host.copy("good/any");
  host.declare("image", "libpng.so:demo::Png", "ext == 'png'");
  host.declare("image", "libany.so:demo::Any");
  return host;
}

TEST_CASE("the best implementation for a context is loaded, and given its arguments") {
  Host host;
  host.copy("good/png");
  host.copy("good/any");
  host.declare("image", "libany.so:demo::Any", "yes(0.5)");
  host.declare("image", "libpng.so:demo::Png", "ext == 'png'");
  const reg::Cache cache = host.cache();

  const auto codec = Codecs::select(cache, "image", {{"ext", "png"}}, 7);

  CHECK(codec->name() == "png");
  CHECK(codec->level() == 7);
  CHECK(is_loaded(host.plugins() / "libpng.so"));
  CHECK_FALSE(is_loaded(host.plugins() / "libany.so"));
  CHECK(Codecs::select(cache, "image", {{"ext", "gif"}}, 1)->name() == "any");
}

TEST_CASE("libraries that declare what is in them need no manifest") {
  Host host({}, Host::DeclaredBy::Libraries);
  host.copy("good/png");
  host.copy("good/any");
  const reg::Cache cache = host.cache();

  auto png = Codecs::choose(cache, "image", {{"ext", "png"}});

  CHECK(png.symbol().target == "libpng.so:demo::Png");
  CHECK(png.symbol().source.path == "plugins/libpng.so");
  CHECK(png.symbol().declared.path.ends_with("good/png.cpp"));
  CHECK(png.create(3)->level() == 3);
  CHECK(Codecs::select(cache, "image", {{"ext", "gif"}}, 1)->name() == "any");
}

TEST_CASE("what another origin publishes and may not be loaded is no candidate beside others") {
  Host host("[remote]\netcd = 'http://a'\nname = 'n'\norigin = 'me'\n");
  host.copy("good/any");
  host.declare("image", "libany.so:demo::Any");
  std::filesystem::create_directories(host / ".reg/remote");
  write_file(host / ".reg/remote/other.reg.json",
             R"x({"published":{"format":1,"origin":"other"},"symbols":[
{"registry":"Codec","oid":"image","target":"libpng.so:demo::Png","select":"yes(5)"},
{"registry":"Codec","oid":"sound","target":"libpng.so:demo::Png"}]})x");
  const reg::Cache cache = host.cache();
  REQUIRE(cache.size() == 3);
  const reg::Loader loader = only_cache(cache);
  CHECK(Codecs::select(loader, "image", {}, 1)->name() == "any");
  CHECK(Codecs::by_id(loader, "image", 1)->name() == "any");
  CHECK(error_of([&] { (void)Codecs::select(loader, "sound", {}, 1); }).failure() ==
        reg::PluginFailure::NoLibrary);
}

reg::LoaderOptions unloading() {
  reg::LoaderOptions options;
  options.unload = reg::Unload::WhenUnused;
  return options;
}

TEST_CASE("a library stays loaded, so that what its code threw can be caught") {
  Host host;
  host.copy("good/any");
  host.declare("image", "libany.so:demo::Any");
  const reg::Cache cache = host.cache();
  { CHECK(Codecs::select(only_cache(cache), "image", {}, 1)->level() == 1); }
  CHECK(is_loaded(host.plugins() / "libany.so"));
}

TEST_CASE("what was used once, or has no library, deletes as `delete` does") {
  struct Own : demo::NamedCodec {
    explicit Own(bool& gone) : NamedCodec("own", 0), gone_(gone) {}
    ~Own() override { gone_ = true; }
    bool& gone_;
  };
  Host host;
  host.copy("good/any");
  host.declare("image", "libany.so:demo::Any");
  bool first = false, second = false;
  {
    Codecs::Ptr codec = Codecs::select(only_cache(host.cache()), "image", {}, 1);
    codec.reset(new Own(first));
    const Codecs::Ptr without(new Own(second));
  }
  CHECK(first);
  CHECK(second);
}

TEST_CASE("an instance keeps its library, whatever else is gone, and the last one lets it go") {
  Host host;
  host.copy("good/twin_one");
  host.declare("twin", "libtwin_one.so:demo::Twin");
  const std::filesystem::path library = host.plugins() / "libtwin_one.so";
  Codecs::Ptr first, second;
  {
    const reg::Cache cache = host.cache();
    auto chosen = Codecs::choose(only_cache(cache, unloading()), "twin", {});
    CHECK_FALSE(chosen.loaded());
    CHECK_FALSE(is_loaded(library));
    first = chosen.create(1);
    second = chosen.create(2);
    CHECK(chosen.library() == library);
  }
  CHECK(second->level() == 2);
  first.reset();
  CHECK(is_loaded(library));
  CHECK(second->name() == "twin_one");
  second.reset();
  CHECK_FALSE(is_loaded(library));
}

TEST_CASE("a chosen implementation loads after the cache and the loader are gone") {
  Host host;
  host.copy("good/png");
  host.declare("image", "libpng.so:demo::Png");
  auto chosen = [&] { return Codecs::choose(host.cache(), "image", {}); }();
  CHECK(chosen.create(3)->level() == 3);
}

TEST_CASE("two libraries with a factory of the same name make their own") {
  Host host;
  host.copy("good/twin_one");
  host.copy("good/twin_other");
  host.declare("twin", "libtwin_one.so:demo::Twin", "which == 'one'");
  host.declare("twin", "libtwin_other.so:demo::Twin", "which == 'other'");
  const reg::Cache cache = host.cache();
  const auto one = Codecs::select(cache, "twin", {{"which", "one"}}, 1);
  const auto other = Codecs::select(cache, "twin", {{"which", "other"}}, 2);
  CHECK(one->name() == "twin_one");
  CHECK(other->name() == "twin_other");
}

TEST_CASE("libraries are unloaded in any order") {
  Host host = two_codecs();
  host.copy("good/twin_one");
  host.declare("twin", "libtwin_one.so:demo::Twin");
  const reg::Cache cache = host.cache();
  const reg::Loader loader = only_cache(cache, unloading());
  for (const auto& order : {std::array{0, 1, 2}, std::array{2, 1, 0}, std::array{1, 2, 0}}) {
    std::array<Codecs::Ptr, 3> codecs = {Codecs::select(loader, "image", {{"ext", "png"}}, 0),
                                         Codecs::select(loader, "image", {}, 1),
                                         Codecs::select(loader, "twin", {}, 2)};
    for (const int each : order) {
      CHECK(codecs[static_cast<std::size_t>(each)]->level() == each);
      codecs[static_cast<std::size_t>(each)].reset();
    }
    CHECK_FALSE(is_loaded(host.plugins() / "libtwin_one.so"));
  }
}

TEST_CASE("a library is looked for beside its source, then in library_path, then by the linker") {
  Host host("library_path = ['build/plugins', 'more']\n");
  host.declare("image", "libtwin_one.so:demo::Twin");
  const reg::Cache cache = host.cache();
  CHECK(cache.library_path() == std::vector<std::filesystem::path>{"build/plugins", "more"});

  const auto missing = error_of([&] { (void)Codecs::by_id(only_cache(cache), "image", 1); });
  CHECK(missing.failure() == reg::PluginFailure::NoLibrary);
  CHECK(contains(missing.reason(), "there is no libtwin_one.so in " + host.plugins().string() +
                                       ", " + (host / "build/plugins").string() + ", " +
                                       (host / "more").string()));
  CHECK(contains(missing.reason(), "cannot open shared object file"));

  host.copy("good/twin_one", host / "more");
  auto chosen = Codecs::choose(only_cache(cache), "image", {});
  chosen.load();
  CHECK(chosen.library() == host / "more/libtwin_one.so");
  host.copy("good/twin_one", host / "build/plugins");
  chosen = Codecs::choose(only_cache(cache), "image", {});
  chosen.load();
  CHECK(chosen.library() == host / "build/plugins/libtwin_one.so");
}

TEST_CASE("a cache without library_path has the bytes that it always had") {
  Host host;
  host.declare("image", "libpng.so:demo::Png");
  CHECK(host.cache().library_path().empty());
  CHECK_FALSE(contains(read_file(host.workspace().cache()), "library_path"));
}

TEST_CASE("select_or_none gives nothing where none applies, and every failure to load") {
  Host host;
  host.declare("image", "libgone.so:demo::Png", "ext == 'png'");
  const reg::Cache cache = host.cache();
  CHECK(Codecs::select_or_none(cache, "sound", {}, 1) == nullptr);
  CHECK(Codecs::select_or_none(only_cache(cache), "image", {{"ext", "gif"}}, 1) == nullptr);
  CHECK_FALSE(Codecs::choose_or_none(only_cache(cache), "image", {{"ext", "gif"}}));
  CHECK_THROWS_AS((void)Codecs::select_or_none(cache, "image", {{"ext", "png"}}, 1),
                  reg::PluginError);
  CHECK_THROWS_AS((void)Codecs::select_or_none(cache, {"image", "Nothing"}, {}, 1),
                  reg::RegistryNotFound);
}

TEST_CASE("what cannot be selected is said as by a cache") {
  Host host = two_codecs();
  const reg::Cache cache = host.cache();
  CHECK_THROWS_WITH_AS((void)Codecs::select(only_cache(cache), "imag", {}, 1),
                       "there is no \"imag\" in registry \"Codec\"", reg::ObjectNotFound);
  CHECK_THROWS_AS((void)Codecs::by_id(only_cache(cache), "image", 1), reg::SelectAmbiguity);
  CHECK_THROWS_AS((void)Codecs::select(cache, {"image", "Codecs"}, {}, 1), reg::RegistryNotFound);
}

TEST_CASE("of equal ones the first registered is chosen, and the tie can be seen") {
  Host host;
  host.declare("image", "libpng.so:demo::Png", "yes(1)");
  host.declare("image", "libany.so:demo::Any", "yes(1)");
  const auto chosen = Codecs::choose(only_cache(host.cache()), "image", {{"ext", "png"}});
  CHECK(chosen.symbol().target == "libpng.so:demo::Png");
  REQUIRE(chosen.tie());
  CHECK(chosen.tie()->targets.size() == 2);
}

TEST_CASE("possible gives the best implementation of each oid, and loads none") {
  Host host = two_codecs();
  host.declare("sound", "libsound.so:demo::Sound", "ext == 'wav'");
  host.declare("aaa", "libpng.so:demo::Png");
  auto plugins = Codecs::possible(only_cache(host.cache()), {{"ext", "png"}});
  REQUIRE(plugins.size() == 2);
  CHECK(plugins[0].symbol().oid == "aaa");
  CHECK(plugins[1].symbol().target == "libpng.so:demo::Png");
  CHECK_FALSE(plugins[1].loaded());
  CHECK(plugins[1].create(4)->level() == 4);
}

TEST_CASE("what is linked in is selected beside what the cache has, and comes first") {
  demo::link_codecs();
  Host host = two_codecs();
  const reg::Cache cache = host.cache();
  CHECK(Codecs::select(cache, "image", {{"ext", "raw"}}, 5)->name() == "raw");
  CHECK(Codecs::select(cache, "image", {{"ext", "png"}}, 5)->name() == "png");
  const auto plugins = Codecs::possible(cache, {{"ext", "gif"}});
  REQUIRE(plugins.size() == 2);
  CHECK(plugins[0].symbol().target == "libany.so:demo::Any");
  CHECK(plugins[1].symbol().target == "demo::Raw");
}

TEST_CASE("what is linked in needs no cache") {
  const reg::Loader linked_in;
  CHECK(Codecs::select(linked_in, "raw", {{"speed", 20}}, 1)->name() == "raw");
  auto chosen = Codecs::choose(linked_in, "raw", {{"speed", 2}});
  CHECK(chosen.create(1)->name() == "fast");
  CHECK(chosen.symbol().source.path.ends_with("linked_in.cpp"));
  CHECK_THROWS_WITH_AS((void)Codecs::select(linked_in, "rav", {}, 1),
                       "there is no \"rav\" in registry \"Codec\"", reg::ObjectNotFound);
  CHECK_THROWS_AS((void)Codecs::select(linked_in, {"raw", "Codecs"}, {}, 1), reg::RegistryNotFound);
  CHECK_THROWS_AS((void)Codecs::select(linked_in, "image", {}, 1), reg::NoSelectableObject);
}

TEST_CASE("a `when` of what is linked in is asked of the cache's facts and the loader's") {
  Host host = two_codecs();
  const reg::Cache debug = host.cache();
  CHECK(Codecs::select_or_none(debug, "built", {}, 1) == nullptr);
  reg::LoaderOptions options;
  options.facts = {{"build", "release"}};
  CHECK(Codecs::select(reg::Loader(debug, options), "built", {}, 1)->name() == "built");
  write_file(host.plugins() / "more.reg.toml",
             "[[symbols]]\nregistry = 'More'\ntarget = 'more.so:More'\n"
             "when = \"build == 'release'\"\n");
  reg::AutoRegisterOptions defined;
  defined.define = reg::Json{{"build", "release"}};
  CHECK(Codecs::select(host.cache(defined), "built", {}, 1)->name() == "built");
}

TEST_CASE("`[facts]` counts for what is linked in, and a cache without any has the same bytes") {
  demo::link_codecs();
  Host with("[facts]\nbuild = 'release'\n"), without;
  CHECK(Codecs::select(with.cache(), "built", {}, 1)->name() == "built");
  CHECK(contains(read_file(with.workspace().cache()), "\"facts\":{\"build\":\"release\"}"));
  (void)without.cache();
  CHECK_FALSE(contains(read_file(without.workspace().cache()), "\"facts\""));
}

TEST_CASE("a cache knows its workspace from then on, wherever it lies and the host goes") {
  Host host;
  host.copy("good/any");
  host.declare("image", "libany.so:demo::Any");
  (void)host.cache();
  const ScratchFolder elsewhere;
  const reg::Workspace workspace = host.workspace().with_cache(elsewhere.path() / "cache.json");
  (void)reg::auto_register(workspace);
  const auto unknown = error_of([&] {
    (void)Codecs::select(only_cache(reg::Cache::open(workspace.cache())), "image", {}, 1);
  });
  CHECK(contains(unknown.reason(), "is not known"));
  CHECK(contains(unknown.hint(), "LoaderOptions::root"));
  CHECK(Codecs::select(only_cache(reg::Cache::open(workspace)), "image", {}, 1)->level() == 1);

  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(host.plugins().parent_path());
  const reg::Cache relative = reg::Cache::open(reg::Workspace::find().cache());
  std::filesystem::current_path(before);
  CHECK(Codecs::select(only_cache(relative), "image", {}, 2)->level() == 2);
}

TEST_CASE("what is linked in replaces what it says") {
  Host host;
  host.declare("image", "libpng.so:demo::Png");
  write_file(host.plugins() / "sound.reg.toml",
             "[[symbols]]\nregistry = 'Other'\noid = 'sound'\n"
             "target = 'libsound.so:demo::Sound'\n");
  CHECK(Codecs::by_id(host.cache(), {"sound", "Other"}, 1)->name() == "instead");
}

TEST_CASE("the running program is a library, too") {
  Host host;
  host.declare("linked", std::filesystem::read_symlink("/proc/self/exe").string() + ":demo::Fast");
  CHECK(Codecs::by_id(host.cache(), "linked", 6)->level() == 6);
}

TEST_CASE("what is pinned in the cache is loaded wherever it applies, also where it is linked in") {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  Host host;
  host.declare("raw", self + ":demo::Raw", "yes(2)");
  host.declare("raw", self + ":demo::Fast", "speed < 9");
  host.declare("raw", "libpng.so:demo::PngCodec", "yes(3)");
  const auto chosen = [&](const reg::Json& context) {
    return Codecs::choose(host.cache(), "raw", context).symbol().target;
  };
  const auto pin = [&](const std::string& target) {
    return reg::pin_symbol(host.workspace(), "Codec", {"raw", target, "for the test"}).failed;
  };
  CHECK(chosen({{"speed", 2}}) == "libpng.so:demo::PngCodec");
  CHECK_FALSE(pin(self + ":demo::Fast"));
  CHECK(chosen({{"speed", 2}}) == "demo::Fast");
  CHECK(chosen({{"speed", 20}}) == "libpng.so:demo::PngCodec");
  CHECK(Codecs::choose(host.cache(), "raw", {{"speed", 2}}).score() == 1);
}

TEST_CASE("a declaration that is linked in and in the cache is one") {
  Host host;
  host.declare("raw", std::filesystem::read_symlink("/proc/self/exe").string() + ":demo::Raw");
  const reg::Cache cache = host.cache();
  const auto chosen = Codecs::choose(cache, "raw", {{"speed", 20}});
  CHECK(chosen.symbol().target == "demo::Raw");
  CHECK_FALSE(chosen.tie());
}

}  // namespace
}  // namespace reg_test
