#pragma once
// Caches that are not what a writer would write.

#include <cache/verify.h>

#include <scratch.h>
#include "build_cache.h"

namespace reg_test {

// A cache's text, in which something can be changed without its header falling behind.
class Forgery {
 public:
  Forgery() : Forgery(sample_content()) {}
  explicit Forgery(const CacheContent& content) {
    build_cache(folder_ / "cache", content);
    text_ = read_file(folder_ / "cache");
    header_ = reg::CacheFile(folder_ / "cache").header();
  }

  // The first occurrence behind the first line.
  Forgery& replace(std::string_view from, std::string_view to) {
    using Header = reg::CacheHeader;
    std::size_t at = text_.find(from, reg::layout::header_size);
    if (at == std::string::npos) throw std::runtime_error("not in the cache: " + std::string(from));
    text_.replace(at, from.size(), to);
    std::uint64_t grown = to.size() - from.size();  // modulo 2^64, and added modulo 2^64
    for (auto section : {&Header::workspace, &Header::predicates, &Header::registries,
                         &Header::symbols, &Header::oids}) {
      if ((header_.*section).begin > at) (header_.*section).begin += grown;
      if ((header_.*section).end > at) (header_.*section).end += grown;
    }
    header_.bytes += grown;
    return *this;
  }

  Forgery& count(std::uint64_t count) {
    header_.count = count;
    return *this;
  }

  // Writes it.
  std::filesystem::path path() const {
    write_file(folder_ / "forged",
               reg::header_line(header_) + text_.substr(reg::layout::header_size));
    return folder_ / "forged";
  }

  std::vector<std::string> problems() const { return reg::verify_cache(reg::CacheFile(path())); }

  bool finds(std::string_view part) const {
    std::vector<std::string> found = problems();
    return std::any_of(found.begin(), found.end(), [part](const std::string& problem) {
      return problem.find(part) != std::string::npos;
    });
  }

 private:
  ScratchFolder folder_;
  std::string text_;
  reg::CacheHeader header_;
};

}  // namespace reg_test
