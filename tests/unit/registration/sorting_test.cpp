#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <registration/sorting.h>
#include <string>

using namespace reg;

namespace {

// Few different bytes after a start that many share, so that texts often part late, or not at all.
std::string any_text() {
  const auto shared = *rc::gen::inRange<std::size_t>(0, 30);
  return std::string(shared, 'a') +
         *rc::gen::container<std::string>(rc::gen::element('a', 'b', '\x7f', '\xc3'));
}

}  // namespace

TEST_CASE("prefixes that differ sort as their texts do, byte by byte") {
  CHECK(rc::check([] {
    const std::string a = any_text(), b = any_text();
    const SortPrefix first = sort_prefix(a), second = sort_prefix(b);
    if (first != second) RC_ASSERT((first < second) == (a < b));
    if (a == b) RC_ASSERT(first == second);
  }));
}

TEST_CASE("records are sorted by oid, and those of one oid keep their order") {
  CHECK(rc::check([] {
    std::vector<std::string> oids(*rc::gen::inRange<std::size_t>(0, 40));
    for (std::string& oid : oids) oid = any_text();
    std::vector<SymbolRecord> symbols(oids.size());
    for (std::size_t i = 0; i < oids.size(); ++i) symbols[i].oid = oids[i];
    std::vector<RecordRef> sorted(symbols.begin(), symbols.end());
    sort_by_oid(sorted);
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      const SymbolRecord *before = sorted[i - 1].record, *after = sorted[i].record;
      RC_ASSERT(before->oid < after->oid || (before->oid == after->oid && before < after));
      RC_ASSERT(same_oid(sorted[i - 1], sorted[i]) == (before->oid == after->oid));
    }
  }));
}
