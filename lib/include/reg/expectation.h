#pragma once
/// @file expectation.h
/// What a selection is expected to come to: one `[[expect]]` of a source, or of a file of tests.
///
/// Plain values. Copies are independent; any thread may use its own.
///
/// ```cpp
/// reg::Expectation expectation;
/// expectation.registry = "Kernel";
/// expectation.oid = "gemm";
/// expectation.context = {{"sm", 90}};
/// expectation.targets = {"libgemm.so:make_cublas"};
/// assert(reg::print_outcome(expectation.targets) == "libgemm.so:make_cublas");
/// assert(reg::print_outcome({}) == "none");
/// ```

#include <reg/error.h>
#include <reg/json.h>
#include <string>
#include <vector>

namespace reg {

/// Where a fact of an expectation stands.
struct FactPlace {
  std::string path;  ///< as predicates name it: `cpu.isa`
  Place place;
  friend bool operator==(const FactPlace&, const FactPlace&) = default;
};

/// One `[[expect]]`.
struct Expectation {
  std::string registry = {};            ///< empty: the only one that has the oid
  std::string oid = {};                 ///< what is asked for
  Context context = Context::object();  ///< laid over the workspace's `[context]`
  /// What it is to come to. None: that none applies; one: that this one wins; several: that exactly
  /// these share the best score, in any order.
  std::vector<std::string> targets = {};
  std::string doc = {};  ///< why, in a line; may be empty

  Place source = {};                  ///< the entry; without a path where it stands in no file
  Place oid_place = {};               ///< its `oid`
  Place outcome = {};                 ///< the value of its `target`, `none` or `tie`
  std::vector<FactPlace> facts = {};  ///< where the facts of `context` stand

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// The targets as people read them: `none`, the only one, or `a tie of a, b`.
[[nodiscard]] std::string print_outcome(const std::vector<std::string>& targets);

}  // namespace reg
