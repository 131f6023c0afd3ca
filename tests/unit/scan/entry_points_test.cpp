#include <doctest/doctest.h>
#include <scan/languages.h>
#include <string>
#include <string_view>

namespace {

std::string read(std::string_view content) {
  const reg::Account account = reg::scan_entry_points(content, {});
  std::string all;
  for (const reg::Packaged& entry : account.packaged) {
    all += entry.group + "|" + entry.name + "|" + entry.target;
    for (const std::string& extra : entry.extras) all += "|" + extra;
    all += "@" + std::to_string(entry.at.line) + ":" + std::to_string(entry.at.column) + "\n";
  }
  for (const reg::Diagnostic& problem : account.problems)
    all += "! " + std::to_string(problem.place.line) + " " + problem.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("entry points have a group, a name, and a module with an attribute") {
  CHECK(read("[console_scripts]\nfoo = foo.bar:main\n\n# c\n; d\n[ x.y ]\n  a.B c=m : o.p [e1, "
             "e-2]\r\nq=m\n") ==
        "console_scripts|foo|foo.bar:main@2:1\nx.y|a.B c|m:o.p|e1|e|2@7:3\nx.y|q|m@8:1\n");
}

TEST_CASE("lines that are no entry points are reported, and the rest is read") {
  CHECK(
      read("a = b\n[g]\nx\n= m:a\ny = \nz = a b\nw = m:\nv = m:a ]\n\xFF = m\nok = m:a") ==
      "g|ok|m:a@10:1\n! 1 this entry point stands in no [group]\n! 3 no entry point: it has no =\n"
      "! 4 this entry point has no name\n! 5 the entry point y is no module:attribute\n"
      "! 6 the entry point z is no module:attribute\n! 7 the entry point w is no module:attribute\n"
      "! 8 the entry point v is no module:attribute\n! 9 this line is not UTF-8\n");
}

TEST_CASE("nothing, a mark of byte order, and any bytes have an account") {
  CHECK(read("").empty());
  CHECK(read("\xEF\xBB\xBF[g]\na=b") == "g|a|b@2:1\n");
  CHECK(read(std::string(1 << 20, '[')).starts_with("! 1 "));
  const std::string sample = "[g]\na = b.c:d [e]\r\n#x\n";
  for (std::size_t size = 0; size <= sample.size(); ++size) read(sample.substr(0, size));
}
