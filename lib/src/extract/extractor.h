#pragma once
// The table of extractors: which reads which kind of source.

#include <manifest/declarations.h>
#include <manifest/locate.h>
#include <span>
#include <string>
#include <string_view>

namespace reg {

// Reads the declarations of one kind of source, from its content. Pure: no file is touched, nothing
// is thrown on account of the content. `path` is relative to the workspace, with `/`.
struct Extractor {
  std::string_view name;                      // "json manifest"
  std::string_view suffix;                    // of the file names it reads: ".reg.json"
  bool (*reads)(std::string_view file_name);  // whether it is for files of that name
  Declarations (*extract)(std::string_view content, const std::string& path);
  // Where parts of declarations stand in the content (manifest/locate.h).
  std::vector<std::optional<Located>> (*locate)(std::string_view content,
                                                std::span<const DeclarationPart> parts);
};

std::span<const Extractor> extractors();
// As `Extractor::locate`, of TOML: registry.toml has no extractor.
std::vector<std::optional<Located>> locate_in_toml(std::string_view content,
                                                   std::span<const DeclarationPart> parts);
// Of object files: it reads those too that are not called as shared objects are (executables),
// where something else than their name tells what they are.
const Extractor& object_extractor();
// Of what others publish, whose place tells what it is.
const Extractor& remote_extractor();
// The extractor for a file of that name, or null.
const Extractor* extractor_for(std::string_view file_name);

}  // namespace reg
