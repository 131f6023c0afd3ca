#pragma once
// What `auto-register`, and every other command that changes the cache, says at the end.

#include "../exit_code.h"
#include "../session.h"

#include <reg/auto_register.h>
#include <cstdint>

namespace reg::app {

// Manual: one that writes manual.reg.json too, and where errors are placed in what it would become.
enum class ReportedRun : std::uint8_t { Write, Manual, DryRun, Check };

// The diagnostics, and a line that sums the run up, on stderr; under `-o json` also the report as
// an object on stdout. Returns what the process is to end with.
Exit write_report(Session& session, const AutoRegisterReport& report, ReportedRun run,
                  KeepGoing keep_going);

}  // namespace reg::app
