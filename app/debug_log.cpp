#include "debug_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace reg::app {

namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  return level == LogLevel::Info ? spdlog::level::info : spdlog::level::debug;
}

}  // namespace

void enable_log(LogLevel level, MessageFormat format) {
  auto logger =
      std::make_shared<spdlog::logger>("reg", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(level_of(level));
  logger->set_pattern(format == MessageFormat::Json ? "%v" : "reg: %l: %v");
  spdlog::set_default_logger(std::move(logger));
}

void log(LogLevel level, std::string_view text) { spdlog::log(level_of(level), "{}", text); }

}  // namespace reg::app
