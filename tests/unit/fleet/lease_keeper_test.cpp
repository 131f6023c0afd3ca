#include <doctest/doctest.h>
#include <fleet/fake_etcd.h>
#include <lease_keeper.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

using namespace reg_test;
using namespace std::chrono_literals;

namespace {

// Counts, in another thread than the one that looks.
class Counting : public KeyStore {
 public:
  struct Counts {
    std::atomic<int> asked{0}, failures{0};
    std::atomic<std::int64_t> lease{0};
    std::atomic<bool> over{false};
  };
  explicit Counting(Counts& counts) : counts_(counts) {}
  RangeAnswer range(const RangeRequest&) override { return {}; }
  TxnAnswer txn(const Txn&) override { return {}; }
  Lease grant(std::chrono::seconds) override { return {}; }
  std::optional<std::chrono::seconds> keep_alive(std::int64_t lease) override {
    counts_.lease = lease;
    ++counts_.asked;
    if (counts_.failures > 0) {
      --counts_.failures;
      throw EtcdError(EtcdError::Reason::Unreachable, "nobody");
    }
    return counts_.over ? std::nullopt : std::optional(1s);
  }
  void revoke(std::int64_t) override {}
  std::unique_ptr<Watch> watch(const std::string&, const std::string&, std::int64_t) override {
    return nullptr;
  }

 private:
  Counts& counts_;
};

bool within_seconds(const std::function<bool()>& is_so) {
  for (int turn = 0; turn < 1000 && !is_so(); ++turn) std::this_thread::sleep_for(10ms);
  return is_so();
}

}  // namespace

TEST_CASE("a lease is kept alive whatever else is done, through failures, until it is over") {
  Counting::Counts counts;
  counts.failures = 2;
  LeaseKeeper keeper(std::make_unique<Counting>(counts));
  keeper.keep(17, 1s);
  CHECK(within_seconds([&] { return counts.asked >= 4; }));
  CHECK(counts.lease == 17);
  keeper.keep(18, 1s);
  CHECK(within_seconds([&] { return counts.lease == 18; }));
  counts.over = true;
  const int asked = counts.asked;
  CHECK(within_seconds([&] { return counts.asked > asked; }));
  const int last = counts.asked;
  std::this_thread::sleep_for(500ms);
  CHECK(counts.asked == last);
}

TEST_CASE("without a lease nobody is asked, and the end is at once") {
  Counting::Counts counts;
  const auto begin = std::chrono::steady_clock::now();
  {
    LeaseKeeper keeper(std::make_unique<Counting>(counts));
    keeper.keep(0, 0s);
    keeper.keep(17, 60s);
    keeper.keep(0, 0s);
  }
  CHECK(counts.asked == 0);
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
}
