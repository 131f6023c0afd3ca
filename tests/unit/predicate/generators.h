#pragma once
// Random predicates, as trees of their own, with the text in which people might have written them;
// and facts for which they have a good chance to hold.

#include <rapidcheck.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <cstdint>
#include <ostream>
#include <random>
#include <regex>
#include <string>
#include <vector>

namespace reg::test {

// Parts are JSON, and know nothing of the library's tree:
//
//     {"and": [part, …]}  {"or": [part, …]}  {"not": part}  {"bare": operand}
//     {"op": "<", "left": operand, "right": operand}
//     {"has": operand}  {"yes": operand or null}  {"call": name, "arguments": [operand, …]}
//
// and operands are {"path": [key, …]}, {"self": [key, …]}, {"literal": value}, {"version": "12.4"},
// {"list": [operand, …]}. Numbers may keep their text, in literals and in facts.
struct Ast {
  Json tree;
};

// A definition of a named predicate; without `expr`: the test of a fact.
struct AstDefinition {
  std::vector<std::string> params;
  Json expr;
  bool all = false;
};

// Writes trees as text, with blanks, quotes and parentheses as the seed has it.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string write(const Json& part) {
    if (part.contains("and")) return joined(part["and"], "&", {"or"});
    if (part.contains("or")) return joined(part["or"], "|", {});
    if (part.contains("not")) return "~" + blank() + inside(part["not"], {"and", "or"});
    if (part.contains("bare")) return operand(part["bare"]);
    if (part.contains("has")) return "has(" + operand(part["has"]) + ")";
    if (part.contains("yes"))
      return "yes(" + (part["yes"].is_null() ? "" : operand(part["yes"])) + ")";
    if (part.contains("call")) {
      return part["call"].get<std::string>() + blank() + "(" + list(part["arguments"]) + ")";
    }
    return operand(part["left"]) + " " + part["op"].get<std::string>() + " " +
           operand(part["right"]);
  }

  std::string operand(const Json& one) {
    if (one.contains("path")) return dotted(one["path"], false);
    if (one.contains("self")) return "self." + dotted(one["self"], true);
    if (one.contains("version")) return "v" + one["version"].get<std::string>();
    if (one.contains("list")) return "[" + list(one["list"]) + "]";
    if (one["literal"].is_string()) return quoted(one["literal"].get<std::string>());
    return to_text(one["literal"]);
  }

  // A path's text, with back-ticks where they are needed, or on a whim.
  std::string dotted(const Json& keys, bool of_self) {
    std::string text;
    for (const Json& key : keys) {
      if (!text.empty()) text += '.';
      text += name(key.get<std::string>(), !text.empty() || of_self);
    }
    return text;
  }

 private:
  bool toss() { return random_() % 2 == 0; }
  std::string blank() { return toss() ? "" : toss() ? " " : "\n\t"; }

  std::string name(const std::string& key, bool later) {
    static const std::regex plain("[A-Za-z_][A-Za-z0-9_]*");
    static const std::regex taken(
        "true|false|null|in|glob|and|or|not|self|v[0-9]+((a|b|rc)[0-9]+)?");
    bool needed = !std::regex_match(key, plain) || (!later && std::regex_match(key, taken));
    if (!needed && random_() % 6 != 0) return key;
    std::string text = "`";
    for (char c : key) text.append(c == '`' ? 2 : 1, c);
    return text + "`";
  }

  std::string quoted(const std::string& text) {
    std::string escaped = Json(text).dump(-1, ' ', toss());
    if (toss() || text.find_first_of("'\"") != std::string::npos) return escaped;
    return "'" + escaped.substr(1, escaped.size() - 2) + "'";
  }

  std::string list(const Json& operands) {
    std::string text;
    for (const Json& one : operands) text += (text.empty() ? "" : "," + blank()) + operand(one);
    return text;
  }

  // The part, in parentheses if it is of one of these kinds, or on a whim.
  std::string inside(const Json& part, const std::vector<std::string>& kinds) {
    bool needed = false;
    for (const std::string& kind : kinds) needed = needed || part.contains(kind);
    return needed || random_() % 5 == 0 ? "(" + blank() + write(part) + blank() + ")" : write(part);
  }

  std::string joined(const Json& parts, const std::string& sign,
                     const std::vector<std::string>& kinds) {
    std::string text;
    for (const Json& part : parts) {
      if (!text.empty()) text += blank() + sign + blank();
      text += inside(part, kinds);
    }
    return text;
  }

  std::minstd_rand random_;
};

inline std::ostream& operator<<(std::ostream& out, const Ast& ast) {
  return out << Writer(1).write(ast.tree);
}

namespace detail {

inline std::string one_of(const std::vector<std::string>& texts) {
  return *rc::gen::elementOf(texts);
}

// A number that keeps its text.
inline Json kept(const std::string& text) { return parse_context(text, "a number"); }

// Few names, few values: then facts are found and equal often enough.
inline Json scalar() {
  static const std::vector<Json> scalars = {nullptr,
                                            true,
                                            false,
                                            0,
                                            1,
                                            2,
                                            -3,
                                            1.0,
                                            2.5,
                                            0.5,
                                            1e15,
                                            "",
                                            "a",
                                            "b",
                                            "ab",
                                            "cuda",
                                            "2",
                                            "v2.10",
                                            "2.9",
                                            "2.10",
                                            "2..1",
                                            "é\n'\"",
                                            "😀",
                                            "\u0085",
                                            12,
                                            9007199254740993,
                                            9007199254740992.0,
                                            kept("2.10"),
                                            kept("0.50"),
                                            kept("12.0000000000000000001"),
                                            "2.0rc1",
                                            "2.10-rc.1+x",
                                            "v2-a",
                                            "2+cu118"};
  return *rc::gen::elementOf(scalars);
}

inline Json keys() {
  Json path =
      Json::array({one_of({"a", "b", "c", "d", "_v1x", "a", "b", "max-batch", "v2", "true"})});
  if (*rc::gen::inRange(0, 4) == 0) path.push_back(one_of({"x", "y", "in", "x.`y"}));
  return path;
}

inline Json literal(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 8 : 6)) {
    case 0:
      return {{"version", one_of({"2", "2.9", "2.10", "2.10.0", "0.5", "12.4.1", "2.0rc1", "2-rc.1",
                                  "2.10+x", "2.10-a.b-1", "12.0000000000000000001"})}};
    case 6:
    case 7: {
      Json list = {{"list", Json::array()}};
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list["list"].push_back(literal(depth - 1));
      return list;
    }
    default:
      return {{"literal", scalar()}};
  }
}

inline Json operand() {
  int kind = *rc::gen::inRange(0, 8);
  if (kind < 4) return {{"path", keys()}};
  return kind == 4 ? Json{{"self", keys()}} : literal(2);
}

inline Json fact() {
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      return Json::array({scalar(), scalar()});
    case 1:
      return {{"x", scalar()}, {"y", scalar()}, {"a", 1}, {"cuda", scalar()}, {"x.`y", scalar()}};
    default:
      return scalar();
  }
}

struct Callee {
  std::string name;
  int arguments;  // -1: any number
};

inline Json leaf(const std::vector<Callee>& callees) {
  int kind = *rc::gen::inRange(0, callees.empty() ? 8 : 10);
  if (kind < 2) return {{"bare", operand()}};
  if (kind == 2)
    return {
        {"has", *rc::gen::inRange(0, 3) == 0 ? Json{{"self", keys()}} : Json{{"path", keys()}}}};
  if (kind == 3) {
    static const std::vector<Json> scores = {nullptr,           {{"literal", 0}},
                                             {{"literal", 2}},  {{"literal", -1.5}},
                                             {{"path", {"a"}}}, {{"self", {"b", "x"}}}};
    return {{"yes", *rc::gen::elementOf(scores)}};
  }
  if (kind < 8) {
    std::string op = one_of({"==", "!=", "<", "<=", ">", ">=", "in", "glob"});
    Json right =
        op == "glob" ? Json{{"literal", one_of({"*", "a*", "?", "[a-c]*", "c?da"})}} : operand();
    return {{"op", op}, {"left", operand()}, {"right", right}};
  }
  Callee callee = *rc::gen::elementOf(callees);
  Json arguments = Json::array();
  int count = callee.arguments < 0 ? *rc::gen::inRange(0, 3) : callee.arguments;
  for (int i = 0; i < count; ++i) arguments.push_back(operand());
  return {{"call", callee.name}, {"arguments", arguments}};
}

inline Json part(int depth, const std::vector<Callee>& callees) {
  int kind = depth == 0 ? 3 : *rc::gen::inRange(0, 6);
  if (kind == 0) return {{"not", part(depth - 1, callees)}};
  if (kind > 2) return leaf(callees);
  Json parts = Json::array();
  for (int i = *rc::gen::inRange(2, 4); i > 0; --i) parts.push_back(part(depth - 1, callees));
  return {{kind == 1 ? "and" : "or", parts}};
}

}  // namespace detail

// Calls of these named predicates, besides all else: `gpu` (a fact), `near` (one of which all
// arguments must score), `one(p)` and `two(p, q)`.
inline const std::vector<detail::Callee>& callees() {
  static const std::vector<detail::Callee> all = {
      {"gpu", -1}, {"near", -1}, {"one", 1}, {"two", 2}};
  return all;
}

// A predicate without calls of named ones.
inline rc::Gen<Ast> arbitrary_predicate(int depth = 4) {
  return rc::gen::exec([depth] { return Ast{detail::part(depth, {})}; });
}

// A predicate that may call the named ones of `callees`.
inline rc::Gen<Ast> arbitrary_calling_predicate(int depth = 3) {
  return rc::gen::exec([depth] { return Ast{detail::part(depth, callees())}; });
}

// Facts, or a candidate's info: an object with some of the keys that the predicates ask for.
inline rc::Gen<Json> arbitrary_facts() {
  return rc::gen::exec([] {
    Json facts = Json::object();
    for (const char* key : {"a", "b", "c", "d", "_v1x", "max-batch", "v2", "true", "gpu", "near"}) {
      if (*rc::gen::inRange(0, 4) != 0) facts[key] = detail::fact();
    }
    return facts;
  });
}

// Some of the facts and fields that predicates ask for, as versions; the facts in back-ticks where
// they need them.
inline rc::Gen<Versions> arbitrary_versions() {
  return rc::gen::exec([] {
    Versions versions;
    for (const char* fact :
         {"a", "b", "b.x", "c.`x.``y`", "gpu", "near", "`v2`", "`max-batch`.x"}) {
      if (*rc::gen::inRange(0, 4) == 0) versions.facts.emplace_back(fact);
    }
    for (const char* field : {"a", "c", "max-batch"}) {
      if (*rc::gen::inRange(0, 4) == 0) versions.fields.emplace_back(field);
    }
    return versions;
  });
}

}  // namespace reg::test
