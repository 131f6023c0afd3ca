#pragma once
// Results of expectations as JUnit's XML, which CI servers read.

#include <reg/expectations.h>
#include <string>
#include <vector>

namespace reg::app {

struct TestSuite {
  std::string file;
  std::vector<ExpectationResult> results;
};

// A suite for each file. A case is called after the registry and oid (`classname`) and after its
// `doc`, or else its context (`name`), with a number where that is not enough. No times: nothing
// depends on the clock.
std::string junit_xml(const std::vector<TestSuite>& suites);

}  // namespace reg::app
