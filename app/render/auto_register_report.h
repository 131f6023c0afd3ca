#pragma once
// What `auto-register`, and every other command that changes the cache, says at the end.

#include "../exit_code.h"
#include "../session.h"

#include <reg/auto_register.h>
#include <cstdint>

namespace reg::app {

// Manual: a change of manual.reg.json, whose errors have the places that they would have in it.
enum class ReportedRun : std::uint8_t { Write, Manual, DryRun, Check };

// The diagnostics, and a line that sums the run up, on stderr; under `-o json` also the report as
// an object on stdout. Returns what the process is to end with.
Exit write_report(Session& session, const AutoRegisterReport& report, ReportedRun run,
                  KeepGoing keep_going);

}  // namespace reg::app
