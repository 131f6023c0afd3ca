#pragma once
// The second value of a run: which sources to read, which to take as they are known.

#include <reg/status.h>
#include <update/inputs.h>
#include <set>
#include <string>
#include <vector>

namespace reg {

// One source of the workspace in a run.
struct PlannedSource {
  SourceFile file;  // where it was read before but is not there now: the stamp of then
  const KnownSource* known = nullptr;  // as it was last read, if it was; the inputs own it
  SourceState state = SourceState::Fresh;
  bool is_there = true;
  bool asked_for = false;  // this run is to look at it, and at what it matches in objects
  bool read = false;       // read it in this run; else `known` holds
  bool drop = false;       // what is known of it does not count any more
  bool restamped = false;  // its content is the known one, under another stamp
  std::string why = {};
};

// The extractor's name, or what it was when the source was last read; "workspace" for
// registry.toml.
std::string kind_of(const PlannedSource& source);

// Which files of code a run looks at.
struct CodePlan {
  bool is_aimed_at = false;     // any
  std::vector<bool> aims_at;    // each that was discovered
  std::set<std::string> paths;  // of these, and of known ones that are gone: what is asked for
};

struct Plan {
  std::vector<PlannedSource> sources;  // in the order of registration, without what is dropped
  std::size_t to_read = 0;
  std::size_t gone = 0;  // known ones that this run drops
  bool restamped = false;
  CodePlan code;
  std::vector<Diagnostic> diagnostics;  // of the discovery, as far as they are this run's business
};

// Compares every source that there is but code, and every known one that is gone, with what is
// known; in the order of registration. A file with another stamp but the known size is read for its
// hash: to copy, move or touch it is no change.
std::vector<PlannedSource> compare_sources(const Inputs& inputs);

// A file of code beside what is known of it.
struct PlannedCode {
  std::string path, kind;
  SourceState state = SourceState::Fresh;
  std::string why;
  bool declares = false;  // it did when it was last read
};

// The same for code, by path.
std::vector<PlannedCode> compare_code(const Inputs& inputs);

// What to do about it. With targets, only what lies under one of them is looked into, read or
// dropped, and everything else stays as it is known; where nothing is known, everything is new,
// whatever the targets. Throws InputError for a target that names no source, known or not.
Plan make_plan(const Inputs& inputs, const Request& request);

}  // namespace reg
