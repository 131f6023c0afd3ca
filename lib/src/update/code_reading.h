#pragma once
// Reads files of code, as few as possible, until what they declare is known.

#include <reg/auto_register.h>
#include <resolve/resolve.h>
#include <update/account_store.h>
#include <workspace/discover.h>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A file of code in a run.
struct ReadCode {
  CodeSource source;
  KeptAccount kept;                   // as it is by now
  std::optional<Account> account;     // decoded where it is needed
  bool is_new = false;                // nothing is known of it
  bool read = false;                  // in this run
  bool restamped = false;             // its content is the kept one, under another stamp
  std::optional<Diagnostic> problem;  // it could not be read
};

// What manifests declare, as far as code depends on it.
struct ManifestNames {
  std::map<std::string, std::set<std::string>> fields;  // by registry
  std::set<std::string> predicates;

  void add(const Declarations& declared);
};

// What a file declares, with what is wrong with it.
Declarations declarations_of(const ReadCode& file, const Found& found);

class CodeReading {
 public:
  CodeReading(const Workspace& workspace, std::span<const Scan> scans, unsigned jobs,
              const Observer& observer)
      : workspace_(workspace), scans_(scans), jobs_(jobs), observer_(observer) {}

  // `AsKept`: its account is taken as it is kept, whatever the file is by now.
  enum class Take : bool { AsKept, AsItIs };
  // In the order of paths. `kept`: null if nothing is kept of it.
  void add(CodeSource source, const KeptAccount* kept, Take take);

  // Reads what is not as it is kept.
  void read_changed();
  // What all of it comes to, after `read_changed`. Reads more, as names lead there.
  Resolved resolve(std::span<const WantedMatch> matches, const ManifestNames& names);

  std::vector<ReadCode>& files() { return files_; }
  std::size_t read_count() const;

 private:
  using Numbers = std::vector<std::size_t>;

  bool is_wanted(const ReadCode& file, const Words& words) const;
  Numbers not_scanned_for(const Words& words) const;
  void read(ReadCode& file, const std::shared_ptr<const Words>& words, bool scan);
  void read_all(const Numbers& numbers, const std::shared_ptr<const Words>& words, bool scan);
  void decode_all();
  std::vector<CodeFile> views() const;

  const Workspace& workspace_;
  std::span<const Scan> scans_;
  unsigned jobs_;
  const Observer& observer_;
  std::vector<ReadCode> files_;
  Numbers changed_;
};

}  // namespace reg
