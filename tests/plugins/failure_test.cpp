// What goes wrong with a library, as a host sees it. After every one of these the host goes on.

#include "host.h"
#include "linked_in.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

namespace reg_test {
namespace {

reg::Loader only_cache(const reg::Cache& cache, reg::LoaderOptions options = {}) {
  return {cache, std::move(options), {}};
}

// Of the only symbol of a workspace, with that target.
class Broken {
 public:
  explicit Broken(const std::string& target) {
    host_.copy("good/any");
    host_.declare("image", target);
    host_.declare("other", "libany.so:demo::Any");
    cache_.emplace(host_.cache());
  }
  // With a plugin, under its own name.
  Broken(const std::string& plugin, const std::string& name)
      : Broken("lib" + std::filesystem::path(plugin).filename().string() + ".so:" + name) {
    host_.copy(plugin);
  }

  std::filesystem::path library(std::string_view name) const { return host_.plugins() / name; }

  reg::PluginError error() const {
    const auto error = error_of([&] { (void)Codecs::select(only_cache(*cache_), "image", {}, 7); });
    CHECK(error.kind() == reg::ErrorKind::Plugin);
    CHECK(contains(error.what(), error.symbol().target));
    CHECK(contains(error.what(), "it is declared at plugins/codecs.reg.toml:2"));
    CHECK(contains(error.what(), error.reason()));
    CHECK(contains(error.what(), error.library().string()));
    CHECK(Codecs::select(only_cache(*cache_), "other", {}, 7)->name() == "any");
    return error;
  }

  void check(reg::PluginFailure failure, const std::string& reason) const {
    const reg::PluginError error = this->error();
    CAPTURE(error.what());
    CHECK(error.failure() == failure);
    CHECK(contains(error.reason(), reason));
  }

 private:
  Host host_;
  std::optional<reg::Cache> cache_;
};

void patch(const std::filesystem::path& library, std::size_t at, char byte) {
  std::string bytes = read_file(library);
  bytes[at] = byte;
  write_file(library, bytes);
}

TEST_CASE("a target that is no library says what one looks like") {
  for (const std::string target : {"codecs.png.Png", "demo::Png"}) {
    const auto error = Broken(target).error();
    CHECK(error.failure() == reg::PluginFailure::NoLibrary);
    CHECK(error.reason() == '"' + target + "\" is no library");
    CHECK(contains(error.hint(), "FILE:NAME"));
  }
  Broken("codecs.png:Png").check(reg::PluginFailure::NoLibrary, "there is no codecs.png in ");
}

TEST_CASE("a missing library names the places where it was looked for") {
  const Broken broken("sub/libgone.so:demo::Png");
  const auto error = broken.error();
  CHECK(error.failure() == reg::PluginFailure::NoLibrary);
  CHECK(error.library().empty());
  CHECK(error.reason() == "there is no sub/libgone.so in " + broken.library("sub").string());
}

TEST_CASE("a missing factory names one that was meant") {
  Broken("good/png", "demo::Pmg")
      .check(reg::PluginFailure::NoFactory, "it has no factory \"demo::Pmg\", but \"demo::Png\"");
  Broken("bad/no_rows", "demo::Png")
      .check(reg::PluginFailure::NoFactory, "nothing in it is a REG_SYMBOL or REG_FACTORY");
}

TEST_CASE("another interface is never called") {
  Broken("bad/older", "demo::Png")
      .check(reg::PluginFailure::OtherVersion,
             "it is built for version 1 of demo::Codec, and this program for version 2");
  Broken("bad/larger", "demo::Png")
      .check(reg::PluginFailure::OtherVersion, "the size of demo::Codec is 16 there and 8 here");
  Broken("bad/other_arguments", "demo::Png")
      .check(reg::PluginFailure::OtherVersion,
             "the number of arguments that a factory of demo::Codec takes is 2 there and 1 here");
  Broken("bad/other_type", "demo::Png")
      .check(reg::PluginFailure::OtherInterface, "its factory makes demo::Image, not demo::Codec");
}

TEST_CASE("what a library lacks is said by the dynamic linker") {
  Broken("bad/unresolved", "demo::Png").check(reg::PluginFailure::NotLoaded, "undefined symbol");
  Broken("bad/needs_library", "demo::Png")
      .check(reg::PluginFailure::NotLoaded, "libgone.so: cannot open shared object file");
}

TEST_CASE("what a factory throws is told in its own words, when the library is gone") {
  Broken("bad/throwing", "demo::Throwing")
      .check(reg::PluginFailure::NoInstance, "it threw demo::NoDevice: no device");
  Broken("bad/throwing", "demo::ThrowingInt").check(reg::PluginFailure::NoInstance, "it threw int");
  Broken("bad/null", "make_nothing")
      .check(reg::PluginFailure::NoInstance, "its factory returned null");
}

TEST_CASE("a file that is no library, or another machine's, is refused") {
  const Broken broken("good/png", "demo::Png");
  const std::filesystem::path library = broken.library("libpng.so");
  const std::string whole = read_file(library);
  const auto with = [&](const std::string& bytes) { write_file(library, bytes); };

  SUBCASE("text") {
    with("not a library\n" + std::string(100, '.'));
    broken.check(reg::PluginFailure::NotLoaded, "invalid ELF header");
  }
  SUBCASE("empty") {
    with("");
    broken.check(reg::PluginFailure::NotLoaded, "file too short");
  }
  SUBCASE("truncated") {
    for (const std::size_t part : {2U, 3U, 10U}) {
      with(whole.substr(0, whole.size() / part));
      broken.check(reg::PluginFailure::NotLoaded, "");
    }
    with(whole.substr(0, 0x1800));
    broken.check(reg::PluginFailure::NotLoaded, "it is truncated: ");
  }
  SUBCASE("32 bits") {
    patch(library, 4, 1);
    broken.check(reg::PluginFailure::NotLoaded, "wrong ELF class");
  }
  SUBCASE("another machine") {
    patch(library, 18, 20);
    broken.check(reg::PluginFailure::NotLoaded, "cannot open shared object file");
  }
  SUBCASE("an executable") {
    std::filesystem::copy_file("/bin/true", library,
                               std::filesystem::copy_options::overwrite_existing);
    broken.check(reg::PluginFailure::NotLoaded, "cannot dynamically load");
  }
}

TEST_CASE("where the best cannot be had, the next best is, and each that was passed by is told") {
  Host host;
  host.copy("bad/throwing");
  host.copy("good/any");
  host.declare("image", "libgone.so:demo::Png", "yes(3)");
  host.declare("image", "libthrowing.so:demo::Throwing", "yes(2)");
  host.declare("image", "libany.so:demo::Any");
  std::vector<std::string> passed_by;
  reg::LoaderOptions options;
  options.fallback = reg::Fallback::NextBest;
  options.on_failure = [&](const reg::PluginError& error) {
    passed_by.push_back(error.symbol().target);
  };
  const reg::Cache cache = host.cache();
  CHECK(Codecs::select(only_cache(cache, options), "image", {}, 7)->name() == "any");
  CHECK(passed_by ==
        std::vector<std::string>{"libgone.so:demo::Png", "libthrowing.so:demo::Throwing"});
  CHECK(error_of([&] { (void)Codecs::select(only_cache(cache), "image", {}, 7); }).failure() ==
        reg::PluginFailure::NoLibrary);
}

TEST_CASE("where none can be had, the best one's error names the others") {
  Host host;
  host.copy("bad/throwing");
  host.declare("image", "libthrowing.so:demo::ThrowingInt", "yes(0.2)");
  host.declare("image", "libgone.so:demo::Png");
  reg::LoaderOptions options;
  options.fallback = reg::Fallback::NextBest;
  const reg::Cache cache = host.cache();
  const auto error =
      error_of([&] { (void)Codecs::select(only_cache(cache, options), "image", {}, 7); });
  CHECK(error.failure() == reg::PluginFailure::NoLibrary);
  CHECK(contains(error.what(), "libthrowing.so:demo::ThrowingInt (it threw int)"));
}

const reg::plugin::InterfaceInfo* interface() { return &reg::plugin::Factory<demo::Codec>::info; }

// A table of one declaration, as it might be linked in.
std::string error_of_declaration(std::string_view declaration) {
  const reg::plugin::Row row{sizeof(reg::plugin::Row),
                             3,
                             "png.cpp",
                             "demo::Png",
                             "Codec",
                             "image",
                             declaration.data(),
                             declaration.size(),
                             *interface()};
  const reg::plugin::Row* const rows[] = {&row};
  try {
    (void)Codecs::choose(reg::Loader({}, {rows, rows + 1}), "image", {});
  } catch (const reg::InputError& error) {
    return std::string(error.place().to_string()) + ": " + error.what();
  }
  return {};
}

TEST_CASE("a declaration that is linked in and cannot be used is an error at its place") {
  CHECK(contains(error_of_declaration(R"j({"registry":"Codec","oid":"image","target":"demo::Png",)j"
                                      R"j("select":"ext = 'png'"})j"),
                 "png.cpp:3"));
  CHECK(contains(error_of_declaration(R"j({"registry":"Codec","oid":"image","target":"demo::Png",)j"
                                      R"j("select":"is_png(ext)"})j"),
                 "is_png"));
  CHECK(contains(error_of_declaration(R"j({"registry":"Codec",)j"), "png.cpp"));
  CHECK(error_of_declaration(R"j({"registry":"Codec","oid":"image","target":"demo::Png"})j") == "");
}

}  // namespace
}  // namespace reg_test
