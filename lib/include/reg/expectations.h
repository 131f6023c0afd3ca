#pragma once
/// @file expectations.h
/// Expectations kept as tests: found in files, checked against a cache, written anew.
///
/// They stand as `[[expect]]` in manifests, and in files called `*.regtest.toml`, which are no
/// sources. What reads does so without a lock; any number of threads may do it at once.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const auto cache = reg::Cache::open(workspace);
/// for (const reg::ExpectationFile& file : reg::find_expectations(workspace)) {
///   for (const reg::Expectation& expectation : file.expectations) {
///     const reg::ExpectationResult result = reg::check_expectation(cache, expectation);
///     for (const reg::Diagnostic& each : result.diagnostics)
///       std::cerr << each.place.to_string() << ": " << each.message << '\n';
///   }
/// }
/// ```

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/error.h>
#include <reg/expectation.h>
#include <reg/selection.h>
#include <reg/workspace.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// A file, and the expectations in it from top to bottom.
struct ExpectationFile {
  std::filesystem::path file;  ///< absolute
  std::string path;            ///< as messages name it: as it was given, or from the workspace on
  std::vector<Expectation> expectations;  ///< from top to bottom
};

/// All expectations of a workspace: of its sources that are manifests, `registry.toml` included,
/// and of every `*.regtest.toml` in the workspace or in a folder that `sources` names, as far as
/// `exclude` and the other rules of sources let them be seen. Or, if `paths` are given, those of
/// these files, whatever they are called, and of the manifests and `*.regtest.toml` in these
/// folders; relative ones count from the current folder. By path; a file that has several is taken
/// once, and a manifest that was not named and has no expectations is left out.
/// @throws InputError with all that is wrong in them, or if a path is not there or cannot be read;
/// StorageError (kind Io) if `registry.toml` cannot be.
[[nodiscard]] std::vector<ExpectationFile> find_expectations(
    const Workspace& workspace, const std::vector<std::filesystem::path>& paths = {});

/// Whether `find_expectations` without paths looks at a file that is there.
/// @throws InputError if `registry.toml` has errors; StorageError (kind Io) if it cannot be read.
[[nodiscard]] bool is_expectation_place(const Workspace& workspace,
                                        const std::filesystem::path& file);

/// What became of an expectation.
enum class ExpectationStatus : std::uint8_t {
  Met,     ///< the selection comes to just what is expected
  Failed,  ///< the selection comes to something else, or there is no such registry or oid
  /// It cannot be asked: an oid of several registries, a fact of the wrong type, one that is not
  /// declared, where facts are, and is named almost as one that is, or one whose name is spelled
  /// like the path of another.
  Invalid,
};
/// `"met"`, `"failed"`, `"invalid"`.
[[nodiscard]] const char* to_string(ExpectationStatus status);

/// What an expectation came to.
struct ExpectationResult {
  Expectation expectation;  ///< with its registry, where that could be found
  ExpectationStatus status = ExpectationStatus::Invalid;  ///< whether it is met
  /// What the selection comes to, as `Expectation::targets`, in registration order; not set: there
  /// is no selection, because there is no such registry or oid, or it cannot be asked.
  std::optional<std::vector<std::string>> got = {};
  /// The selection with its reasons; set if it failed, and there is one.
  std::optional<Selection> selection = {};
  /// Errors if it is not met. Warnings: that registration order alone made the target win; facts
  /// that are not declared, where facts are; one that no predicate reads, and that is named almost
  /// as one that some do.
  std::vector<Diagnostic> diagnostics = {};
};

/// Makes the selection of an expectation, over the cache's base context. @throws StorageError.
[[nodiscard]] ExpectationResult check_expectation(const Cache& cache,
                                                  const Expectation& expectation);

/// Warnings of those that ask what another one before them asks: the same oid, for the same
/// context.
[[nodiscard]] std::vector<Diagnostic> repeated_expectations(
    const std::vector<ExpectationResult>& results);

/// Whether a selection would come to something else without the pin of its winner. That is for a
/// while, and is not to be recorded.
[[nodiscard]] bool is_decided_by_pin(const Selection& selection);

/// `{"status","registry","oid","context","expected":[…],"got":[…]|null,"doc","path","line",
/// "column","errors":[{"message","path","line","column","hint"}],"explanation":{…}|null}`, on one
/// line, without a newline; `expected` and `got` are empty where none applies, and the explanation
/// is that of `append_explanation` (shapes.h).
void append_expectation_result(std::string& out, const ExpectationResult& result);

/// An expectation that was written anew.
struct RecordedExpectation {
  Expectation before;            ///< as it stood in the file
  std::vector<std::string> now;  ///< as `Expectation::targets`
};

/// Whether `record_expectations` takes it: it failed, there is a selection, and no pin decides it.
[[nodiscard]] bool is_recordable(const ExpectationResult& result);

/// What became of a file that was recorded into.
struct [[nodiscard]] RecordReport {
  std::vector<RecordedExpectation> recorded;
  std::vector<Diagnostic> refused;  ///< errors: what cannot be exchanged in place, and is left
};

/// Writes what is now into a file: of every result that is recordable, the expectation's `target`,
/// `none` or `tie` is exchanged for what the selection comes to. All else in the file stays as it
/// is, byte for byte. Takes the lock of the workspace that the file lies in, and replaces the file
/// as a whole. `results` are those of the file's expectations, in their order.
/// @throws InputError if the file is not as it was read, or would not come to say what is wanted:
/// then nothing is written; StorageError (kinds LockTimeout and Io).
RecordReport record_expectations(const Workspace& workspace, const ExpectationFile& file,
                                 const std::vector<ExpectationResult>& results,
                                 const Observer& observer = {});

/// Writes an expectation below those of a TOML file, which is made if need be, with its folder,
/// under the lock of the workspace that it lies in; all else in the file stays as it is. Returns
/// the expectation as it stands there.
/// @throws InputError if the file has errors, has an expectation for that oid and context already,
/// or cannot have this one: TOML has no null; UsageError for a file that is no TOML, or that
/// `find_expectations` would not find by its name; StorageError as above.
Expectation add_expectation(const Workspace& workspace, const std::filesystem::path& file,
                            const Expectation& expectation, const Observer& observer = {});

/// What an expectation says, as it stands in TOML: `target = "x"`, `none = true`,
/// `tie = ["x", "y"]`.
[[nodiscard]] std::string outcome_in_toml(const std::vector<std::string>& targets);

}  // namespace reg
