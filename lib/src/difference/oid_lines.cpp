#include <difference/oid_lines.h>
#include <manifest/symbol_identity.h>
#include <algorithm>
#include <map>
#include <unordered_map>

namespace reg {
namespace {

LineText text_of(const CacheFile& file, std::string_view line) {
  auto text = split_line(line);
  if (!text) file.broken("a symbol is not laid out as it must be");
  return *text;
}

SymbolKey key_of(const CacheFile& file, const LineText& text) {
  return {file.plain(text.key.registry), file.plain(text.key.oid), file.plain(text.key.target)};
}

Place place_of(const CacheFile& file, const LineText& text) {
  return {file.plain(text.source.path), text.source.at.line, text.source.at.column};
}

// Two lines of one symbol, member by member.
class LineComparison {
 public:
  LineComparison(const CacheFile& before_file, std::string_view before, const CacheFile& after_file,
                 std::string_view after)
      : before_file_(before_file),
        after_file_(after_file),
        before_(text_of(before_file, before)),
        after_(text_of(after_file, after)) {
    text("select", before_.select, after_.select);
    info();
    selects_ = !members_.empty();
    text("doc", before_.doc, after_.doc);
    text("when", before_.when, after_.when);
    text("replaces", before_.replaces, after_.replaces);
    text("merged", before_.merged, after_.merged);
    flag("force", before_.force, after_.force);
    flag("clear", before_.clear, after_.clear);
  }

  // Whether what decides the symbol's score differs.
  bool selects() const { return selects_; }

  void add_to(CacheDifference& found) {
    const Place before = place_of(before_file_, before_), after = place_of(after_file_, after_);
    if (!members_.empty()) {
      found.symbols.push_back(
          {ChangeKind::Altered, key_of(after_file_, after_), after, std::move(members_)});
    } else if (before != after) {
      found.moved.push_back({key_of(after_file_, after_), before, after});
    }
  }

 private:
  // Absent and empty are the same thing in a line.
  void text(const char* member, std::string_view before, std::string_view after) {
    if (before == after) return;
    const auto value = [](const CacheFile& file, std::string_view escaped) {
      return escaped.empty() ? std::nullopt : std::optional<Json>(file.plain(escaped));
    };
    members_.push_back({member, value(before_file_, before), value(after_file_, after)});
  }

  void flag(const char* member, bool before, bool after) {
    if (before != after) members_.push_back({member, Json(before), Json(after)});
  }

  using Values = std::map<std::string_view, std::pair<std::string_view, std::string_view>>;

  void info() {
    if (before_.info == after_.info) return;
    Values values;
    const auto take = [&](const CacheFile& file, std::string_view text, auto side) {
      if (text.empty()) return;
      const bool is_object = each_info_member(text, [&](const InfoMember& member) {
        values[member.key].*side = member.value;
        return true;
      });
      if (!is_object) file.broken("the info of a symbol is no object");
    };
    take(before_file_, before_.info, &Values::mapped_type::first);
    take(after_file_, after_.info, &Values::mapped_type::second);
    for (const auto& [key, both] : values) {
      if (both.first == both.second) continue;
      members_.push_back({"info." + after_file_.plain(key), parsed(before_file_, both.first),
                          parsed(after_file_, both.second)});
    }
  }

  static std::optional<Json> parsed(const CacheFile& file, std::string_view text) {
    return text.empty() ? std::nullopt : std::optional<Json>(file.parsed(text));
  }

  const CacheFile& before_file_;
  const CacheFile& after_file_;
  LineText before_, after_;
  std::vector<MemberChange> members_;
  bool selects_ = false;
};

using LineByIdentity = std::unordered_map<SymbolIdentity, std::string_view, SymbolIdentityHash>;

SymbolIdentity identity_of(const CacheFile& file, std::string_view line) {
  SymbolIdentity identity = SymbolIdentity::of(line);
  identity.target = file.key_of(line).target;
  return identity;
}

LineByIdentity by_identity(const CacheFile& file, const OidLines& oid) {
  LineByIdentity found;
  for (const std::string& line : oid.lines) found.emplace(identity_of(file, line), line);
  return found;
}

// The symbols of an oid that another has too, in order.
std::vector<SymbolIdentity> shared(const CacheFile& file, const OidLines& oid,
                                   const LineByIdentity& other) {
  std::vector<SymbolIdentity> symbols;
  for (const std::string& line : oid.lines) {
    const SymbolIdentity one = identity_of(file, line);
    if (other.contains(one)) symbols.push_back(one);
  }
  return symbols;
}

void add(const CacheFile& file, std::string_view line, ChangeKind kind, CacheDifference& found) {
  const LineText text = text_of(file, line);
  found.symbols.push_back({kind, key_of(file, text), place_of(file, text)});
}

}  // namespace

void add_all(const CacheFile& file, const OidLines& lines, ChangeKind kind,
             CacheDifference& found) {
  for (const std::string& line : lines.lines) add(file, line, kind, found);
}

LinesChange add_differences(const CacheFile& before_file, const OidLines& before,
                            const CacheFile& after_file, const OidLines& after,
                            CacheDifference& found) {
  LinesChange change;
  if (before.lines == after.lines) return change;
  const LineByIdentity old = by_identity(before_file, before), now = by_identity(after_file, after);
  for (const std::string& line : before.lines) {
    if (now.contains(identity_of(before_file, line))) continue;
    add(before_file, line, ChangeKind::Removed, found);
    change.is_concerned = true;
  }
  for (const std::string& line : after.lines) {
    const auto known = old.find(identity_of(after_file, line));
    if (known == old.end()) {
      add(after_file, line, ChangeKind::Added, found);
      change.is_concerned = true;
    } else if (known->second != line) {
      LineComparison lines(before_file, known->second, after_file, line);
      change.is_concerned |= lines.selects();
      lines.add_to(found);
    }
  }
  change.reordered = shared(before_file, before, now) != shared(after_file, after, old);
  change.is_concerned |= change.reordered;
  return change;
}

}  // namespace reg
