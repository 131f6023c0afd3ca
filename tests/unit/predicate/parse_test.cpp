#include <doctest/doctest.h>
#include <reg/predicate.h>

namespace reg {
namespace {

std::string printed(const std::string& text) { return Predicate::parse(text).to_string(); }

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// What parsing this text throws; fails the test if it throws nothing.
PredicateError error_of(const std::string& text) {
  try {
    (void)Predicate::parse(text);
  } catch (const PredicateError& error) {
    return error;
  }
  FAIL("parsed: " << text.substr(0, 100));
  return {"", "", 0};
}

TEST_CASE("every form prints in one canonical way") {
  struct Row {
    const char *text, *canonical;
  };
  const Row rows[] = {
      {"a", "a"},
      {" a . b", nullptr},
      {"self.rank", "self.rank"},
      {"a.in.true", "a.in.true"},
      {"a=='x'", R"(a == "x")"},
      {"a==\"x\"", R"(a == "x")"},
      {"(a)", "a"},
      {"((a)&((b)))", "a & b"},
      {"(a&b)&(c&d)", "a & b & c & d"},
      {"a|(b|c)", "a | b | c"},
      {"a|b&c", "a | b & c"},
      {"(a|b)&c", "(a | b) & c"},
      {"a&(b|c)|d", "a & (b | c) | d"},
      {"~(a)", "~a"},
      {"~ ~a", "~~a"},
      {"~(a&b)", "~(a & b)"},
      {"~(a|b)", "~(a | b)"},
      {"~(a==1)", "~a == 1"},
      {"a\n!=\t1", "a != 1"},
      {"a<1|a<=1|a>1|a>=1", "a < 1 | a <= 1 | a > 1 | a >= 1"},
      {"a in['x',\"y\",]", R"(a in ["x", "y"])"},
      {"a in[]", "a in []"},
      {"1 in[[1],[]]", "1 in [[1], []]"},
      {"a glob '*.png'", R"(a glob "*.png")"},
      {"has(a.b)", "has(a.b)"},
      {"has( self.x )", "has(self.x)"},
      {"yes()", "yes()"},
      {"yes(0.5)", "yes()"},
      {"yes(2)", "yes(2)"},
      {"yes(2.0)", "yes(2.0)"},
      {"yes(-1)", "yes(-1)"},
      {"yes(self.rank)", "yes(self.rank)"},
      {"gpu ( )", "gpu()"},
      {"f(1,'b',c.d,self.e,[v1],v2)", R"(f(1, "b", c.d, self.e, [v1], v2))"},
      {"true&false|null", "true & false | null"},
      {"trueish", "trueish"},
      {"a==-0", "a == 0"},
      {"a==1e2", "a == 100.0"},
      {"a==1.50", "a == 1.50"},
      {"a==2.0", "a == 2.0"},
      {"a==2.5e0", "a == 2.5"},
      {"yes(1.50)", "yes(1.5)"},
      {"a in[2.10,2.1]", "a in [2.10, 2.1]"},
      {"a==18446744073709551615", "a == 18446744073709551615"},
      {"a==-9223372036854775808", "a == -9223372036854775808"},
      {"cuda>=v12.4.1", "cuda >= v12.4.1"},
      {"v12", "v12"},
      {"v12x", "v12x"},
      {"v", "v"},
      {"v2_x.y", "v2_x.y"},
      {"v2rc", "v2rc"},
      {"v2a1", "v2a1"},
      {"a==v2.2.0rc1", "a == v2.2.0rc1"},
      {"a<v1.0-beta.2&b", "a < v1.0-beta.2 & b"},
      {"a in[v2.1.0+cu118,v1-a-b+c_d.e]", "a in [v2.1.0+cu118, v1-a-b+c_d.e]"},
      {"a>=v0002.0|b", "a >= v0002.0 | b"},
      {"`a`", "a"},
      {"`a`.`b`", "a.b"},
      {"`a.b`", "`a.b`"},
      {"`a b`.c", "`a b`.c"},
      {"a.`b.c`.d", "a.`b.c`.d"},
      {"self.`max-batch`", "self.`max-batch`"},
      {"self.`max_batch`", "self.max_batch"},
      {"`bundle.name`=='x'", "`bundle.name` == \"x\""},
      {"`a``b`", "`a``b`"},
      {"````", "````"},
      {"`é`.`😀`", "`é`.`😀`"},
      {"`self`", "`self`"},
      {"`self`.a", "`self`.a"},
      {"self.`self`", "self.self"},
      {"`true`&`not`.x", "`true` & `not`.x"},
      {"self.`true`", "self.true"},
      {"a.`in`", "a.in"},
      {"a in`in`", "a in `in`"},
      {"`v2`|`v2rc1`.x", "`v2` | `v2rc1`.x"},
      {"self.`v2`", "self.v2"},
      {"a.`v2`", "a.v2"},
      {"`has`&`yes`", "has & yes"},
      {"`(`==`)`", "`(` == `)`"},
      {"has(`a b`)&yes(self.`a b`)&f(`1`)", "has(`a b`) & yes(self.`a b`) & f(`1`)"},
      {R"(a=='it\'s "it"')", R"(a == "it's \"it\"")"},
      {R"(a=="\u0041\n\/\ud83d\ude00")", "a == \"A\\n/😀\""},
      {"a=='\x7f\xC2\x85'", R"(a == "\u007f\u0085")"},
      {"a=='é'", "a == \"é\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    if (row.canonical == nullptr) {
      CHECK_THROWS_AS(Predicate::parse(row.text), PredicateError);
    } else {
      CHECK(printed(row.text) == row.canonical);
      CHECK(printed(row.canonical) == row.canonical);
      CHECK(Predicate::parse(row.canonical) == Predicate::parse(row.text));
    }
  }
}

TEST_CASE("what does not parse is refused with its offset, words and a hint") {
  struct Row {
    const char* text;
    std::size_t offset;
    const char *message, *hint;
  };
  const char* versions = "versions are written v12.4.1, v2.2.0rc1, v1.0-beta.2 or v2.1.0+cu118";
  const Row rows[] = {
      {"", 0, "a predicate cannot be empty", "yes() always applies"},
      {" \n", 2, "a predicate cannot be empty", "yes() always applies"},
      {"a &", 3, R"(expected an operand after "&")", ""},
      {"a & & b", 4, R"(expected an operand after "&")", ""},
      {"a |", 3, R"(expected an operand after "|")", ""},
      {"~", 1, R"(expected an operand after "~")", ""},
      {"a ==", 4, R"(expected an operand after "==")", ""},
      {"a in", 4, R"(expected an operand after "in")", ""},
      {"a == (b)", 5, R"(expected an operand after "==")", ""},
      {"| a", 0, R"(expected an operand, found "|")", ""},
      {"== 1", 0, R"(expected an operand before "==")", ""},
      {"in [1]", 0, R"(expected an operand before "in")", ""},
      {"a = 1", 2, R"(unknown operator "=")", R"(did you mean "=="?)"},
      {"a === 1", 4, R"(unknown operator "=")", R"(did you mean "=="?)"},
      {"a <> 1", 2, R"(unknown operator "<>")", R"(did you mean "!="?)"},
      {"a => 1", 2, R"(unknown operator "=>")", R"(did you mean ">="?)"},
      {"a =< 1", 2, R"(unknown operator "=<")", R"(did you mean "<="?)"},
      {"a && b", 2, R"(unknown operator "&&")", R"(write "&" for and)"},
      {"a || b", 2, R"(unknown operator "||")", R"(write "|" for or)"},
      {"!a", 0, R"(unknown operator "!")", R"(write "~" for not)"},
      {"a and b", 2, R"(expected "&", "|" or the end, found "and")", R"(write "&" for and)"},
      {"a or b", 2, R"(expected "&", "|" or the end, found "or")", R"(write "|" for or)"},
      {"(a or b)", 3, R"_(expected "&", "|" or ")", found "or")_", R"(write "|" for or)"},
      {"not a", 0, R"(expected an operand, found "not")", R"(write "~" for not)"},
      {"a & not(b)", 4, R"(expected an operand, found "not")", R"(write "~" for not)"},
      {"a b", 2, R"(expected "&", "|" or the end, found "b")", ""},
      {"a \"b\"", 2, R"(expected "&", "|" or the end, found "\"b\"")", ""},
      {"a)", 1, R"_(")" closes nothing)_", ""},
      {"(a", 0, R"(unclosed "(")", ""},
      {"b & (a & (c)", 4, R"(unclosed "(")", ""},
      {"(a b)", 3, R"_(expected "&", "|" or ")", found "b")_", ""},
      {"()", 1, R"(expected an operand after "(")", ""},
      {"f(a", 1, R"(unclosed "(")", ""},
      {"f(a b)", 4, R"_(expected "," or ")", found "b")_", ""},
      {"f(a,)", 4, R"(expected an operand after ",")", ""},
      {"f(g())", 3, R"_(expected "," or ")", found "(")_", ""},
      {"f() == 1", 4, R"(a comparison has two operands, found "==")",
       R"(calls and comparisons are joined with "&", not compared)"},
      {"a < b < c", 6, R"(a comparison has two operands, found "<")",
       R"(calls and comparisons are joined with "&", not compared)"},
      {"a.f()", 0, R"(a predicate's name has no ".")", ""},
      {"a in [1", 5, R"(unclosed "[")", ""},
      {"a in [1 2]", 8, R"(expected "," or "]", found "2")", ""},
      {"a in [x]", 6, R"(a list holds literals only, found "x")", "text stands in quotes"},
      {"a in [,]", 6, R"(a list holds literals only, found ",")", ""},
      {"a]", 1, R"(expected "&", "|" or the end, found "]")", ""},
      {"a == 'b", 5, "unclosed string", "it ends at the next '"},
      {"a == \"b'", 5, "unclosed string", "it ends at the next \""},
      {"a == 'b\\", 5, "unclosed string", "it ends at the next '"},
      {"a == 'b\nc'", 7, "control character in a string", R"(write it as \n, \t or \u0000)"},
      {R"(a == "\x")", 6, "unknown escape", R"(the escapes are \" \' \\ \/ \b \f \n \r \t \u0000)"},
      {R"(a == "\u12g4")", 6, R"(\u takes four hexadecimal digits)", ""},
      {R"(a == "\u12")", 6, R"(\u takes four hexadecimal digits)", ""},
      {R"(a == "\ud800")", 6, "half of a surrogate pair", ""},
      {R"(a == "x\ud800\u0041")", 7, "half of a surrogate pair", ""},
      {R"(a == "\udc00")", 6, "half of a surrogate pair", ""},
      {"self", 0, R"("self" needs a field)",
       "write self.field for a value of the candidate's own info"},
      {"a == self", 5, R"("self" needs a field)",
       "write self.field for a value of the candidate's own info"},
      {"self()", 0, R"(no predicate can be named "self")", ""},
      {"has()", 0, "has() takes one path", "write has(device)"},
      {"a & has('b')", 4, "has() takes one path", "write has(device)"},
      {"has(a, b)", 0, "has() takes one path", "write has(device)"},
      {"yes('a')", 0, "yes() takes one number or one path", "write yes(2) or yes(self.rank)"},
      {"yes(1, 2)", 0, "yes() takes one number or one path", "write yes(2) or yes(self.rank)"},
      {"a.", 2, R"(expected a name after ".")", ""},
      {"a.1", 2, R"(expected a name after ".")", ""},
      {"a. b", 2, R"(expected a name after ".")", ""},
      {"v1.", 2, "a version cannot go on like this", versions},
      {"v1..2", 2, "a version cannot go on like this", versions},
      {"v1.0-", 4, "a version cannot go on like this", versions},
      {"v1.0+", 4, "a version cannot go on like this", versions},
      {"v1.0-a..b", 6, "a version cannot go on like this", versions},
      {"a == v1.0rc", 9, "a version cannot go on like this", versions},
      {"a == v1.0rc1x", 12, "a version cannot go on like this", versions},
      {"v1.0-a_b", 6, "a version cannot go on like this", versions},
      {"v1.x", 0, R"("v1" is a version, and begins no path)", "write `v1` for a fact of that name"},
      {"a & v2rc1.`x`", 4, R"("v2rc1" is a version, and begins no path)",
       "write `v2rc1` for a fact of that name"},
      {"true.x", 0, R"("true" has a meaning of its own, and begins no path)",
       "write `true` for a fact of that name"},
      {"a == not.x", 5, R"("not" has a meaning of its own, and begins no path)",
       "write `not` for a fact of that name"},
      {"has(in.x)", 4, R"("in" has a meaning of its own, and begins no path)",
       "write `in` for a fact of that name"},
      {"null.`a b` == 1", 0, R"("null" has a meaning of its own, and begins no path)",
       "write `null` for a fact of that name"},
      {"``", 0, "a name cannot be empty", ""},
      {"a.`` == 1", 2, "a name cannot be empty", ""},
      {"a == `b", 5, "unclosed back-tick",
       "the name ends at the next `, and `` stands for one in it"},
      {"`a``", 0, "unclosed back-tick", "the name ends at the next `, and `` stands for one in it"},
      {"`a\nb`", 2, "control character in a name", ""},
      {"`a\x7f`", 2, "control character in a name", ""},
      {"`\xC2\x9B`", 1, "control character in a name", ""},
      {"`a`b", 3, R"(expected "&", "|" or the end, found "b")", ""},
      {"`gpu`()", 0, "a predicate's name stands in no back-ticks", ""},
      {"f(`a)", 2, "unclosed back-tick",
       "the name ends at the next `, and `` stands for one in it"},
      {"a < 12.4.1", 8, R"(unexpected character ".")",
       R"(a version literal begins with "v": v12.4.1)"},
      {"a == 80sm", 7, "a number cannot be followed by letters",
       "names begin with a letter, and text stands in quotes"},
      {"a == 1e", 6, "a number cannot be followed by letters",
       "names begin with a letter, and text stands in quotes"},
      {"a == 007", 5, "a number cannot begin with 0", ""},
      {"a == 1e999", 5, "a number out of range", ""},
      {"a-b", 1, R"(unexpected character "-")",
       R"(names have letters, digits and "_" only, or stand in back-ticks: `max-batch`)"},
      {"a == {}", 5, R"(unexpected character "{")", "objects cannot be written in a predicate"},
      {"a # b", 2, R"(unexpected character "#")", ""},
      {"é == 1", 0, "unexpected character \"é\"", ""},
      {"a == \xFF", 5, "not valid UTF-8", ""},
      {"a == '\xC3'", 6, "not valid UTF-8", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    PredicateError error = error_of(row.text);
    CHECK(error.offset() == row.offset);
    CHECK(std::string(error.what()) == row.message);
    CHECK(error.hint() == row.hint);
    CHECK(error.kind() == ErrorKind::Input);
  }
}

TEST_CASE("an error points at its place with a caret, in columns of characters") {
  CHECK(error_of("sm = 80").excerpt() == "sm = 80\n   ^");
  CHECK(error_of("a == 'é' & & b").excerpt() == "a == 'é' & & b\n           ^");
  CHECK(error_of("a &").excerpt() == "a &\n   ^");
}

TEST_CASE("nesting of 200 levels parses, and one more is an error at the place of the 201st") {
  const std::pair<const char*, const char*> nestings[] = {{"(", ")"}, {"~", ""}, {"~(b & ", ")"}};
  for (const auto& nesting : nestings) {
    const std::string open = nesting.first, close = nesting.second;
    CAPTURE(open);
    std::size_t per_level = open == "~(b & " ? 2 : 1;
    std::size_t levels = Predicate::max_depth / per_level;
    std::string deepest = repeated(open, levels) + "a" + repeated(close, levels);
    CHECK(printed(printed(deepest)) == printed(deepest));
    PredicateError error = error_of(open + deepest + close);
    CHECK(std::string(error.what()) == "nested deeper than 200 levels");
    CHECK(error.offset() >= levels);
  }
  CHECK(error_of(repeated("(", 201) + "a").offset() == 200);
  CHECK_NOTHROW(Predicate::parse("a in " + repeated("[", 200) + repeated("]", 200)));
  CHECK(error_of("a in " + repeated("[", 201) + repeated("]", 201)).offset() == 205);
}

TEST_CASE(
    "predicates nested too deep by operators are refused, so that all that print can be parsed") {
  Predicate predicate = Predicate::parse("a");
  for (std::size_t i = 0; i < Predicate::max_depth; ++i) predicate = ~predicate;
  CHECK(printed(predicate.to_string()) == predicate.to_string());
  CHECK_THROWS_AS(~predicate, InputError);
}

TEST_CASE("text of 64 KiB parses, and one byte more is an error") {
  std::string longest = "'" + std::string(Predicate::max_text - 2, 'x') + "'";
  CHECK(printed(longest).size() == Predicate::max_text);
  PredicateError error = error_of(longest + " ");
  CHECK(std::string(error.what()) == "longer than 65536 bytes");
  CHECK(error.offset() == Predicate::max_text);
}

TEST_CASE(
    "text whose canonical form would be longer than 64 KiB is an error, as that would not parse "
    "again") {
  std::string tight = "a" + repeated("&a", Predicate::max_text / 3);
  CHECK(std::string(error_of(tight).what()) == "longer than 65536 bytes when printed");
}

TEST_CASE("ten megabytes of anything are refused at once") {
  const std::size_t size = 10'000'000;
  CHECK(error_of(std::string(size, '(')).offset() == Predicate::max_text);
  CHECK(error_of(std::string(size, '\0')).offset() == Predicate::max_text);
  CHECK(error_of(std::string(size, '\xFF')).offset() == 0);
  CHECK(error_of(std::string(size, 'a')).text().size() <= Predicate::max_text);
  CHECK(error_of(repeated("é", size / 2)).excerpt().size() < 400);
}

TEST_CASE("a predicate that does not parse is bad input like any other, and still says where") {
  try {
    (void)Predicate::parse("sm >=");
    FAIL("parsed");
  } catch (const InputError& error) {
    CHECK(error.kind() == ErrorKind::Input);
    CHECK(error.diagnostics().empty());
    CHECK(dynamic_cast<const PredicateError&>(error).offset() == 5);
  }
}

TEST_CASE("nul bytes are no end of the text") {
  CHECK(error_of(std::string("a\0b", 3)).offset() == 1);
  CHECK(printed("a == '\\u0000b'") == R"(a == "\u0000b")");
}

}  // namespace
}  // namespace reg
