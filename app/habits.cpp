#include "habits.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace reg::app {

namespace {

constexpr std::string_view search = "`reg list --all --filter '*part*'` searches";
constexpr std::string_view format = "-o json, or -o 'format={oid}\\t{info.x}\\n'";
constexpr std::string_view update = "`reg auto-register` brings the cache up to date";

constexpr std::pair<std::string_view, std::string_view> habits[] = {
    // commands
    {"search", search},
    {"query", search},
    {"grep", search},
    {"ls", "`reg list`"},
    {"describe", "`reg show` tells all about a registry, or an oid in it"},
    {"info", "`reg show` tells all about a registry, or an oid in it"},
    {"inspect", "`reg show` tells all about a registry, or an oid in it"},
    {"explain", "`reg select OID --explain`"},
    {"best", "`reg select OID`"},
    {"which", "`reg select OID`, or `reg get REGISTRY/OID`"},
    {"host", "`reg facts --host` shows this machine's facts; --ctx @host uses them"},
    {"reads", "`reg facts REGISTRY` shows the facts that predicates read"},
    {"update", update},
    {"refresh", update},
    {"reload", update},
    {"rebuild", update},
    {"sync", update},
    {"index", update},
    {"add", "`reg register REGISTRY TARGET`"},
    {"remove", "`reg unregister REGISTRY OID TARGET`"},
    {"rm", "`reg unregister REGISTRY OID TARGET`"},
    {"delete", "`reg unregister REGISTRY OID TARGET`"},
    {"verify", "`reg cache verify`"},
    {"clean", "`reg cache clear`"},
    {"version", "`reg --version`"},
    // options
    {"--json", format},
    {"--jq", "-o json, and then jq"},
    {"--template", format},
    {"--format", format},
    {"-f", format},
    {"--columns", "--fields"},
    {"--selector", "--where 'device == \"cuda\"'"},
    {"-l", "--where 'device == \"cuda\"'"},
    {"--context", "--ctx key=value"},
    {"-n", "--limit"},
    {"--head", "--limit"},
    {"--name-only", "-o name"},
    {"--names", "-o name"},
};

}  // namespace

std::string hint_for_habit(std::string_view word) {
  const auto* found = std::find_if(std::begin(habits), std::end(habits),
                                   [word](const auto& habit) { return habit.first == word; });
  return found == std::end(habits) ? std::string() : std::string(found->second);
}

}  // namespace reg::app
