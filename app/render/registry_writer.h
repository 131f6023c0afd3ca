#pragma once
// Registries on stdout, in whatever format was asked for.

#include "../session.h"
#include "rows.h"

#include <reg/symbol.h>
#include <optional>

namespace reg::app {

class RegistryWriter {
 public:
  explicit RegistryWriter(Session& session);

  void add(const RegistryInfo& registry);
  void finish();

 private:
  Session& session_;
  std::optional<RowWriter> rows_;  // set for the formats that have columns
  std::size_t written_ = 0;
};

}  // namespace reg::app
