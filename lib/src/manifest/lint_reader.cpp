#include <manifest/lint_reader.h>
#include <manifest/table.h>
#include <algorithm>

namespace reg {
namespace {

struct LintSlots {
  const Node *allow{}, *warn{}, *deny{};
};
constexpr KeyRule<LintSlots> lint_slots[] = {
    {"allow", &LintSlots::allow, Kinds::Array},
    {"warn", &LintSlots::warn, Kinds::Array},
    {"deny", &LintSlots::deny, Kinds::Array},
};

}  // namespace

std::vector<std::string> read_codes(Problems& problems, const Element& array, LintCodesOf whose) {
  std::vector<std::string> codes;
  each_item(problems, array, Kinds::String, [&](const Element& item) {
    std::string code(*item.node.as<std::string_view>());
    if (auto unknown = lint_code_problem(code, whose)) {
      problems.add(item, {std::move(unknown->message), std::move(unknown->hint)});
    } else {
      codes.push_back(std::move(code));
    }
  });
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

LintSettings read_lint(Problems& problems, const Element& table) {
  LintSettings settings;
  const auto slots = read_table<LintSlots>(problems, table, lint_slots);
  const auto read = [&](const char* key, const Node* slot, std::vector<std::string>& into) {
    if (slot != nullptr)
      into = read_codes(problems, table.member(key, *slot), LintCodesOf::Settings);
  };
  read("allow", slots.allow, settings.allow);
  read("warn", slots.warn, settings.warn);
  read("deny", slots.deny, settings.deny);
  if (const auto twice = set_twice(settings))
    problems.add(table, {shown(*twice) + " stands in two of the lists", "leave it in one"});
  return settings;
}

}  // namespace reg
