#include <lint/found.h>
#include <reg/text.h>

namespace reg::linting {

std::string name_of(const Symbol& symbol) {
  return in_quotes(symbol.target) + " of " + symbol.registry + '/' + symbol.oid;
}

Found about(const char* code, const Symbol& symbol, std::string message) {
  Found found;
  LintFinding& finding = found.finding;
  finding.code = code;
  finding.message = std::move(message);
  finding.place = symbol.source;
  finding.registry = symbol.registry;
  finding.oid = symbol.oid;
  finding.target = symbol.target;
  if (!symbol.declared.path.empty())
    finding.related.push_back({"it is declared here, in C++", symbol.declared});
  return found;
}

Found about(const char* code, const std::string& registry, const std::string& subject, Place place,
            std::string message) {
  Found found;
  LintFinding& finding = found.finding;
  finding.code = code;
  finding.message = std::move(message);
  finding.place = std::move(place);
  finding.registry = registry;
  finding.subject = subject;
  return found;
}

}  // namespace reg::linting
