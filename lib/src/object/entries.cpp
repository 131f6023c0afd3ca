#include <object/entries.h>
#include <reg/json.h>
#include <algorithm>
#include <charconv>

namespace reg {
namespace {

constexpr std::string_view start = "\x1eREG", version = "1 ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number and the blank behind it; empty: it is none.
std::string_view version_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto size = static_cast<std::size_t>(end - text.begin());
  return size != 0 && size < text.size() && text[size] == ' ' ? text.substr(0, size + 1)
                                                              : std::string_view();
}

// `size` is left 0 where it cannot be told.
ObjectEntry entry_at(std::string_view rest, std::size_t& size) {
  const std::string_view given =
      rest.starts_with(start) ? version_at(rest.substr(start.size())) : std::string_view();
  if (given.empty())
    return {{},
            0,
            "something else than declarations stands in the section reg_manifest",
            "only REG_SYMBOL writes into it"};
  const std::size_t end = rest.find('\n'), json = start.size() + given.size();
  if (end == std::string_view::npos)
    return {rest, 0, "the section reg_manifest ends within a declaration",
            "build the library again"};
  size = end + 1;
  ObjectEntry entry{rest.substr(json, end - json)};
  if (given == version) return entry;
  entry.problem = "the declaration is of version " +
                  std::string(given.substr(0, given.size() - 1)) +
                  ", and this program knows version 1";
  entry.hint = "the library was built with a newer reg/plugin.hpp: use a newer reg";
  return entry;
}

// Reads digits at the start of the text, and takes them off.
bool take_number(std::string_view& text, unsigned& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return true;
}

void put_in_order(std::vector<ObjectEntry>& entries) {
  std::vector<std::pair<std::optional<DeclaredAt>, ObjectEntry>> placed;
  placed.reserve(entries.size());
  for (ObjectEntry& entry : entries) {
    auto at = declared_at(entry.json);
    placed.emplace_back(std::move(at), std::move(entry));
  }
  std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
    return a.first && (!b.first || *a.first < *b.first);
  });
  entries.clear();
  for (auto& [at, entry] : placed) entries.push_back(std::move(entry));
}

}  // namespace

std::vector<ObjectEntry> entries_of(std::string_view section) {
  std::vector<ObjectEntry> entries;
  for (std::size_t at = section.find_first_not_of('\0'); at != std::string_view::npos;
       at = section.find_first_not_of('\0', at)) {
    std::size_t size = 0;
    entries.push_back(entry_at(section.substr(at), size));
    entries.back().number = entries.size();
    if (size == 0) break;
    at += size;
  }
  put_in_order(entries);
  return entries;
}

// No string of the entry has such a text in it, since quotes are escaped there; and what follows
// the member has none.
std::optional<DeclaredAt> declared_at(std::string_view json) {
  constexpr std::string_view member = "\"declared\":{\"path\":\"",
                             line = "\",\"line\":", nth = ",\"nth\":";
  const std::size_t found = json.rfind(member);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view path = json.substr(found + member.size());
  const std::size_t end = path.find(line);
  if (end == std::string_view::npos) return std::nullopt;
  const Json text = Json::parse('"' + std::string(path.substr(0, end)) + '"', nullptr, false);
  if (!text.is_string()) return std::nullopt;
  DeclaredAt at{text.get<std::string>()};
  std::string_view rest = path.substr(end + line.size());
  if (!take_number(rest, at.line)) return std::nullopt;
  if (rest.starts_with(nth)) {
    rest.remove_prefix(nth.size());
    if (!take_number(rest, at.nth)) return std::nullopt;
  }
  return at;
}

std::string place_in_words(const ObjectEntry& entry) {
  if (const auto at = declared_at(entry.json))
    return "declared at " + at->path + ':' + std::to_string(at->line);
  return "entry " + std::to_string(entry.number) + " of the section reg_manifest";
}

}  // namespace reg
