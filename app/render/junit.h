#pragma once
// Results of expectations as JUnit's XML, which CI servers read.

#include "expectation_report.h"

#include <reg/error.h>
#include <string>
#include <vector>

namespace reg::app {

// A suite for each file. A case is called after the registry and oid (`classname`) and after its
// `doc`, or else its context, shortened (`name`), with a number where that is not enough. No times:
// nothing depends on the clock.
std::string junit_xml(const std::vector<TestSuite>& suites);
// The same where nothing could be asked: one case with the error.
std::string junit_xml(const RegistryError& error);

}  // namespace reg::app
