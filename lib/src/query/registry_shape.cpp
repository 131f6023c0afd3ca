// The shape of all that is known of a registry.

#include <reg/shapes.h>

namespace reg {
namespace {

Json context_json(const RegistryInfo& registry) {
  Json context = Json::array();
  for (const Fact& fact : registry.context) {
    context.push_back({{"path", fact.path},
                       {"type", to_string(fact.type)},
                       {"values", fact.values},
                       {"doc", fact.doc}});
  }
  return context;
}

Json predicates_json(const PredicateSet& predicates) {
  Json all = Json::object();
  for (const auto& [name, is] : predicates.definitions()) {
    all[name] = {{"params", is.params},
                 {"expr", is.expr ? Json(is.expr->to_string()) : Json()},
                 {"fact", is.is_fact()},
                 {"all", is.all}};
  }
  return all;
}

Json sources_json(const std::vector<RegistrySource>& sources) {
  Json all = Json::array();
  for (const RegistrySource& source : sources) {
    const std::uint32_t line = source.place.line;
    all.push_back({{"path", source.place.path},
                   {"line", line == 0 ? Json() : Json(line)},
                   {"symbols", source.symbols}});
  }
  return all;
}

Json pins_json(const RegistryInfo& registry) {
  Json all = Json::array();
  for (const Pin& pin : registry.pins)
    all.push_back({{"oid", pin.oid}, {"target", pin.target}, {"reason", pin.reason}});
  return all;
}

}  // namespace

void append_registry_details(std::string& out, const RegistryDetails& registry) {
  const RegistryInfo& info = registry.info;
  Json types = Json::object();
  for (const Field& field : info.fields) types[field.name] = to_string(field.type);
  const Json more = {{"oids", registry.oids},
                     {"select", info.select ? Json(*info.select) : Json()},
                     {"types", types},
                     {"context", context_json(info)},
                     {"reads", info.reads},
                     {"predicates", predicates_json(registry.predicates)},
                     {"sources", sources_json(registry.sources)},
                     {"pins", pins_json(info)}};
  append_registry(out, info);
  out.back() = ',';
  out += to_text(more).substr(1);
}

}  // namespace reg
