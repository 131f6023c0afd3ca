#include <doctest/doctest.h>
#include <manifest/line.h>
#include <object/elf_writer.h>
#include <object/object_declarations.h>

using namespace reg;
using written::entry;

namespace {

std::vector<std::string> targets_of(const Declarations& declared) {
  std::vector<std::string> targets;
  for (const SymbolRecord& record : declared.symbols) targets.emplace_back(record.target);
  return targets;
}

std::string at_line(const std::string& name, int line) {
  return entry(R"({"registry":"R","target":")" + name + R"(","declared":{"path":"a.cpp","line":)" +
               std::to_string(line) + "}}");
}

std::string only_message(const std::string& section, const char* path = "l.so") {
  const Declarations declared = read_object(section, path);
  REQUIRE(declared.diagnostics.size() == 1);
  CHECK(declared.symbols.empty());
  return declared.diagnostics[0].message;
}

}  // namespace

TEST_CASE("a library's name is one, with a version or without") {
  for (const char* name : {"libpng.so", "a/libpng.so", "libpng.so.1", "libpng.so.1.6.40"}) {
    CAPTURE(name);
    CHECK(is_shared_object_name(name));
  }
  for (const char* name : {"libpng.a", ".so", "libpng.so.", "libpng.so.1.", "libpng.so.x", "so",
                           "libpng.so.1a", "libpng.so..1", "libpng.so/x", "a/.so.1", ""}) {
    CAPTURE(name);
    CHECK_FALSE(is_shared_object_name(name));
  }
}

TEST_CASE("an entry becomes a symbol whose target is in the file, and keeps its C++ place") {
  const std::string section =
      entry(R"({"registry":"Codec","oid":"image","target":"demo::Png","info":{"b":1,"a":2},)"
            R"("select":"ext=='png'","doc":"PNG","declared":{"path":"png.cpp","line":3},)"
            R"("interface":{"type":"demo::Codec","version":2,"size":8,"abi":"x","more":[]}})");
  const Declarations declared = read_object(section, "build/libpng.so");
  CHECK(declared.diagnostics.empty());
  REQUIRE(declared.symbols.size() == 1);
  CHECK(declared.symbols[0].line ==
        R"({"registry":"Codec","oid":"image","target":"libpng.so:demo::Png",)"
        R"("select":"ext == \"png\"","info":{"a":2,"b":1},"doc":"PNG",)"
        R"("declared":["png.cpp",3],"source":["build/libpng.so",0,1]})");
  CHECK(declared_place(split_line(declared.symbols[0].line).value()) == Place{"png.cpp", 3});
}

TEST_CASE("symbols are in the order of their places, whatever the order of the section") {
  const std::vector<std::string> sorted = {"l.so:A", "l.so:B", "l.so:C"};
  const std::string gap(5, '\0');
  CHECK(targets_of(read_object(at_line("C", 12) + gap + at_line("A", 2) + at_line("B", 9) + gap,
                               "l.so")) == sorted);
  CHECK(targets_of(read_object(
            entry(R"({"registry":"R","target":"C"})") + at_line("A", 1) + at_line("B", 1),
            "l.so")) == sorted);
}

TEST_CASE("what is wrong with an entry names the file and the C++ place, and leaves the others") {
  const std::string wrong =
      entry(R"({"registry":"R","target":"X","select":"a =","declared":{"path":"a.cpp","line":5}})");
  const Declarations declared = read_object(at_line("A", 1) + wrong, "lib/l.so");
  CHECK(targets_of(declared) == std::vector<std::string>{"l.so:A"});
  REQUIRE(declared.diagnostics.size() == 1);
  CHECK(declared.diagnostics[0].place.to_string() == "lib/l.so");
  CHECK(declared.diagnostics[0].excerpt.ends_with("\ndeclared at a.cpp:5"));
}

TEST_CASE("each way to be no declaration is an error of its own") {
  CHECK(only_message("text") ==
        "something else than declarations stands in the section reg_manifest");
  CHECK(only_message("\x1eREGx {}\n") ==
        "something else than declarations stands in the section reg_manifest");
  CHECK(only_message("\x1eREG1 {\"registry\"") ==
        "the section reg_manifest ends within a declaration");
  CHECK(only_message(entry("{}", "2")) ==
        "the declaration is of version 2, and this program knows version 1");
  CHECK(only_message(entry("[]")) == "expected an object, got an array");
  CHECK(only_message(entry("{")) == "not valid JSON: the file ends too early");
  CHECK(only_message(entry(R"({"registry":"R","target":"X","symbols":[{}]})")) ==
        "a declaration has no symbols of its own");
  CHECK(only_message(entry(R"({"registry":"R","target":"X","declared":3})")).find("/declared: ") ==
        0);
  CHECK(only_message(at_line("A", 1), "a b.so").find("\"a b.so\" cannot be part of a target") == 0);
  CHECK(only_message(at_line("A", 1), "a:b.so").find("it cannot have a colon") !=
        std::string::npos);
}

TEST_CASE("an unknown key says that the library is newer than the program") {
  const Declarations declared =
      read_object(entry(R"({"registry":"R","target":"X","priority":3})"), "l.so");
  REQUIRE(declared.diagnostics.size() == 1);
  CHECK(declared.diagnostics[0].message == "unknown key \"priority\"");
  CHECK(declared.diagnostics[0].hint.find("newer reg/plugin.hpp") != std::string::npos);
}

TEST_CASE("a damaged entry names no place that it does not have") {
  CHECK_FALSE(declared_at(R"({"declared":{"path":"\ud800","line":3}})"));
  CHECK_FALSE(declared_at(R"({"declared":{"path":"a","line":x}})"));
  CHECK_FALSE(declared_at(R"({"declared":{"path":"a)"));
  CHECK_FALSE(declared_at(R"({"declared":{"path":"a","line":3,"nth":x}})"));
  CHECK(declared_at(R"({"declared":{"path":"a","line":3,"nth":12}})") == DeclaredAt{"a", 3, 12});
  CHECK(declared_at(R"({"declared":{"path":"a\"b","line":3)") == DeclaredAt{"a\"b", 3});
}

TEST_CASE("a part of a symbol is found at its C++ place") {
  DeclarationPart first, none;
  first.symbol = {0, 1};
  none.symbol = {0, 3};
  const std::vector<DeclarationPart> parts = {first, none};
  const auto located = locate_in_object(at_line("B", 9) + at_line("A", 2), parts);
  REQUIRE(located.size() == 2);
  REQUIRE(located[0]);
  CHECK(located[0]->excerpt == "declared at a.cpp:2");
  CHECK_FALSE(located[1]);
}
