#pragma once
// Where findings stand in the texts of their sources.

#include <registration/finding.h>
#include <update/gather.h>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// As `Extractor::locate`.
using LocateParts = std::vector<std::optional<Located>> (*)(std::string_view,
                                                            std::span<const DeclarationPart>);
// What finds the parts of declarations in a source of that path and kind; null: nothing does.
LocateParts locate_of(std::string_view path, std::string_view kind);

// What a source's declarations were read from; nothing if that is not there any more. `path` is
// relative to the workspace's folder, `hash` that of the content.
std::optional<std::string> text_as_read(const std::filesystem::path& root, const std::string& path,
                                        std::uint64_t hash);

// The findings, each at the part that it is about, with the line of the source. Sources are read
// again for that; where one is another by now, a finding stays at its declaration. A content that
// no file has yet is shown to nobody.
std::vector<Diagnostic> placed(std::vector<Finding> findings, const Inputs& inputs,
                               const Gathered& gathered, const Request& request);

}  // namespace reg
