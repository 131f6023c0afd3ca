#include <doctest/doctest.h>
#include <reg/shapes.h>

using namespace reg;

TEST_CASE("a difference as JSON leaves out what is not there, and has null where none applies") {
  CacheDifference difference;
  difference.context = {{"sm", std::nullopt, Json(80)}};
  difference.predicates = {{ChangeKind::Removed, "gpu"}};
  difference.symbols = {{ChangeKind::Altered,
                         {"Kernel", "gemm", "a\"b"},
                         {"k.reg.toml", 3, 1},
                         {{"info.rank", Json(), std::nullopt}}}};
  difference.pins = {
      {ChangeKind::Added, "Kernel", "gemm", std::nullopt, Pin{"gemm", "a\"b", "why"}}};
  difference.moved = {{{"Kernel", "gemm", "c"}, {"k.reg.toml", 1, 1}, {"k.reg.toml"}}};
  difference.oids = {{"Kernel",
                      "gemm",
                      OidDifference::Kind::Changed,
                      true,
                      {{Context{{"sm", 90}}, "a", std::nullopt}}}};
  difference.refused = {{"Kernel", "sm"}, {"Codec", ""}};
  difference.accepted = {{"Codec", "ext", "odd"}};
  std::string text;
  append_difference(text, difference,
                    {{Severity::Error, {"HEAD:a.json", 2, 1}, "odd", "", "", ErrorKind::Input}});
  CHECK(
      text ==
      R"({"context":[{"member":"sm","after":80}],)"
      R"("predicates":[{"change":"removed","name":"gpu","members":[]}],"registries":[],)"
      R"("symbols":[{"change":"altered","registry":"Kernel","oid":"gemm","target":"a\"b",)"
      R"("source":{"path":"k.reg.toml","line":3},)"
      R"("members":[{"member":"info.rank","before":null}]}],)"
      R"("pins":[{"change":"added","registry":"Kernel","oid":"gemm","before":null,"after":"a\"b",)"
      R"("reason":{"before":null,"after":"why"}}],)"
      R"("moved":[{"registry":"Kernel","oid":"gemm","target":"c",)"
      R"("before":{"path":"k.reg.toml","line":1},"after":{"path":"k.reg.toml","line":null}}],)"
      R"("selections":[{"registry":"Kernel","oid":"gemm","is":"changed","reordered":true,)"
      R"("changes":[{"context":{"sm":90},"before":"a","after":null}]}],)"
      R"("refused":[{"registry":"Kernel","fact":"sm","problem":null},)"
      R"({"registry":"Codec","fact":null,"problem":null}],)"
      R"("accepted":[{"registry":"Codec","fact":"ext","problem":"odd"}],)"
      R"("partial":[{"path":"HEAD:a.json","line":2,"message":"odd"}]})");
  CHECK_FALSE(difference.empty());
  CHECK_FALSE(difference.selects_alike());
  difference.oids[0].kind = OidDifference::Kind::Same;
  CHECK_FALSE(difference.selects_alike());
  difference.refused.clear();
  CHECK_FALSE(difference.selects_alike());
  difference.accepted.clear();
  CHECK(difference.selects_alike());
}
