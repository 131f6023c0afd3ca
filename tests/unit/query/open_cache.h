#pragma once
// A cache of some content, open.

#include <reg/cache.h>

#include "../cache/build_cache.h"
#include "../scratch.h"

namespace reg_test {

class OpenCache {
 public:
  explicit OpenCache(const CacheContent& content = sample_content())
      : cache_((build_cache(folder_ / "cache", content), reg::Cache::open(folder_ / "cache"))) {}
  const reg::Cache& operator*() const { return cache_; }
  const reg::Cache* operator->() const { return &cache_; }

 private:
  ScratchFolder folder_;
  reg::Cache cache_;
};

}  // namespace reg_test
