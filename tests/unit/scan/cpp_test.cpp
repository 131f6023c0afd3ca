#include <doctest/doctest.h>
#include <scan/languages.h>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

using reg::Expression;

const reg::Words words = {"M", "registerNodeType", "EXPORT_CLASS"};

std::string shown(const Expression& value) {
  std::string text;
  if (value.kind == Expression::Kind::Literal) text = value.value.dump();
  if (value.kind == Expression::Kind::Name) text = value.text;
  if (value.kind == Expression::Kind::Other) text = "?" + value.text;
  if (value.items.empty()) return text;
  text += " {";
  for (const Expression& item : value.items) text += shown(item) + ";";
  return text + "}";
}

std::string shown(const reg::Statement& statement) {
  std::string text = statement.guarded ? "guarded " : "";
  text += statement.value.items.at(0).text;
  if (!statement.value.templates.empty()) {
    text += "<";
    for (const std::string& each : statement.value.templates) text += each + ";";
    text += ">";
  }
  text += "(";
  const char* separator = "";
  for (const reg::Argument& argument : statement.value.arguments) {
    text += separator + shown(argument.value.at(0));
    separator = ", ";
  }
  return text + ")";
}

// One call a line, and problems with a `!`.
std::string calls(std::string_view content) {
  const reg::Account account = reg::scan_cpp(content, words);
  std::string all;
  for (const reg::Statement& statement : account.statements) all += shown(statement) + "\n";
  for (const reg::Diagnostic& problem : account.problems)
    all += "! " + std::to_string(problem.place.line) + ":" + std::to_string(problem.place.column) +
           " " + problem.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("a macro's arguments are names and literals") {
  CHECK(calls("M(a::b::C, ::d::E)") == "M(a::b::C, d::E)\n");
  CHECK(calls("M ( a :: C /* , */ , // x, y\n \"t\" )") == "M(a::C, \"t\")\n");
  CHECK(calls("M(1, -2, 0x1F, 1'000u, 1.5f, true, nullptr, 0b11, 017)") ==
        "M(1, -2, 31, 1000, 1.5, true, null, 3, 15)\n");
  CHECK(calls("M()M( )M(a,)M(,)") == "M()\nM()\nM(a, ?)\nM(?, ?)\n");
  CHECK(calls("M(a + b, f(x, y), \"a\" B, 'c', a b)") ==
        "M(?a + b, ?f(x, y), ?\"a\" B, ?'c', ?a b)\n");
  CHECK(calls("XM(a) MX(a) M; M = 3; M") == "");
}

TEST_CASE("texts are what they stand for") {
  CHECK(calls(R"x(M("a" "b\n\"\x41\101\u00e9"))x") == "M(\"ab\\n\\\"AAé\")\n");
  CHECK(calls("M(R\"y(a\\n)\")y\", u8\"é\", LR\"(x)\", \"s\"sv, \"k\"_km)") ==
        "M(\"a\\\\n)\\\"\", \"é\", \"x\", \"s\", ?\"k\"_km)\n");
  CHECK(calls("M(\"\\xff\", \"\xE9\")") == "M(?\"\\xff\", ?)\n");
  CHECK(calls("M(\"a\\\nb\", R\"(a\\\nb)\")") == "M(\"ab\", \"a\\\\\\nb\")\n");
}

TEST_CASE("calls have template arguments and the name that they are written with") {
  CHECK(calls("factory.registerNodeType<a::B>(\"B\");") ==
        "factory.registerNodeType<a::B;>(\"B\")\n");
  CHECK(calls("f->template registerNodeType< A<B<C>> , (1 > 2) , D >(\"x\")") ==
        "f->registerNodeType<A<B<C>>;(1>2);D;>(\"x\")\n");
  CHECK(calls("g().registerNodeType<T>(x); ::a::M(1); a[0].M(2)") ==
        "registerNodeType<T;>(x)\na::M(1)\nM(2)\n");
  CHECK(calls("M < 3 && b > (c)") == "M<3&&b;>(c)\n");
  CHECK(calls("if (M < 3) { registerNodeType<unsigned int>(\"x\"); }") ==
        "registerNodeType<unsigned int;>(\"x\")\n");
  CHECK(calls("M<R\"(>)\"_x, '>'>(1)") == "M<R\"(>)\"_x;'>';>(1)\n");
}

TEST_CASE("commas that only C++ keeps together are told apart") {
  CHECK(calls("M(std::pair<A, B>, C)") == "M(std::pair<A,B> {?std::pair<A;?B>;}, C)\n");
  CHECK(calls("M(a < b, c)") == "M(?a < b, c)\n");
  CHECK(calls("M({1, 2}, [x, y] { int a, b; }, C)") ==
        "M(?{1, 2} {?{1;?2};}, ?[x, y] { int a, b; } {?[x;?y] { int a;?b; };}, C)\n");
  CHECK(calls("M(f(a, b), c)") == "M(?f(a, b), c)\n");
  CHECK(calls("M(A<B, C<D, E>>, F)") == "M(A<B,C<D,E>> {?A<B;?C<D;?E>>;}, F)\n");
}

TEST_CASE("declarations and definitions are no calls") {
  for (const char* text :
       {"void registerNodeType(int x);",
        "template <typename T> void registerNodeType(const T& x) {}",
        "void Factory::registerNodeType(int)", "std::vector<int> registerNodeType(int a)",
        "const Foo& registerNodeType(int)", "static Foo *registerNodeType()",
        "template <> void Factory<A, B>::registerNodeType<int>(int) {}",
        "extern \"C\" void M(int);", "[[nodiscard]] Foo* registerNodeType()",
        "M(A)\nvoid registerNodeType(int);", "#define M(x) registerNodeType<x>(\"x\")\n",
        "#define X \\\n M(a)\n", "// M(a)\n/* M(b) */ \"M(c)\" R\"(M(d))\"", "// M(a) \\\nM(b)\n",
        "#if 0\nM(a)\n#endif", "class X { public: void registerNodeType(int); };",
        "auto registerNodeType(int) -> int;"}) {
    CAPTURE(text);
    const std::string found = calls(text);
    CHECK((found.empty() || found == "M(A)\n"));
  }
}

TEST_CASE("whatever stands before an expression, it is a call") {
  for (const char* text : {"return M(a);",         "else M(a);",          "x = M(a);",
                           "f(1, M(a));",          "do M(a); while (1);", "if (x) M(a);",
                           "if (x)\n  M(a);",      "auto y = x * M(a);",  "!M(a)",
                           "x ? M(a) : 0",         "case 1: M(a);",       "FOO\nM(a)",
                           "static M(a)",          "X(1)\nM(a)",          "#include <x>\nM(a)",
                           "namespace x { M(a) }", "[] { M(a); }",        "auto y{M(a)};",
                           "public: M(a)",         "f(x)\n  && M(a)",     "\xEF\xBB\xBFM(a)",
                           "\\\nM\\\n(\\\r\na)",   "/* \xE9 */M(a)",      "#define X '\nM(a)"}) {
    CAPTURE(text);
    CHECK(calls(text) == "M(a)\n");
  }
}

TEST_CASE("what may be left out by the preprocessor is guarded") {
  CHECK(calls("#ifdef X\nM(1)\n#else\nM(2)\n#endif\nM(3)") == "guarded M(1)\nguarded M(2)\nM(3)\n");
  CHECK(calls("#ifndef X_H\n#define X_H\nM(1)\n#endif") == "M(1)\n");
  CHECK(calls("#ifndef X_H\nint a;\n#define X_H\nM(1)\n#endif") == "guarded M(1)\n");
  CHECK(calls("#if 1\nM(1)\n#else\nM(2)\n#endif") == "M(1)\n");
  CHECK(calls("#if 0\nM(1)\n#if 1\nM(2)\n#endif\n#elif X\nM(3)\n#else\nM(4)\n#endif") ==
        "guarded M(3)\nguarded M(4)\n");
  CHECK(calls("#if X\n#elif 0\nM(1)\n#else\nM(2)\n#endif") == "guarded M(2)\n");
  CHECK(calls("# ifdef __cplusplus\nextern \"C\" {\n# endif\nM(1)") == "M(1)\n");
  CHECK(calls("#if 0\nit's \"open\n#endif\nM(1)") == "M(1)\n");
  CHECK(calls("#endif\n#else\nM(1)") == "M(1)\n");
}

TEST_CASE("a call that is not closed is given up with a warning, and the rest is read") {
  CHECK(calls("void f() {\n  M(a, b;\n  M(c);\n}\nM(d)") ==
        "M(c)\nM(d)\n! 2:3 the ) of M( is missing\n");
  CHECK(calls("{ M(a }\nM(d)") == "M(d)\n! 1:3 the ) of M( is missing\n");
  CHECK(calls("M(a\nM(b)") == "M(b)\n! 1:1 the ) of M( is missing\n");
  CHECK(calls("#ifdef X\nM(a,\n#else\nM(b,\n#endif\nc)") ==
        "guarded M(b, c)\n! 2:1 the ) of M( is missing\n");
  CHECK(calls("M(1) /* x") == "M(1)\n! 1:6 a comment begins here and never ends\n");
  CHECK(calls("M(R\"a(x") ==
        "! 1:1 the ) of M( is missing\n! 1:4 a raw string begins here and never ends\n");
  CHECK(calls("M([] { a; b; }, M(c))") == "M(?[] { a; b; }, ?M(c))\nM(c)\n");
}

TEST_CASE("places count code points, and scopes are the namespaces around") {
  const reg::Account account = reg::scan_cpp(
      "namespace a::b {\n\"é\"; x.M(1)\n}\nusing namespace c;\nnamespace { inline namespace d { "
      "M(2) } }\nM(3)",
      words);
  REQUIRE(account.statements.size() == 3);
  CHECK(account.statements[0].at == reg::Position{2, 6});
  const auto scope = [&](std::size_t i) { return account.scopes[account.statements[i].scope]; };
  CHECK(scope(0).name == "a::b");
  CHECK(scope(1).name == "d");
  CHECK(account.scopes[scope(1).parent].name.empty());
  CHECK(account.statements[2].scope == 0);
}

TEST_CASE("a file that is cut off anywhere has an account") {
  const std::string sample =
      "#ifndef A\n#define A\nnamespace a { template <typename T> void f() {\n"
      "  x.registerNodeType<A<B, C>>(\"n\\n\" R\"d(x)d\", 1'0.5e+3, [&] { return M(a, b); }); }\n"
      "#if X /* c */\nM(a::b<c, d>,\\\n \"é\") // e\n#else\nM('\\'')\n#endif\n}\n#endif\n";
  for (std::size_t size = 0; size <= sample.size(); ++size) {
    const reg::Account account = reg::scan_cpp(sample.substr(0, size), words);
    CHECK(account.statements.size() <= 4);
  }
  CHECK(reg::scan_cpp(sample, words).statements.size() == 4);
}

TEST_CASE("time and memory are in proportion to the bytes, whatever they are") {
  const auto repeated = [](std::string_view text, std::size_t bytes) {
    std::string all;
    all.reserve(bytes + text.size());
    while (all.size() < bytes) all += text;
    return all;
  };
  const auto seconds = [&](std::string_view text, std::size_t bytes) {
    const std::string content = repeated(text, bytes);
    const std::clock_t begin = std::clock();
    const reg::Account account = reg::scan_cpp(content, words);
    CHECK(account.scopes.size() >= 1);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  for (const char* text : {"(",
                           "M(",
                           "M<",
                           "M(a<",
                           "M(a<b,",
                           "{",
                           "[",
                           "M(;",
                           "M(;)",
                           "a::",
                           "M(M<A>(",
                           ")",
                           "\"",
                           "'",
                           "R\"(",
                           "/*",
                           "#if X\n",
                           "#if 0\n#else\n",
                           "namespace a {",
                           "\\\n",
                           "M(\"a\")",
                           "M<M<a>(1)>(",
                           "M<A,B>,",
                           "M(1",
                           "a.M<",
                           "M(\"\" \"\" ",
                           "<",
                           ">",
                           ","}) {
    CAPTURE(text);
    const double little = seconds(text, 1 << 18), much = seconds(text, 1 << 21);
    CHECK(much < 40 * little + 0.2);
  }
}

TEST_CASE("a line of a hundred megabytes is read") {
  std::string content(100'000'000, 'x');
  for (std::size_t i = 0; i + 8 < content.size(); i += 8) content.replace(i, 8, "f(M(1));");
  CHECK(reg::scan_cpp(std::string_view(content).substr(0, 8'000'000), words).statements.size() ==
        1'000'000);
  CHECK(reg::scan_cpp(content, {"absent"}).statements.empty());
}
