#include <predicate/path_text.h>
#include <predicate/print.h>
#include <text/kept_number.h>

namespace reg::ast {
namespace {

void print_literal(std::string& out, const Json& value);

void print_list(std::string& out, const Json& list) {
  out += '[';
  for (const Json& element : list) {
    if (&element != &list.front()) out += ", ";
    print_literal(out, element);
  }
  out += ']';
}

void print_literal(std::string& out, const Json& value) {
  if (is_version(value)) {
    out += 'v';
    out += binary_text(value);
  } else if (value.is_array()) {
    print_list(out, value);
  } else {
    out += to_text(value);
  }
}

void print_path(std::string& out, const Path& path) {
  Segment segment = Segment::First;
  if (path.scope == Scope::Self) {
    out += "self";
    segment = Segment::Later;
  }
  for (const std::string& key : path.keys) {
    if (segment == Segment::Later) out += '.';
    append_segment(out, key, segment);
    segment = Segment::Later;
  }
}

template <typename... InParentheses>
void print_part(std::string& out, const Predicate& part) {
  bool parentheses = (std::holds_alternative<InParentheses>(top_of(part)) || ...);
  if (parentheses) out += '(';
  print(out, part);
  if (parentheses) out += ')';
}

template <typename... InParentheses>
void print_joined(std::string& out, std::span<const Predicate> parts, std::string_view separator) {
  for (const Predicate& part : parts) {
    if (&part != &parts.front()) out += separator;
    print_part<InParentheses...>(out, part);
  }
}

struct Printer {
  std::string& out;

  void operator()(const Conjunction& all) const {
    print_joined<Disjunction>(out, all.parts, " & ");
  }
  void operator()(const Disjunction& any) const { print_joined<>(out, any.parts, " | "); }
  void operator()(const Negation& negation) const {
    out += '~';
    print_part<Conjunction, Disjunction>(out, negation.part);
  }
  void operator()(const Bare& bare) const { print(out, bare.operand); }
  void operator()(const Comparison& comparison) const {
    print(out, comparison.left);
    out.append(" ").append(to_string(comparison.op)).append(" ");
    print(out, comparison.right);
  }
  void operator()(const Presence& presence) const {
    out += "has(";
    print_path(out, presence.path);
    out += ')';
  }
  void operator()(const Rank& rank) const {
    out += "yes(";
    const auto* score = std::get_if<Literal>(&rank.score);
    if (score == nullptr || score->value != 0.5) print(out, rank.score);
    out += ')';
  }
  void operator()(const Call& call) const {
    out.append(call.name).append("(");
    for (const Operand& argument : call.arguments) {
      if (&argument != &call.arguments.front()) out += ", ";
      print(out, argument);
    }
    out += ')';
  }
  void operator()(const Callable& callable) const { out.append(callable.name).append("()"); }
};

}  // namespace

void print(std::string& out, const Predicate& predicate) {
  std::visit(Printer{out}, top_of(predicate));
}

void print(std::string& out, const Operand& operand) {
  if (const auto* path = std::get_if<Path>(&operand)) return print_path(out, *path);
  print_literal(out, std::get<Literal>(operand).value);
}

std::string printed(const Json& literal) {
  std::string text;
  print_literal(text, literal);
  return text;
}

std::string printed(const Path& path) {
  std::string text;
  print_path(text, path);
  return text;
}

std::string printed(const Operand& operand) {
  std::string text;
  print(text, operand);
  return text;
}

}  // namespace reg::ast
