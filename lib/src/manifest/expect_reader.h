#pragma once
// Reads `[[expect]]`.

#include <manifest/element.h>
#include <manifest/manifest.h>
#include <manifest/problems.h>
#include <reg/expectation.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// An expectation, and where the part of it stands that tells what is expected.
struct ExpectEntry {
  Expectation expectation;
  Position key_at;       // of `target`, `none` or `tie`
  Position value_at;     // of what stands behind it
  std::string_view key;  // which of the three
};

// The entries of the array `expect` of a root; those that are wrong are reported and left out.
std::vector<ExpectEntry> read_expect(Problems& problems, const std::string& path,
                                     const Element& array);

// The array `expect` of a manifest's root, or null; what else stands there is checked by its name
// only.
const Node* expect_of_root(Problems& problems, const Element& root);

// What holds expectations: a source, which declares other things too, or a file of nothing else.
enum class ExpectHolder : bool { Manifest, TestFile };

struct ExpectDocument {
  std::vector<ExpectEntry> entries;  // in the order of the text
  std::vector<Diagnostic> diagnostics;
};

// All expectations of a text. What else a manifest declares is not looked at, except for the names
// of its tables.
ExpectDocument read_expect_document(std::string_view text, const std::string& path,
                                    ManifestFormat format, ExpectHolder holder);

}  // namespace reg
