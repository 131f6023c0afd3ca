#include <reg/loader.h>
#include <reg/selection.h>
#include <reg/text.h>

namespace reg {
namespace {

std::string message_of(PluginFailure failure, const Symbol& symbol,
                       const std::filesystem::path& library, const std::string& reason) {
  std::string message = symbol.registry + '/' + symbol.oid + ": " + symbol.target;
  message += failure == PluginFailure::NoInstance ? " makes no instance" : " cannot be loaded";
  if (!library.empty()) message += " from " + library.string();
  message += ": " + reason;
  std::string place = symbol.source.to_string();
  if (!symbol.declared.path.empty()) place = symbol.declared.to_string() + " in " + place;
  if (const std::string origin = origin_of(symbol); !origin.empty())
    return message + "; it is from " + origin + ": " + symbol.declared.to_string();
  return place.empty() ? message : message + "; it is declared at " + place;
}

}  // namespace

const char* to_string(PluginFailure failure) {
  switch (failure) {
    case PluginFailure::NoLibrary:
      return "no-library";
    case PluginFailure::NotLoaded:
      return "not-loaded";
    case PluginFailure::NoFactory:
      return "no-factory";
    case PluginFailure::OtherInterface:
      return "other-interface";
    case PluginFailure::OtherVersion:
      return "other-version";
    case PluginFailure::NoInstance:
      return "no-instance";
  }
  return "unknown";
}

PluginError::PluginError(PluginFailure failure, Symbol symbol, std::filesystem::path library,
                         std::string reason, std::string hint)
    : RegistryError(ErrorKind::Plugin, message_of(failure, symbol, library, reason),
                    std::move(hint), symbol.source),
      failure_(failure),
      symbol_(std::make_shared<const Symbol>(std::move(symbol))),
      library_(std::make_shared<const std::filesystem::path>(std::move(library))),
      reason_(std::make_shared<const std::string>(std::move(reason))) {}

}  // namespace reg
