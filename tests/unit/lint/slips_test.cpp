#include <doctest/doctest.h>
#include <lint/slips.h>

using reg::linting::is_slip;
using reg::linting::is_slip_of_path;

TEST_CASE("names are slips of each other if they differ by a letter, two changed ones, or case") {
  CHECK(is_slip("device", "devise"));
  CHECK(is_slip("device", "devcie"));
  CHECK(is_slip("device", "devices"));
  CHECK(is_slip("driver", "drver"));
  CHECK(is_slip("Device", "device"));
  CHECK_FALSE(is_slip("device", "device"));
  CHECK_FALSE(is_slip("device", "version"));
}

TEST_CASE("short names, other digits and another first letter of a word are other names") {
  CHECK_FALSE(is_slip("gpu", "cpu"));
  CHECK_FALSE(is_slip("cache_l2", "cache_l3"));
  CHECK_FALSE(is_slip("gemm", "gemm2"));
  CHECK_FALSE(is_slip("has_cpu", "has_gpu"));
  CHECK_FALSE(is_slip("mode", "node"));
  CHECK_FALSE(is_slip("min_x", "min_y"));
  CHECK(is_slip("has_gpus", "has_gpu"));
}

TEST_CASE("paths are slips of each other if one name of them is") {
  CHECK(is_slip_of_path("cpu.cores", "cpu.corse"));
  CHECK(is_slip_of_path("bundle.name", "bundel.name"));
  CHECK(is_slip_of_path("device", "devise.name"));
  CHECK_FALSE(is_slip_of_path("bundel.nmae", "bundle.name"));
  CHECK_FALSE(is_slip_of_path("`device.name`", "device.name"));
}
