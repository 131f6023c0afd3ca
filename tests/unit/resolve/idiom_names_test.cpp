#include <doctest/doctest.h>
#include <resolve/match.h>
#include "resolve/sources.h"

// Which names in code an idiom's name means.
namespace reg {
namespace {

Scan decorator(std::string name) {
  Idiom idiom;
  idiom.names = {std::move(name)};
  idiom.form = Idiom::Form::Decorator;
  idiom.registry.given = "r";
  Scan scan;
  scan.idioms = {idiom};
  return scan;
}

TEST_CASE("only modules may be left out of an idiom's name") {
  const CodePath method{"allennlp.common.registrable", "Registrable.register"};
  CHECK(is_meant_by(method, "allennlp.common.Registrable.register"));
  CHECK(is_meant_by(method, "allennlp.common.registrable.Registrable.register"));
  CHECK(is_meant_by(method, "register"));
  CHECK_FALSE(is_meant_by(method, "allennlp.common.register"));
  CHECK_FALSE(is_meant_by(method, "allennlp.com.Registrable.register"));
  CHECK_FALSE(is_meant_by(method, "Registrable.register"));
  const CodePath outside{"", "allennlp.common.registrable.Registrable.register", false};
  CHECK(is_meant_by(outside, "allennlp.common.Registrable.register"));
  CHECK(is_meant_by(outside, "allennlp.common.registrable.Registrable.register"));
  CHECK(is_meant_by(outside, "register"));
  CHECK_FALSE(is_meant_by(outside, "allennlp.common.register"));
  CHECK_FALSE(is_meant_by(outside, "allennlp.com.Registrable.register"));
  CHECK_FALSE(is_meant_by(outside, ".register"));
  CHECK(is_meant_by({"", "register"}, "register"));
  CHECK(is_meant_by({"", "A.register"}, "A.register"));
}

TEST_CASE("an idiom's function is no method of what stands beside it") {
  const Sources sources(
      {{"app/__init__.py", ""}, {"app/core.py", "def register(c): return c\n"}, {"app/web.py", R"py(
from functools import singledispatch
from flask import Flask
from .core import register
router = Flask('x')
@router.register('/x')
def a(): pass
class Shape:
    @classmethod
    def register(cls, c): return c
    def f(self):
        @self.register
        class B: pass
@Shape.register
class C: pass
@singledispatch
def show(x): pass
@show.register(int)
def d(x): pass
@register
class E: pass
)py"}},
      {decorator("app.register")});
  CHECK(sources.symbols() == Lines{"r/E = app.web.E"});
}

TEST_CASE("a method is meant by the class that has it, and by those through which it is called") {
  const auto symbols = [](const char* name) {
    const Sources sources(
        {{"lib/__init__.py", ""},
         {"lib/common/__init__.py", "from .registrable import Registrable\n"},
         {"lib/common/registrable.py",
          "class Registrable:\n    @classmethod\n    def register(cls, n): pass\n"},
         {"lib/models.py", "from lib.common import Registrable\nclass Model(Registrable): pass\n"},
         {"m.py",
          "from lib.models import Model\n@Model.register('x')\nclass A(Model): pass\n"
          "@A.register('y')\nclass B: pass\n"}},
        {decorator(name)});
    return sources.symbols();
  };
  CHECK(symbols("lib.common.Registrable.register") == Lines{"r/A = m.A", "r/B = m.B"});
  CHECK(symbols("lib.Model.register") == Lines{"r/A = m.A"});
  CHECK(symbols("lib.register") == Lines{});
}

TEST_CASE("of a name's bindings in two branches either may be an idiom's") {
  for (const char* fallback : {"except ImportError:\n    def register(c): return c\n",
                               "except ImportError:\n    register = lambda c: c\n",
                               "except ImportError:\n    class register: pass\n",
                               "except ImportError:\n    from .other import register\n"}) {
    const Sources sources({{"pkg/__init__.py", ""},
                           {"pkg/core.py", "def register(c): return c\n"},
                           {"pkg/other.py", "def register(c): return c\n"},
                           {"pkg/m.py", std::string("try:\n    from .core import register\n") +
                                            fallback + "@register\nclass A: pass\n"}},
                          {decorator("pkg.core.register")});
    CAPTURE(fallback);
    CHECK(sources.symbols() == Lines{"r/A = pkg.m.A"});
  }
  const Sources sources({{"pkg/__init__.py", ""},
                         {"pkg/core.py", "def register(c): return c\n"},
                         {"pkg/m.py",
                          "if f():\n    from pkg.core import register\nelse:\n"
                          "    def register(c): return c\n@register\nclass A: pass\n"},
                         {"pkg/n.py", "from pkg.m import register\n@register\nclass B: pass\n"}},
                        {decorator("pkg.core.register")});
  CHECK(sources.symbols() == Lines{"r/A = pkg.m.A", "r/B = pkg.n.B"});
}

TEST_CASE("a class with types in brackets is the class") {
  Scan classes;
  Idiom idiom;
  idiom.form = Idiom::Form::Class;
  idiom.names = {"lib.Base"};
  idiom.registry.given = "bases";
  classes.idioms = {idiom};
  const Sources sources({{"m.py", R"py(
from lib import Base
from excore import Registry
class PluginRegistry(Registry): pass
TYPED = PluginRegistry[int]("typed")
ALL = Registry("all")
ITEM = ALL["item"]
Alias = Base[int]
class K(Base[Dict[str, int]]): pass
class L(Alias): pass
class M(K[int].Inner): pass
@TYPED.register()
class N: pass
@ITEM.register()
class O: pass
)py"}},
                        {scan_with("excore"), classes});
  CHECK(sources.symbols() ==
        Lines{"bases/K = m.K", "bases/L = m.L", "typed/N = m.N", "ITEM/O = m.O"});
}

TEST_CASE("a method's receiver that is no registry is seen, if the idiom is one's own") {
  const char* text = R"py(
from lib import Model
import atexit
registry = make()
names = []
@Model.register("x")
class A(Model): pass
@registry.register("y")
class B: pass
@A.register("z")
class C: pass
atexit.register(f)
names.register(C)
def g(given):
    given.register(C)
)py";
  Scan own = decorator("register");
  own.idioms[0].registry = {};
  own.idioms[0].registry.receiver = true;
  const Sources sources({{"m.py", text}}, {own});
  CHECK(sources.symbols() == Lines{});
  CHECK(sources.seen() == Lines{"m.py:6 its receiver Model is no registry that is known",
                                "m.py:8 its receiver registry is no registry that is known",
                                "m.py:10 its receiver A is no registry that is known"});
  CHECK(Sources({{"m.py", text}}, {scan_with("excore")}).seen() == Lines{});
}

TEST_CASE("what a call's value is unpacked into has its name in its module") {
  const Sources sources({{"pkg/__init__.py", ""},
                         {"pkg/c.py",
                          "REGISTRY, register_c = setup('c')\n(a, register_t) = setup('t')\n"
                          "@register_c\nclass Own: pass\n"},
                         {"pkg/m.py",
                          "from pkg.c import register_c as rc, register_t\n@rc('x')\n"
                          "class A: pass\n@register_t('y')\nclass B: pass\n"}},
                        {decorator("pkg.c.register_c")});
  CHECK(sources.symbols() == Lines{"r/Own = pkg.c.Own", "r/A = pkg.m.A"});
}

}  // namespace
}  // namespace reg
