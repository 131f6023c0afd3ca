#include <doctest/doctest.h>
#include <reg/lint.h>

using namespace reg;

namespace {

LintReport report_of(Place place) {
  LintReport report;
  LintFinding& finding = report.findings.emplace_back();
  finding.code = "shadowed";
  finding.level = LintLevel::Deny;
  finding.message = "it can never win";
  finding.place = std::move(place);
  finding.witness = Context{{"sm", 90}};
  finding.related.push_back({"this beats it", {"b.reg.toml", 3, 1}});
  finding.fingerprint = "0123456789abcdef";
  return report;
}

Json location_of(const Json& log) {
  return log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
}

}  // namespace

TEST_CASE("a SARIF log names its version, and has a rule for each code") {
  const Json log = lint_sarif({}, "/w", "/w");
  CHECK(log["version"] == "2.1.0");
  CHECK(log["$schema"].is_string());
  CHECK(log["runs"][0]["results"] == Json::array());
  const Json& rules = log["runs"][0]["tool"]["driver"]["rules"];
  REQUIRE(rules.size() == lint_rules().size());
  for (const Json& rule : rules) {
    CHECK(lint_rule(rule["id"].get<std::string>()) != nullptr);
    for (const char* text : {"shortDescription", "fullDescription", "help"})
      CHECK_FALSE(rule[text]["text"].get<std::string>().empty());
    CHECK(rule["defaultConfiguration"]["level"] == "warning");
  }
}

TEST_CASE("a SARIF result has its rule, level, place, fingerprint and related places") {
  const Json log = lint_sarif(report_of({"a.reg.toml", 7, 2}), "/w", "/w");
  const Json& result = log["runs"][0]["results"][0];
  CHECK(result["ruleId"] == "shadowed");
  const auto index = result["ruleIndex"].get<std::size_t>();
  CHECK(log["runs"][0]["tool"]["driver"]["rules"][index]["id"] == "shadowed");
  CHECK(result["level"] == "error");
  CHECK(result["message"]["text"] == "it can never win\nfor example: {\"sm\":90}");
  CHECK(result["partialFingerprints"]["primaryLocationLineHash"] == "0123456789abcdef");
  CHECK(location_of(log)["region"] ==
        Json{{"startLine", 7}, {"startColumn", 2}, {"endLine", 7}, {"endColumn", 3}});
  const Json& related = result["relatedLocations"][0];
  CHECK(related["message"]["text"] == "this beats it");
  CHECK(related["physicalLocation"]["artifactLocation"]["uri"] == "b.reg.toml");
}

TEST_CASE("paths in SARIF are percent-encoded URIs, told from the root of the sources") {
  const auto artifact = [](const char* path) {
    const Json log = lint_sarif(report_of({path, 7, 2}), "/r/sub folder", "/r");
    return location_of(log)["artifactLocation"];
  };
  const auto below = [](const char* uri) { return Json{{"uri", uri}, {"uriBaseId", "%SRCROOT%"}}; };
  CHECK(artifact("my kernels/ö#1.reg.toml") ==
        below("sub%20folder/my%20kernels/%C3%B6%231.reg.toml"));
  CHECK(artifact("../ext/./k.reg.toml") == below("ext/k.reg.toml"));
  CHECK(artifact("/r/k.reg.toml") == below("k.reg.toml"));
  CHECK(artifact("../../ext/k?.reg.toml") == Json{{"uri", "file:///ext/k%3F.reg.toml"}});
  CHECK(artifact("/opt/k.reg.toml") == Json{{"uri", "file:///opt/k.reg.toml"}});
}

TEST_CASE("what has no line, as an object file, is told of its first in SARIF") {
  const Json log = lint_sarif(report_of({"lib.so", 0, 4}), "/w", "/w");
  CHECK(location_of(log)["region"] ==
        Json{{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 1}});
}

TEST_CASE("the JSON of a finding has all members, null where nothing is known") {
  LintReport report = report_of({"lib.so", 0, 0});
  report.findings[0].witness.reset();
  const Json json = lint_json(report.findings[0]);
  CHECK(json["witness"].is_null());
  CHECK(json["source"] == Json{{"path", "lib.so"}, {"line", nullptr}, {"column", nullptr}});
  CHECK(json["level"] == "deny");
  CHECK(json.size() == 13);
}
