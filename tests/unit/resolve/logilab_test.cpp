#include <doctest/doctest.h>
#include <resolve/idioms.h>
#include <resolve/logilab_words.h>
#include <scan/languages.h>
#include <scan/scanner.h>
#include <algorithm>
#include <map>

using namespace reg;

namespace {

const std::string header =
    "from logilab.common.registry import RegistrableObject, RegistrableInstance, yes\n"
    "from cubicweb.predicates import is_instance as isinst, one_line_rset, none_rset\n"
    "class View(RegistrableObject):\n"
    "    __registry__ = 'views'\n"
    "    __select__ = yes()\n";

struct Read {
  std::map<std::string, Found> files;

  // "registry/oid target: select", of all files.
  std::vector<std::string> symbols() const {
    std::vector<std::string> texts;
    for (const auto& [path, found] : files) {
      for (const FoundSymbol& each : found.symbols) {
        for (const std::string& registry : each.registries) {
          texts.push_back(registry + "/" + each.oid + " " + each.target + ": " + each.select);
        }
      }
    }
    return texts;
  }
  std::vector<std::string> seen() const {
    std::vector<std::string> texts;
    for (const auto& [path, found] : files) {
      for (const Seen& each : found.seen) texts.push_back(each.what);
    }
    return texts;
  }
};

Read read(const std::map<std::string, std::string>& texts, Guarded guarded = Guarded::Keep,
          const std::set<std::string>* predicates = nullptr) {
  std::vector<Scan> scans(1);
  scans[0].guarded = guarded;
  scans[0].idioms.emplace_back().form = Idiom::Form::Logilab;
  std::vector<Account> accounts;
  for (const auto& [path, text] : texts) accounts.push_back(scan_python(text, logilab_words()));
  std::vector<CodeFile> files;
  for (const auto& [path, text] : texts) {
    files.push_back({path, Language::Python, &accounts[files.size()], {0}});
  }
  ResolveInput input;
  input.scans = scans;
  input.files = files;
  input.predicates = predicates;
  const Program program(files, scans);
  std::vector<Found> found(files.size());
  find_logilab(input, program, found);
  Read result;
  for (std::size_t i = 0; i < files.size(); ++i) result.files[files[i].path] = std::move(found[i]);
  return result;
}

Read read_one(const std::string& text, Guarded guarded = Guarded::Keep) {
  return read({{"m.py", header + text}}, guarded);
}

using Texts = std::vector<std::string>;

}  // namespace

// Without a grammar of Python there is nothing to read.
TEST_SUITE_BEGIN("logilab" * doctest::skip(!scanner_of(Language::Python).is_built));

TEST_CASE("a class with an identifier and a registry is registered, abstract ones are not") {
  const Read found = read_one(
      "class A(View):\n    'What it does.\\n\\nMore.'\n    __regid__ = 'a'\n"
      "class B(A):\n    __abstract__ = True\n"
      "class C(B):\n    __select__ = B.__select__ & isinst('X')\n");
  CHECK(found.symbols() == Texts{"views/a m.A: yes()", R"(views/a m.C: yes() & is_instance("X"))"});
  CHECK(found.seen().empty());
  const FoundSymbol& first = found.files.at("m.py").symbols[0];
  CHECK(first.doc == "What it does.");
  CHECK(first.at == Position{6, 1});
}

TEST_CASE("attributes are inherited from classes in other files") {
  const Read found = read({{"p/__init__.py", "from .base import View as Root\n"},
                           {"p/base.py", header},
                           {"p/views.py",
                            "import p\nclass A(p.Root):\n    __regid__ = 'a'\n"
                            "    __registries__ = ('x', 'y')\n"}});
  CHECK(found.symbols() == Texts{"x/a p.views.A: yes()", "y/a p.views.A: yes()"});
}

TEST_CASE("a class without a select, or that nothing says is registrable, is none of logilab's") {
  const Read found = read(
      {{"m.py",
        "from logilab.common.registry import RegistrableObject, yes\n"
        "class A(RegistrableObject):\n    __registry__ = 'r'\n    __regid__ = 'a'\n"
        "class B(object):\n    __registry__ = 'r'\n    __regid__ = 'b'\n    __select__ = yes()\n"
        "class C(object):\n    __registries__ = ['r']\n    __regid__ = 'c'\n"
        "    __select__ = yes()\n"}});
  CHECK(found.symbols() == Texts{"r/c m.C: yes()"});
  CHECK(found.seen().empty());
}

TEST_CASE("what cannot be told is seen") {
  CHECK(read_one("class A(View):\n    __regid__ = name()\n").seen() ==
        Texts{"the class A: its __regid__ is no constant that can be told"});
  CHECK(read_one("class A(View):\n    if x:\n        __regid__ = 'a'\n").symbols().empty());
  CHECK(read_one("class A(View):\n    __regid__ = 'a'\n    __select__ = lambda *a: 1\n").seen() ==
        Texts{"the class A: no part of its __select__ can be written as a predicate: "
              "lambda *a: 1 is no predicate that is known"});
  CHECK(read_one("class _A(View):\n    __regid__ = 'a'\n").seen() ==
        Texts{"the class _A: logilab leaves out what begins with _"});
  CHECK(read_one("for x in y:\n    class A(View):\n        __regid__ = 'a'\n").seen() ==
        Texts{"the class A: its __regid__ is no constant that can be told"});
  CHECK(read_one("class A(View):\n    __regid__ = 'a'\nA = wrapped(A)\n").seen() ==
        Texts{"the class A: its name means something else later on"});
  CHECK(read_one("class A(View):\n    __regid__ = 'a'\n    __abstract__ = False\n").seen() ==
        Texts{"the class A: logilab takes no class that has an __abstract__, be it false"});
  CHECK(read_one("class A(RegistrableInstance):\n    __regid__ = 'a'\na = A()\n").seen() ==
        Texts{"a: an instance is registered, which is no class"});
}

TEST_CASE("bases that are not read may have what is missing") {
  const Read found = read({{"m.py",
                            "from cubicweb.view import View\n"
                            "from cubicweb.predicates import is_instance\n"
                            "class A(View):\n    __regid__ = 'a'\n"
                            "class B(View):\n    __registry__ = 'r'\n    __regid__ = 'b'\n"
                            "class C(View):\n    __select__ = View.__select__ & is_instance('X')\n"
                            "    __registry__ = 'r'\n    __regid__ = 'c'\n"}});
  CHECK(found.symbols() == Texts{"r/b m.B: yes()", R"(r/c m.C: is_instance("X"))"});
  CHECK(found.seen() ==
        Texts{"the class A: its registry is not known: no base among what is read has one"});
  const Found& file = found.files.at("m.py");
  REQUIRE(file.diagnostics.size() == 2);
  CHECK(file.diagnostics[0].message == "the __select__ of B is that of a base that is not read");
  CHECK(file.diagnostics[1].message ==
        "a part of the __select__ of C is left out: View.__select__ is defined outside of what is "
        "read");
}

TEST_CASE("every file declares the facts of its predicates, but for those of manifests") {
  const std::string text = header +
                           "class A(View):\n    __regid__ = 'a'\n"
                           "    __select__ = one_line_rset() & isinst('X') & isinst('Y')\n";
  const auto names = [](const Read& found) {
    Texts all;
    for (const PredicateNamed& each : found.files.at("m.py").predicates) {
      CHECK(each.definition.is_fact());
      all.push_back(each.name);
    }
    return all;
  };
  const std::set<std::string> defined{"is_instance"};
  CHECK(names(read({{"m.py", text}})) == Texts{"is_instance", "one_line_rset"});
  CHECK(names(read({{"m.py", text}}, Guarded::Keep, &defined)) == Texts{"one_line_rset"});
}

TEST_CASE("what an ordinary function makes is no test of a fact") {
  const Read found = read_one(
      "from cubicweb.predicates import is_instance\ndef compute(): return 1\n"
      "@objectify_predicate\ndef made(cls): return 1\n"
      "class A(View):\n    __regid__ = 'a'\n"
      "    __select__ = compute() & is_instance('Q') & made()\n"
      "class B(View):\n    __regid__ = 'b'\n    __select__ = compute()\n");
  CHECK(found.symbols() == Texts{R"(views/a m.A: is_instance("Q") & made())"});
  CHECK(found.files.at("m.py").diagnostics.at(0).message ==
        "a part of the __select__ of A is left out: compute is an ordinary function, and no "
        "predicate");
  CHECK(found.seen() ==
        Texts{"the class B: no part of its __select__ can be written as a predicate: "
              "compute is an ordinary function, and no predicate"});
}

TEST_CASE("what a registration_callback does with the registry's methods is seen") {
  for (const char* line : {"    reg = vreg.register\n    reg(A)\n",
                           "    getattr(vreg, 'register')(A)\n", "    map(vreg.register, [A])\n"}) {
    CAPTURE(line);
    const Read found = read_one(
        "class A(View):\n    __regid__ = 'a'\n"
        "def registration_callback(vreg):\n" +
        std::string(line));
    CHECK(found.symbols().empty());
    CHECK(found.seen().size() == 1);
  }
}

TEST_CASE("a registration_callback says what is registered, and under what") {
  const Read found = read_one(
      "class A(View):\n    __regid__ = 'a'\n"
      "class B(A): pass\nclass C(A): pass\nclass D(A): pass\n"
      "def registration_callback(vreg):\n"
      "    vreg.register_all(globals().values(), __name__, (B, C, D))\n"
      "    vreg.register(B, oid='b', clear=True)\n"
      "    vreg.register_and_replace(C, B)\n"
      "    vreg.register_and_replace(D, 'other.D')\n"
      "    vreg.unregister(A)\n");
  CHECK(found.seen().empty());
  const Found& file = found.files.at("m.py");
  REQUIRE(file.symbols.size() == 4);
  CHECK(found.symbols() == Texts{"views/a m.A: yes()", "views/b m.B: yes()", "views/a m.C: yes()",
                                 "views/a m.D: yes()"});
  CHECK(file.symbols[1].clear);
  CHECK(file.symbols[1].at.line == 13);
  CHECK(file.symbols[2].replaces == "m.B");
  CHECK(file.symbols[3].replaces == "other.D");
  REQUIRE(file.unregistrations.size() == 1);
  CHECK(file.unregistrations[0].registry == "views");
  CHECK(file.unregistrations[0].oid == "a");
  CHECK(file.unregistrations[0].target == "m.A");
}

TEST_CASE("what a registration_callback does under a condition is kept or dropped as is said") {
  const std::string text =
      "class A(View):\n    __regid__ = 'a'\n"
      "def registration_callback(store):\n    if store.schema:\n        store.register(A)\n";
  CHECK(read_one(text).symbols() == Texts{"views/a m.A: yes()"});
  CHECK(read_one(text, Guarded::Drop).symbols().empty());
  CHECK(read_one(text, Guarded::Drop).seen() ==
        Texts{"store.register(…): it stands under a condition"});
}

TEST_CASE("what else a registration_callback does with the registry is seen") {
  const Read found = read_one(
      "class A(View):\n    __regid__ = 'a'\n"
      "def registration_callback(vreg):\n"
      "    for one in (A,):\n        vreg.register(one)\n"
      "    helper(vreg)\n    same = vreg\n    same.register(make())\n");
  CHECK(found.symbols().empty());
  CHECK(found.seen() == Texts{"vreg.register(…): it stands in a loop",
                              "helper(…): what becomes of the registry is not known",
                              "same.register(…): its class is not known"});
}

TEST_CASE("an imported registration_callback leaves the module to what it says") {
  const Read found = read({{"a.py", "def registration_callback(vreg): pass\n"},
                           {"m.py", header + "from a import registration_callback\n"
                                             "class A(View):\n    __regid__ = 'a'\n"}});
  CHECK(found.symbols().empty());
  CHECK(found.seen() == Texts{"the module's registration_callback is no function of its own"});
}

TEST_SUITE_END();
