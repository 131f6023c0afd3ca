#pragma once
/// @file lint.h
/// What is odd about a workspace's declarations: implementations that can never be selected, facts,
/// fields and named predicates that nothing uses, names that look like slips.
///
/// Every finding is sound: it holds for what the cache has, and what reasoning cannot decide is
/// counted, not reported.
///
/// ```cpp
/// const auto cache = reg::Cache::open(reg::Workspace::find().cache());
/// for (const reg::LintFinding& finding : reg::lint(cache).findings)
///   std::cout << finding.place.to_string() << ": " << finding.message << '\n';
/// assert(reg::lint(cache).denied == 0);
/// ```

#include <reg/cache.h>
#include <reg/error.h>
#include <reg/json.h>
#include <reg/lint_rules.h>
#include <reg/reasoning.h>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// A place that a finding has to do with, and how.
struct RelatedPlace {
  std::string message;  ///< what stands there: `"a.Any" beats it`
  Place place;
  friend bool operator==(const RelatedPlace&, const RelatedPlace&) = default;
};

/// One thing that was found.
struct LintFinding {
  std::string code;                   ///< of its rule (lint_rules.h)
  LintLevel level = LintLevel::Warn;  ///< or Deny
  std::string message;                ///< without the code
  std::string hint = {};              ///< what to do about it; may be empty
  Place place;                        ///< of the declaration, or of the part that it is about
  std::string registry = {}, oid = {}, target = {};  ///< what it is about; empty: no such
  std::string subject = {};  ///< the fact, field or named predicate; empty: an implementation
  /// A context that shows it: in which the implementation applies, and does not win.
  std::optional<Context> witness = {};
  std::vector<std::string> rests_on = {};  ///< facts of `[context]` without which it may not hold
  std::vector<RelatedPlace> related = {};  ///< of those that beat it, and the like; the first few
  /// Sixteen hex digits: the same as long as it is about the same thing, wherever that stands.
  std::string fingerprint = {};
};

/// Where to look, and for what.
struct LintOptions {
  /// Where to look; empty: everywhere, and at what is about the whole workspace.
  std::vector<std::string> registries = {};
  LintSettings levels = {};        ///< over those of `[lint]`
  ReasoningLimits reasoning = {};  ///< of each question about an implementation
};

/// What was found, and how much could not be looked at.
struct LintReport {
  std::vector<LintFinding> findings;  ///< by place, then by code
  std::size_t denied = 0;             ///< of them
  /// Implementations of which reasoning does not know whether they can apply, or win.
  std::size_t undecided = 0;
  /// Whether it is known what sources declare besides symbols. Where the cache's sidecar is missing
  /// it is not, and what is about registries, their facts and fields, and named predicates is not
  /// looked for.
  bool declarations_known = false;
};

/// What `[lint]` of `registry.toml` says now; of a cache that was opened by its file alone, what it
/// said when that was written. @throws InputError, with places, if settings of `registry.toml` are
/// wrong; StorageError.
[[nodiscard]] LintSettings lint_settings(const Cache& cache);

/// Looks at every symbol once, with one oid's in memory at a time. Parts of declarations are looked
/// up in their sources, as far as these are as they were. Any number of threads may call it.
/// @throws RegistryNotFound; UsageError for levels that name no code, or one twice; what
/// `lint_settings` throws; StaleCache.
[[nodiscard]] LintReport lint(const Cache& cache, const LintOptions& options = {});

/// `{"code","level","message","hint","registry","oid","target","subject","source":{"path","line",
/// "column"},"witness":{…}|null,"rests_on":[…],"related":[{"message","source"}],"fingerprint"}`
[[nodiscard]] Json lint_json(const LintFinding& finding);

/// What a finding's witness gives, in words: `{"sm":90}`, or `where no fact is given`.
[[nodiscard]] std::string witness_text(const Context& witness);

/// A SARIF 2.1.0 log of one run, with all rules. `workspace` is where the report's paths are told
/// from, and `repository` where those of the log are; both absolute. What lies outside of the
/// repository is named by a `file:` URI.
[[nodiscard]] Json lint_sarif(const LintReport& report, const std::filesystem::path& workspace,
                              const std::filesystem::path& repository);

}  // namespace reg
