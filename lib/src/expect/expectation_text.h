#pragma once
// The text of a file of expectations, and what is read of it.

#include <manifest/expect_reader.h>
#include <reg/auto_register.h>
#include <reg/workspace.h>
#include <workspace/file_lock.h>
#include <filesystem>
#include <string>

namespace reg {

struct ExpectationText {
  std::string path;  // for messages
  std::string text;
  ManifestFormat format;
  ExpectHolder holder;

  // Its expectations. Throws InputError with all that is wrong.
  std::vector<ExpectEntry> entries() const;
};

// Throws StorageError (Io).
ExpectationText read_expectation_text(const std::filesystem::path& file, std::string path);
// The same of a text that it would have.
ExpectationText expectation_text(const std::string& file_name, std::string path, std::string text);

// Of the workspace that the file lies in, whichever is asked; in none: of the one that is asked.
// Who writes the file holds it. Throws StorageError (LockTimeout, Io).
WorkspaceLock lock_for(const std::filesystem::path& file, const Workspace& workspace,
                       const Observer& observer);
// Replaces a file as a whole, whose folder is made if need be; of a link, what it stands for. The
// lock is held. Throws StorageError (Io).
void write_expectation_text(const WorkspaceLock& lock, const std::filesystem::path& file,
                            const std::string& text);

// Whether two entries say the same, wherever they stand.
bool same_expectation(const Expectation& a, const Expectation& b);

}  // namespace reg
