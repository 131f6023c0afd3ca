#include <lint/usage.h>
#include <text/json_text.h>

namespace reg::linting {
namespace {

template <typename Names>
void count(const Names& names, bool is_own, std::string_view own_line, Usage::Reads& reads) {
  for (const std::string& name : names) {
    Read& read = reads[name];
    if (!is_own) continue;
    ++read.symbols;
    if (read.first_line.empty()) read.first_line = own_line;
  }
}

}  // namespace

void Usage::add(const LineText& text, std::string_view line) {
  ++symbols_;
  add_info(text.info);
  add_reading(text, line);
}

std::size_t Usage::given(const std::string& field) const {
  const auto found = given_.find(escaped_text(field));
  return found == given_.end() ? 0 : found->second;
}

void Usage::add_info(std::string_view info) {
  if (info.empty()) return;
  const bool whole = each_info_member(info, [&](const InfoMember& member) {
    if (member.value == "null") return true;
    const auto known = given_.find(member.key);
    if (known == given_.end()) {
      given_.emplace(member.key, 1);
    } else {
      ++known->second;
    }
    return true;
  });
  if (!whole) file_.broken("a symbol's info is not laid out as it must be");
}

// What the registry's `select` reads is told at its own place.
void Usage::add_reading(const LineText& text, std::string_view line) {
  if (text.select.empty()) ++by_default_;
  if (text.select.empty() && !registry_.select) return;
  try {
    const Reading& reading =
        text.select.empty() ? readings_.of(*registry_.select) : readings_.of_escaped(text.select);
    const std::string_view own_line = text.select.empty() ? std::string_view() : line;
    const bool is_own = origin_of_source(text.source.path).empty();
    count(reading.facts, is_own, own_line, facts_);
    count(reading.fields, is_own, own_line, fields_);
  } catch (const PredicateError& error) {
    file_.broken(std::string("has a predicate that is none: ") + error.what());
  }
}

}  // namespace reg::linting
