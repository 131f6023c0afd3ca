#include <predicate/lexer.h>
#include <predicate/path_text.h>
#include <reg/predicate.h>
#include <algorithm>

namespace reg::ast {
namespace {

bool needs_back_ticks(std::string_view key, Segment segment) {
  if (!is_identifier(key)) return true;
  return segment == Segment::First && (is_keyword(key) || key == "self" || is_version_literal(key));
}

bool take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

bool take_quoted(std::string_view& path, std::string_view key) {
  for (char c : key) {
    if (c == '`' ? !take(path, "``") : !take(path, {&c, 1})) return false;
  }
  return take(path, "`");
}

}  // namespace

void append_segment(std::string& out, std::string_view key, Segment segment) {
  if (!needs_back_ticks(key, segment)) {
    out += key;
    return;
  }
  out += '`';
  for (char c : key) out.append(c == '`' ? 2 : 1, c);
  out += '`';
}

bool take_segment(std::string_view& path, std::string_view key) {
  bool taken = take(path, "`") ? take_quoted(path, key)
                               : path.substr(0, path.find('.')) == key && take(path, key);
  return taken && (path.empty() || take(path, "."));
}

bool lies_in(std::string_view path, std::string_view outer) {
  return path.starts_with(outer) && (path.size() == outer.size() || path[outer.size()] == '.');
}

}  // namespace reg::ast

namespace reg {

std::string print_path(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) {
    ast::Segment segment = text.empty() ? ast::Segment::First : ast::Segment::Later;
    if (segment == ast::Segment::Later) text += '.';
    ast::append_segment(text, name, segment);
  }
  return text;
}

}  // namespace reg
