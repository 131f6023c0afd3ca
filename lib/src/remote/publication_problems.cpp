#include <manifest/manifest.h>
#include <reg/remote.h>
#include <reg/text.h>

namespace reg {

std::vector<Diagnostic> publication_problems(std::string_view text, const std::string& origin) {
  if (std::string problem = origin_name_problem(origin); !problem.empty())
    return {{Severity::Error,
             {},
             in_quotes(origin) + " is no origin: " + problem,
             "",
             "",
             ErrorKind::Input}};
  const std::string path = std::string(remote_folder) + '/' + origin + ".reg.json";
  Declarations read = read_manifest(text, path, ManifestFormat::JsonText);
  std::erase_if(read.diagnostics,
                [](const Diagnostic& found) { return found.severity != Severity::Error; });
  return std::move(read.diagnostics);
}

}  // namespace reg
