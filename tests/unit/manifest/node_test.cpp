#include <doctest/doctest.h>
#include <manifest/node.h>
#include <array>

using namespace reg;
using namespace std::string_view_literals;

TEST_CASE("canonical text has sorted keys at every level and nothing raw") {
  const std::array<Node, 2> items = {Node{std::int64_t{-3}, {}}, Node{0.5, {}}};
  const std::array<Member, 2> inner = {Member{"z", {}, {Null{}, {}}},
                                       Member{"a\x1b", {}, {true, {}}}};
  const std::array<Member, 3> outer = {
      Member{"list", {}, {Run<Node>{items.data(), 2}, {}}},
      Member{"big", {}, {std::uint64_t{18446744073709551615u}, {}}},
      Member{"inner", {}, {Run<Member>{inner.data(), 2}, {}}}};
  std::string text;
  CanonicalWriter().append(text, Node{Run<Member>{outer.data(), 3}, {}});
  CHECK(text ==
        R"({"big":18446744073709551615,"inner":{"a\u001b":true,"z":null},"list":[-3,0.5]})");
  CHECK(to_json(Node{Run<Member>{outer.data(), 3}, {}}) == Json::parse(text));
}

TEST_CASE("a value's type is that of the field that would hold it") {
  CHECK(type_of({Null{}, {}}) == FieldType::Any);
  CHECK(type_of({true, {}}) == FieldType::Bool);
  CHECK(type_of({std::int64_t{1}, {}}) == FieldType::Int);
  CHECK(type_of({std::uint64_t{1}, {}}) == FieldType::Int);
  CHECK(type_of({1.0, {}}) == FieldType::Number);
  CHECK(type_of({"x"sv, {}}) == FieldType::String);
  CHECK(type_of({Run<Node>{}, {}}) == FieldType::List);
  CHECK(type_of({Run<Member>{}, {}}) == FieldType::Object);
}
