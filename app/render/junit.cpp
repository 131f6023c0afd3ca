#include "junit.h"

#include "printable.h"

#include <map>

namespace reg::app {

namespace {

// Text that is no markup. Control characters, which XML cannot have, are made visible.
std::string escaped(std::string_view text, Newlines newlines) {
  std::string out;
  for (const char c : printable(text, newlines)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// What XML has no place for though it is a character: U+FFFE and U+FFFF.
std::string without_noncharacters(std::string text) {
  for (const std::string_view each : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = text.find(each); at != std::string::npos; at = text.find(each, at))
      text.replace(at, each.size(), "\xEF\xBF\xBD");
  }
  return text;
}

void append_attribute(std::string& out, const char* name, std::string_view value) {
  out.append(" ").append(name).append("=\"").append(escaped(value, Newlines::Escape)) += '"';
}

void append_count(std::string& out, const char* name, std::size_t count) {
  append_attribute(out, name, std::to_string(count));
}

void append_counts(std::string& out, const ExpectationCounts& counts) {
  append_count(out, "tests", counts.all());
  append_count(out, "failures", counts.failed);
  append_count(out, "errors", counts.invalid);
}

ExpectationCounts counts_of(const TestSuite& suite) {
  ExpectationCounts counts;
  for (const ExpectationResult& result : suite.results) counts.add(result.status);
  return counts;
}

// A machine's whole context would be a name that nobody reads.
constexpr std::size_t longest_name = 120;

std::string name_of(const Expectation& expectation) {
  return expectation.doc.empty() ? shortened(to_text(expectation.context), longest_name)
                                 : expectation.doc;
}

// What follows the place in the first line of a failure.
std::string message_of(const ExpectationResult& result) {
  for (const Diagnostic& each : result.diagnostics) {
    if (each.severity == Severity::Error) return each.message;
  }
  return {};
}

class Cases {
 public:
  explicit Cases(std::string& out) : out_(out) {}

  void append(const std::string& file, const ExpectationResult& result) {
    const Expectation& expectation = result.expectation;
    const std::string class_name = expectation.registry.empty()
                                       ? expectation.oid
                                       : expectation.registry + '/' + expectation.oid;
    std::string name = name_of(expectation);
    // Two cases of one name would be taken for one.
    const std::size_t number = ++seen_[class_name + '\n' + name];
    if (number > 1) name += " #" + std::to_string(number);
    out_ += "    <testcase";
    append_attribute(out_, "classname", class_name);
    append_attribute(out_, "name", name);
    append_attribute(out_, "file", file);
    append_count(out_, "line", expectation.source.line);
    if (result.status == ExpectationStatus::Met) {
      out_ += "/>\n";
    } else {
      append_failure(result);
    }
  }

 private:
  void append_failure(const ExpectationResult& result) {
    const bool failed = result.status == ExpectationStatus::Failed;
    const char* const tag = failed ? "failure" : "error";
    out_.append(">\n      <").append(tag);
    append_attribute(out_, "message", message_of(result));
    append_attribute(out_, "type", to_string(result.status));
    out_ += '>';
    out_ += escaped(failure_text(result, Style::plain(), 0, Reasons::Shown), Newlines::Keep);
    out_.append("</").append(tag).append(">\n    </testcase>\n");
  }

  std::string& out_;
  std::map<std::string, std::size_t> seen_;
};

void append_suite(std::string& out, const TestSuite& suite) {
  out += "  <testsuite";
  append_attribute(out, "name", suite.file);
  append_counts(out, counts_of(suite));
  append_count(out, "skipped", 0);
  out += ">\n";
  Cases cases(out);
  for (const ExpectationResult& result : suite.results) cases.append(suite.file, result);
  out += "  </testsuite>\n";
}

void append_head(std::string& out, const ExpectationCounts& counts) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";
  append_attribute(out, "name", "reg test");
  append_counts(out, counts);
  out += ">\n";
}

// All that is wrong, a line each.
std::string text_of(const RegistryError& error) {
  const auto* const input = dynamic_cast<const InputError*>(&error);
  std::string text;
  if (input != nullptr) {
    for (const Diagnostic& each : input->diagnostics()) {
      const std::string place = each.place.to_string();
      text += (place.empty() ? "" : place + ": ") + each.message + '\n';
    }
  }
  return text.empty() ? error.what() + std::string("\n") : text;
}

}  // namespace

std::string junit_xml(const RegistryError& error) {
  const ExpectationCounts counts{.met = 0, .failed = 0, .invalid = 1};
  std::string out;
  append_head(out, counts);
  out += "  <testsuite";
  append_attribute(out, "name", "reg test");
  append_counts(out, counts);
  append_count(out, "skipped", 0);
  out += ">\n    <testcase";
  append_attribute(out, "classname", "reg");
  append_attribute(out, "name", "reg test");
  out += ">\n      <error";
  append_attribute(out, "message", error.what());
  out += '>' + escaped(text_of(error), Newlines::Keep) + "</error>\n    </testcase>\n";
  return without_noncharacters(out + "  </testsuite>\n</testsuites>\n");
}

std::string junit_xml(const std::vector<TestSuite>& suites) {
  ExpectationCounts all;
  for (const TestSuite& suite : suites) {
    for (const ExpectationResult& result : suite.results) all.add(result.status);
  }
  std::string out;
  append_head(out, all);
  for (const TestSuite& suite : suites) append_suite(out, suite);
  return without_noncharacters(out + "</testsuites>\n");
}

}  // namespace reg::app
