#include <reg/lint.h>
#include <reg/version.h>
#include <algorithm>
#include <filesystem>
#include <string_view>

namespace reg {
namespace {

// What may stand in a URI's path as it is (RFC 3986), and the slash.
bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    if (is_plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    (out += '%') += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

// Where the paths of a report are told from, and those of a log.
struct Roots {
  const std::filesystem::path& workspace;
  const std::filesystem::path& repository;
};

// What is outside of the repository is no path below its root.
Json artifact_location(const Place& place, const Roots& roots) {
  const std::filesystem::path file = (roots.workspace / place.path).lexically_normal();
  const std::filesystem::path below = file.lexically_relative(roots.repository);
  if (below.empty() || *below.begin() == "..")
    return {{"uri", "file://" + percent_encoded(file.generic_string())}};
  return {{"uri", percent_encoded(below.generic_string())}, {"uriBaseId", "%SRCROOT%"}};
}

// GitHub wants a region, of all four numbers. What has no line, as an object file, is told of its
// first.
Json region(const Place& place) {
  const std::uint32_t line = std::max<std::uint32_t>(place.line, 1);
  const std::uint32_t column = std::max<std::uint32_t>(place.column, 1);
  if (place.line == 0)
    return {{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 1}};
  return {
      {"startLine", line}, {"startColumn", column}, {"endLine", line}, {"endColumn", column + 1}};
}

Json location(const Place& place, const Roots& roots) {
  return {{"physicalLocation",
           {{"artifactLocation", artifact_location(place, roots)}, {"region", region(place)}}}};
}

Json text(std::string_view words) { return {{"text", words}}; }

Json rule_json(const LintRule& rule) {
  const std::string help = std::string(rule.meaning) + "\n\n" + std::string(rule.why) +
                           "\n\nFor example:\n\n" + std::string(rule.bad) + "\nBetter:\n\n" +
                           std::string(rule.better);
  return {{"id", rule.code},
          {"name", rule.code},
          {"shortDescription", text(rule.summary)},
          {"fullDescription", text(rule.meaning)},
          {"help", text(help)},
          {"defaultConfiguration", {{"level", "warning"}}},
          {"properties", {{"tags", Json::array({"maintainability"})}}}};
}

std::size_t index_of(const std::string& code) {
  const auto rules = lint_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const LintRule& rule) { return rule.code == code; });
  return static_cast<std::size_t>(found - rules.begin());
}

std::string message_of(const LintFinding& finding) {
  std::string message = finding.message;
  if (!finding.hint.empty()) message += "\n" + finding.hint;
  if (finding.witness) message += "\nfor example: " + witness_text(*finding.witness);
  return message;
}

Json result_json(const LintFinding& finding, const Roots& roots) {
  Json result = {{"ruleId", finding.code},
                 {"ruleIndex", index_of(finding.code)},
                 {"level", finding.level == LintLevel::Deny ? "error" : "warning"},
                 {"message", text(message_of(finding))},
                 {"locations", Json::array({location(finding.place, roots)})},
                 {"partialFingerprints", {{"primaryLocationLineHash", finding.fingerprint}}}};
  std::size_t id = 0;
  for (const RelatedPlace& each : finding.related) {
    Json related = location(each.place, roots);
    related["id"] = id++;
    related["message"] = text(each.message);
    result["relatedLocations"].push_back(std::move(related));
  }
  return result;
}

}  // namespace

Json lint_sarif(const LintReport& report, const std::filesystem::path& workspace,
                const std::filesystem::path& repository) {
  const Roots roots{workspace, repository};
  Json rules = Json::array(), results = Json::array();
  for (const LintRule& rule : lint_rules()) rules.push_back(rule_json(rule));
  for (const LintFinding& finding : report.findings) results.push_back(result_json(finding, roots));
  Json driver = {{"name", "reg"}, {"version", version()}, {"rules", std::move(rules)}};
  Json run = {{"tool", {{"driver", std::move(driver)}}},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({std::move(run)})}};
}

}  // namespace reg
