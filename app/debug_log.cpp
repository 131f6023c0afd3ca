#include "debug_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace reg::app {

void enable_debug_log() {
  auto logger =
      std::make_shared<spdlog::logger>("reg", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::debug);
  logger->set_pattern("reg: %l: %v");
  spdlog::set_default_logger(std::move(logger));
}

void debug_log(std::string_view text) { spdlog::debug("{}", text); }

}  // namespace reg::app
