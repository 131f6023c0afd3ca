#include <string>

namespace {
struct Given {};
}  // namespace
