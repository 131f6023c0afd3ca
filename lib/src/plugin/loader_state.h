#pragma once
// What a Loader knows.

#include <cache/load_failures.h>
#include <reg/loader.h>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace reg {

struct LoaderState {
  LoaderState(std::optional<Cache> its_cache, std::filesystem::path file, LoaderOptions its_options,
              plugin::Table table, std::filesystem::path its_root)
      : cache(std::move(its_cache)),
        cache_file(std::move(file)),
        options(std::move(its_options)),
        linked_in(table),
        root(std::move(its_root)) {}

  std::optional<Cache> cache;
  std::filesystem::path cache_file;  // absolute
  LoaderOptions options;
  plugin::Table linked_in{};
  std::filesystem::path root;  // absolute; empty: not known

  // Libraries that this loader could not load, by their keys.
  mutable std::mutex mutex{};
  mutable std::map<std::string, LoadFailure> failures{};
};

// What of this room sees the inside of the public classes.
struct InsideLoader {
  static const std::shared_ptr<const LoaderState>& state(const Loader& loader) {
    return loader.state_;
  }
  static ChosenPlugin chosen(std::shared_ptr<const LoaderState> state,
                             const plugin::InterfaceInfo& wanted, Candidate candidate,
                             std::optional<Tie> tie, const plugin::Row* row) {
    ChosenPlugin made(std::move(state), wanted, std::move(candidate));
    made.tie_ = std::move(tie);
    made.row_ = row;
    return made;
  }
};

}  // namespace reg
