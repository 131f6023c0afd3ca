#pragma once
// What `auto-register`, and every other command that changes the cache, says at the end.

#include "../exit_code.h"
#include "../session.h"

#include <reg/auto_register.h>
#include <string>

namespace reg::app {

// `2,046 symbols in 33 registries`.
std::string contents(const AutoRegisterReport& report);
// `1 added, 2 removed`; `no symbol added, removed or altered`.
std::string difference_text(const AutoRegisterReport& report);

// What to say where there was no error, and where there was.
struct ReportWords {
  std::string done;
  std::string failed;
};

// The diagnostics and the words on stderr; on stdout, under `-o json` the report as an object, and
// else, if the report lists symbols, these as a table. Returns what the process is to end with.
Exit write_report(Session& session, const AutoRegisterReport& report, const ReportWords& words);

// How many errors the report has, and the words; returns what the process is to end with.
Exit write_failure(const Session& session, const AutoRegisterReport& report,
                   const std::string& words);

}  // namespace reg::app
