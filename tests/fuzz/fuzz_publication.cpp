// What arrives from others: whatever the bytes, problems or symbols that can be told again.

#include <manifest/line.h>
#include <manifest/manifest.h>
#include <reg/remote.h>
#include <text/json_text.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read_line(const reg::SymbolRecord& symbol) {
  const auto text = reg::split_line(symbol.line);
  require(text.has_value());
  require(text->source.path == ".reg/remote/host.reg.json");
  require(!text->force && !text->clear && text->replaces.empty() && text->when.empty());
  const reg::Json info = reg::parse_json(text->info.empty() ? "{}" : text->info, "info");
  require(info.is_object());
  if (!text->select.empty())
    require(reg::Predicate::parse(reg::unescape(text->select)).calls().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!reg::publication_problems(text, "host").empty()) return 0;
  const reg::Declarations read =
      reg::read_manifest(text, ".reg/remote/host.reg.json", reg::ManifestFormat::JsonText);
  require(!read.failed());
  require(read.predicates.empty() && read.merges.empty() && read.unregistrations.empty());
  for (const reg::SymbolRecord& symbol : read.symbols) read_line(symbol);
  return 0;
}
