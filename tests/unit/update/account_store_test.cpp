#include <doctest/doctest.h>
#include <scratch.h>
#include <update/account_store.h>

namespace reg {
namespace {

struct Kept {
  Kept() {
    const auto words = std::make_shared<const Words>(Words{"register", "Registry"});
    KeptAccount parsed{
        {"a.py", Language::Python, {12, -5, 7, 9}, 77}, WordFilter("register x"), words, "bytes"};
    KeptAccount passed_by{{"b.cpp", Language::Cpp, {}, 1}, WordFilter(), nullptr, {}};
    accounts = {parsed, passed_by};
  }
  CacheLock lock() const { return {cache(), {}}; }
  std::filesystem::path cache() const { return scratch / "registry_cache.json"; }

  reg_test::ScratchFolder scratch;
  std::vector<KeptAccount> accounts;
};

TEST_CASE("accounts are kept with all that is known of their files") {
  Kept kept;
  CHECK(KeptAccounts::open(kept.cache()).load().empty());
  write_accounts(kept.lock(), kept.accounts);
  const std::vector<KeptAccount> back = KeptAccounts::open(kept.cache()).load();
  REQUIRE(back.size() == 2);
  CHECK(back[0].path == "a.py");
  CHECK(back[0].stamp == FileStamp{12, -5, 7, 9});
  CHECK(back[0].hash == 77);
  CHECK(back[0].filter.may_have("register"));
  CHECK(back[0].filter.bits() == kept.accounts[0].filter.bits());
  CHECK(*back[0].words == Words{"Registry", "register"});
  CHECK(back[0].bytes == "bytes");
  CHECK(back[1].language == Language::Cpp);
  CHECK_FALSE(back[1].words);
}

TEST_CASE("of accounts that are not as they were written, none is used") {
  Kept kept;
  write_accounts(kept.lock(), kept.accounts);
  const std::filesystem::path file = accounts_path(kept.cache());
  const std::string good = reg_test::read_file(file);
  for (std::size_t size = 0; size < good.size(); ++size) {
    reg_test::write_file(file, std::string_view(good).substr(0, size));
    CHECK(KeptAccounts::open(kept.cache()).load().empty());
  }
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string other = good;
    other[at] = static_cast<char>(other[at] ^ 0x20);
    reg_test::write_file(file, other);
    CHECK(KeptAccounts::open(kept.cache()).load().empty());
  }
}

}  // namespace
}  // namespace reg
