// Many threads select and create while the cache is replaced under them.

#include "host.h"

#include <doctest/doctest.h>
#include <atomic>
#include <thread>

namespace reg_test {
namespace {

TEST_CASE("threads select, create and destroy while the cache is written anew") {
  Host host;
  host.copy("good/png");
  host.copy("good/any");
  host.declare("image", "libpng.so:demo::Png", "ext == 'png'");
  host.declare("image", "libany.so:demo::Any", "yes(0.5)");
  const reg::Workspace workspace = host.workspace();
  const reg::Cache shared = host.cache();
  const reg::Loader loader = shared;
  std::atomic<bool> done = false;
  std::atomic<int> made = 0, wrong = 0;

  std::vector<std::thread> threads;
  for (int number = 0; number < 8; ++number) {
    threads.emplace_back([&, number] {
      while (!done || made < 64) {
        try {
          const reg::Context context = {{"ext", made % 2 == 0 ? "png" : "gif"}};
          const std::string name = context["ext"] == "png" ? "png" : "any";
          const bool is_shared = number % 2 == 0;
          const auto codec = is_shared ? Codecs::select(loader, "image", context, number)
                                       : Codecs::select(reg::Cache::open(workspace.cache()),
                                                        "image", context, number);
          if (codec->name() != name || codec->level() != number) ++wrong;
          ++made;
        } catch (const std::exception&) {
          ++wrong;
          ++made;
        }
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    write_file(host.plugins() / "more.reg.toml", "[[symbols]]\nregistry = 'More'\noid = 'n" +
                                                     std::to_string(round) +
                                                     "'\ntarget = 'libmore.so:More'\n");
    CHECK(reg::auto_register(workspace).changed);
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(made >= 64);
}

TEST_CASE("threads that meet a broken library get its error, each of them") {
  Host host;
  host.copy("bad/unresolved");
  host.declare("broken", "libunresolved.so:demo::Png");
  const reg::Cache cache = host.cache();
  const reg::Loader loader = cache;
  std::atomic<int> told = 0;
  std::vector<std::thread> threads;
  for (int number = 0; number < 8; ++number) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto error = error_of([&] { (void)Codecs::by_id(cache, "broken", 1); });
        const auto again = error_of([&] { (void)Codecs::by_id(loader, "broken", 1); });
        told += contains(error.reason(), "undefined symbol") +
                contains(again.reason(), "undefined symbol");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(told == 8 * 20 * 2);
}

}  // namespace
}  // namespace reg_test
