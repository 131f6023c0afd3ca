#include <doctest/doctest.h>
#include "resolve/sources.h"

namespace reg {
namespace {

// What a name means at the end of a file, as a path.
std::string meaning(const Sources& sources, std::string_view path, std::string_view name) {
  const Program program = sources.program();
  const Meaning found =
      program.member_of_module(sources.file(path), name.substr(0, name.find('.')));
  Meaning meaning = found;
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos;) {
    const std::size_t next = name.find('.', dot + 1);
    meaning = program.attribute_of(meaning, name.substr(dot + 1, next - dot - 1));
    dot = next;
  }
  switch (meaning.kind) {
    case Meaning::Kind::Unknown:
      return "?";
    case Meaning::Kind::External:
      return "external " + meaning.path;
    case Meaning::Kind::Module:
      return "module " + program.path_of(meaning);
    case Meaning::Kind::Statement:
      break;
  }
  return program.path_of(meaning);
}

TEST_CASE("names are followed through imports of every form") {
  const Sources sources(
      {{"pkg/__init__.py", "from .a import A as B\nfrom . import sub\n"},
       {"pkg/a.py", "class A:\n    class Inner: pass\n    limit = 1\ndef f(): pass\n"},
       {"pkg/sub/__init__.py", "from ..a import *\nfrom .deep import x\n"},
       {"pkg/sub/deep.py", "x = f()\n"},
       {"m.py",
        "import pkg.a\nimport pkg.sub as s\nfrom pkg import B\nimport torch.nn as nn\n"
        "import numpy.random\nC = B.Inner\nfrom gone import z as w\n"}},
      {});
  CHECK(meaning(sources, "m.py", "pkg.a.A") == "pkg.a.A");
  CHECK(meaning(sources, "m.py", "B") == "pkg.a.A");
  CHECK(meaning(sources, "m.py", "C") == "pkg.a.A.Inner");
  CHECK(meaning(sources, "m.py", "s.A.limit") == "pkg.a.A.limit");
  CHECK(meaning(sources, "m.py", "s.x") == "pkg.sub.deep.x");
  CHECK(meaning(sources, "m.py", "pkg.sub") == "module pkg.sub");
  CHECK(meaning(sources, "m.py", "nn.Conv2d") == "external torch.nn.Conv2d");
  CHECK(meaning(sources, "m.py", "numpy.random.rand") == "external numpy.random.rand");
  CHECK(meaning(sources, "m.py", "w.y") == "external gone.z.y");
}

TEST_CASE("star imports bring what __all__ says, or what has no _, in the order of binding") {
  const Sources sources({{"a.py", "__all__ = ['_x', 'y']\n_x = 1 + f()\ny = f()\nz = f()\n"},
                         {"b.py", "from a import *\ny = g()\n"},
                         {"c.py", "y = g()\nfrom a import *\n"},
                         {"d.py", "from b import *\n"}},
                        {});
  CHECK(meaning(sources, "b.py", "_x") == "a._x");
  CHECK(meaning(sources, "b.py", "y") == "b.y");
  CHECK(meaning(sources, "b.py", "z") == "?");
  CHECK(meaning(sources, "c.py", "y") == "a.y");
  CHECK(meaning(sources, "d.py", "_x") == "?");
  CHECK(meaning(sources, "d.py", "y") == "b.y");
}

TEST_CASE("__all__ is known through sums, extensions and other modules") {
  const Sources sources({{"p/__init__.py",
                          "from . import a\nfrom .a import *\n"
                          "__all__ = a.__all__ + ['own']\n__all__ += ['two']\n"},
                         {"p/a.py", "__all__ = ['one']\n__all__.append('more')\n"}},
                        {});
  CHECK(sources.program().exports(sources.file("p/__init__.py")) ==
        Lines{"one", "more", "own", "two"});
}

TEST_CASE("a guarded binding that says nothing does not hide an earlier one") {
  const Sources sources({{"m.py", R"py(
try:
    from fast import A
except ImportError:
    A = None
class B: pass
if f():
    B = None
try:
    from one import C
except ImportError:
    from two import C
class D: pass
del D
)py"}},
                        {});
  CHECK(meaning(sources, "m.py", "A") == "external fast.A");
  CHECK(meaning(sources, "m.py", "B") == "m.B");
  CHECK(meaning(sources, "m.py", "C") == "external one.C");
  CHECK(meaning(sources, "m.py", "D") == "?");
}

TEST_CASE("imports in circles come to an end, and to the same whatever is asked first") {
  const Sources sources({{"a.py", "from b import *\nfrom b import y\nx = y\n"},
                         {"b.py", "from a import *\nfrom a import x\ny = x\nclass K: pass\n"}},
                        {});
  CHECK(meaning(sources, "a.py", "x") == "?");
  CHECK(meaning(sources, "a.py", "K") == "b.K");
  CHECK(meaning(sources, "b.py", "K") == "b.K");
}

TEST_CASE("classes whose bases are attributes of one another come to an end") {
  const Sources sources(
      {{"pkg/__init__.py", ""},
       {"pkg/a.py", "from pkg.b import B\nclass A(B.Meta): pass\n"},
       {"pkg/b.py", "from pkg.a import A\nclass B(A.Meta):\n    __regid__ = 'b'\n"}},
      {scan_with("logilab")});
  CHECK(sources.symbols() == Lines{});
  CHECK(meaning(sources, "pkg/a.py", "A.x") == "pkg.a.A.x");
}

TEST_CASE("names are followed through any number of steps") {
  constexpr int many = 4000;
  std::string classes = "class A0:\n    x = f()\n    class y: pass\n", aliases = "a0 = A0\n";
  std::string circle = "c0 = c" + std::to_string(many) + '\n';
  for (int i = 1; i <= many; ++i) {
    const std::string own = std::to_string(i), last = std::to_string(i - 1);
    classes += "class A" + own + "(A" + last + ", B" + last + ".y): pass\n";
    classes += "class B" + own + "(B" + last + ".y): pass\n";
    aliases += "a" + own + " = a" + last + '\n';
    circle += "c" + own + " = c" + last + '\n';
  }
  const std::string last = std::to_string(many);
  const Sources sources({{"m.py", "class B0:\n    class y: pass\n" + classes + aliases + circle}},
                        {});
  CHECK(meaning(sources, "m.py", "A" + last + ".x") == "m.A0.x");
  CHECK(meaning(sources, "m.py", "A" + last + ".z") == "m.A" + last + ".z");
  CHECK(meaning(sources, "m.py", "a" + last) == "m.A0");
  CHECK(meaning(sources, "m.py", "c" + last) == "?");
}

TEST_CASE("modules are found where Python would, and in src layouts and namespace packages") {
  Scan scan;
  scan.roots = {"given"};
  const Sources sources({{"src/pkg/__init__.py", ""},
                         {"src/pkg/mod.py", "class A: pass\n"},
                         {"ns/part/one.py", "class B: pass\n"},
                         {"given/g/h.py", "class C: pass\n"},
                         {"lib/random.py", "class D: pass\n"},
                         {"tools/run.py",
                          "from pkg.mod import A\nimport ns.part.one\n"
                          "from ns.part import one\nfrom g.h import C\n"
                          "import random\n"}},
                        {scan});
  CHECK(meaning(sources, "tools/run.py", "A") == "pkg.mod.A");
  CHECK(meaning(sources, "tools/run.py", "ns.part.one.B") == "one.B");
  CHECK(meaning(sources, "tools/run.py", "one.B") == "one.B");
  CHECK(meaning(sources, "tools/run.py", "C") == "g.h.C");
  CHECK(meaning(sources, "tools/run.py", "random") == "external random");
}

TEST_CASE("of two modules of one name each sees its own") {
  const Sources sources({{"one/models/__init__.py", "class A: pass\n"},
                         {"one/run.py", "from models import A\n"},
                         {"two/models/__init__.py", "from .b import A\n"},
                         {"two/models/b.py", "class A: pass\n"},
                         {"two/run.py", "from models import A\n"}},
                        {});
  CHECK(meaning(sources, "one/run.py", "A") == "models.A");
  CHECK(meaning(sources, "two/run.py", "A") == "models.b.A");
}

TEST_CASE("names in functions and classes follow Python's scopes") {
  const Sources sources({{"m.py", R"py(
from mmengine import Registry
class Holder:
    REG = Registry('held')
    @REG.register_module()
    class A: pass
    def setup(self):
        self.own = Registry('own')
        @self.own.register_module()
        class B: pass
        @LATER.register_module()
        class C: pass
class Derived(Holder): pass
@Derived.REG.register_module()
class D: pass
LATER = Registry('later')
def f():
    LOCAL = Registry('local')
    @LOCAL.register_module()
    class E: pass
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"held/A = m.Holder.A", "own/B = m.Holder.setup.<locals>.B",
                                   "later/C = m.Holder.setup.<locals>.C", "held/D = m.D",
                                   "local/E = m.f.<locals>.E"});
}

TEST_CASE("a file that was not read is asked for when a name leads to it") {
  Sources sources({{"pkg/__init__.py", ""},
                   {"pkg/names.py", "from .registry import MODELS as M\n"},
                   {"pkg/registry.py", "from mmengine import Registry\nMODELS = Registry('m')\n"},
                   {"pkg/other.py", "x = 1\n"},
                   {"pkg/m.py", "from .names import M\n@M.register_module()\nclass A: pass\n"}},
                  {scan_with("mmengine")});
  sources.skip("pkg/names.py");
  sources.skip("pkg/other.py");
  CHECK(sources.run().wanted == std::set<std::size_t>{sources.file("pkg/names.py")});
}

TEST_CASE("constants are known through names, and only where nothing else may be") {
  const Sources sources({{"k.py", "NAME = 'n'\n"}, {"m.py", R"py(
from k import NAME
import k
from excore import Registry
A = Registry(NAME, extra_field=[k.NAME, 'b'])
if x:
    N = 'one'
else:
    N = 'two'
B = Registry(N)
)py"}},
                        {scan_with("excore")});
  const Resolved resolved = sources.run();
  REQUIRE(resolved.files[1].registries.size() == 1);
  CHECK(resolved.files[1].registries[0].name == "n");
  CHECK(resolved.files[1].registries[0].fields == Lines{"n", "b"});
  CHECK(resolved.files[1].seen.size() == 1);
}

TEST_CASE("a constant that is much larger than its text is none") {
  std::string text = "from excore import Registry\nA0 = ['x', 'x']\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "A" + std::to_string(i - 1);
    text += "A" + std::to_string(i) + " = [" + last + ", " + last + "]\n";
  }
  const Sources sources({{"m.py", text + "R = Registry('r', extra_field=A59)\n"}},
                        {scan_with("excore")});
  CHECK(sources.problems().size() == 1);
}

TEST_CASE("words grow by aliases and classes, and by nothing else") {
  const Sources sources({{"a.py",
                          "from mmengine import Registry as R\nclass Mine(R): pass\n"
                          "MODELS = Mine('m')\nadd = MODELS.register_module\n"
                          "x = y\nother = x.z\n"}},
                        {scan_with("mmengine")});
  CHECK(sources.words() == Words{"Mine", "R", "Registry", "add", "register_module"});
}

TEST_CASE("long chains of imports are followed without a crash") {
  std::map<std::string, std::string> texts;
  for (int i = 0; i < 2000; ++i)
    texts["m" + std::to_string(i) + ".py"] = "from m" + std::to_string(i + 1) +
                                             " import X\nclass C" + std::to_string(i) + "(C" +
                                             std::to_string(i + 1) + "): pass\n";
  const Sources sources(std::move(texts), {});
  CHECK(meaning(sources, "m0.py", "X") == "external m2000.X");
}

}  // namespace
}  // namespace reg
