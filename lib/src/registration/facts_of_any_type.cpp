#include <predicate/path_text.h>
#include <reg/predicate.h>
#include <registration/facts_of_any_type.h>
#include <algorithm>
#include <span>

namespace reg {
namespace {

// The paths that it lies in, outermost first.
std::vector<std::string> paths_around(const std::string& path) {
  if (path.find('.') == std::string::npos) return {};
  const std::vector<std::string> names = parse_path(path);
  std::vector<std::string> all;
  for (std::size_t count = 1; count < names.size(); ++count)
    all.push_back(print_path(std::span(names).first(count)));
  return all;
}

}  // namespace

FactsOfAnyType::FactsOfAnyType(std::vector<Fact>& context) : context_(context) {
  for (std::size_t i = 0; i < context.size(); ++i) {
    numbers_.emplace(context[i].path, i);
    for (std::string& outer : paths_around(context[i].path)) around_.insert(std::move(outer));
  }
}

const Fact* FactsOfAnyType::find(const std::string& path) const {
  const auto known = numbers_.find(path);
  return known == numbers_.end() ? nullptr : &context_[known->second];
}

bool FactsOfAnyType::covers(const std::string& path) const {
  const std::vector<std::string> outer = paths_around(path);
  return numbers_.contains(path) || std::any_of(outer.begin(), outer.end(), [&](const auto& one) {
           return numbers_.contains(one);
         });
}

void FactsOfAnyType::add(const std::string& path, const std::string& doc) {
  for (std::string& outer : paths_around(path)) {
    if (around_.contains(outer) || !numbers_.emplace(outer, context_.size()).second) continue;
    context_.push_back({std::move(outer), FieldType::Any, {}, {}});
  }
  if (numbers_.emplace(path, context_.size()).second)
    context_.push_back({path, FieldType::Any, {}, doc});
}

}  // namespace reg
