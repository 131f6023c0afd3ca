#include <reg/lint.h>

namespace reg {
namespace {

Json number_or_null(std::uint32_t number) { return number == 0 ? Json() : Json(number); }

Json place_json(const Place& place) {
  return {{"path", place.path},
          {"line", number_or_null(place.line)},
          {"column", number_or_null(place.column)}};
}

Json related_json(const std::vector<RelatedPlace>& related) {
  Json list = Json::array();
  for (const RelatedPlace& each : related)
    list.push_back({{"message", each.message}, {"source", place_json(each.place)}});
  return list;
}

}  // namespace

std::string witness_text(const Context& witness) {
  return witness.empty() ? "where no fact is given" : to_text(witness);
}

Json lint_json(const LintFinding& finding) {
  Json json = {{"code", finding.code},
               {"level", to_string(finding.level)},
               {"message", finding.message},
               {"hint", finding.hint},
               {"registry", finding.registry},
               {"oid", finding.oid},
               {"target", finding.target},
               {"subject", finding.subject},
               {"source", place_json(finding.place)},
               {"rests_on", finding.rests_on},
               {"related", related_json(finding.related)},
               {"fingerprint", finding.fingerprint}};
  json["witness"] = finding.witness ? Json(*finding.witness) : Json();
  return json;
}

}  // namespace reg
