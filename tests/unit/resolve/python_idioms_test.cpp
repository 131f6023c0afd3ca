#include <doctest/doctest.h>
#include "resolve/sources.h"

namespace reg {
namespace {

TEST_CASE("ExCore's registrations are found in every form that they have") {
  const Sources sources({{"m.py", R"py(
from excore import Registry
MODEL = Registry('Model', extra_field=['is_backbone', 'size'])
HEAD = Registry('a head')

@MODEL.register(force=True, is_backbone=True)
class ResNet:
    """A residual net.

    More."""

@MODEL.register()
def vgg(): pass

class A: pass
class B: pass
class C: pass
MODEL.register_module(A, size=[1, 2])
MODEL.register_module('x.y.Z', _is_str=True)
MODEL.register_all([B, C], extra_info=[{'size': 1}, {}])
HEAD.merge([MODEL])

@HEAD.register_module
class D: pass
)py"}},
                        {scan_with("excore")});
  CHECK(sources.symbols() == Lines{"Model/ResNet = m.ResNet! {\"is_backbone\":true}",
                                   "Model/vgg = m.vgg", "Model/A = m.A {\"size\":[1,2]}",
                                   "Model/Z = x.y.Z", "Model/B = m.B {\"size\":1}", "Model/C = m.C",
                                   "a_head/D = m.D"});
  CHECK(sources.seen() == Lines{});
  CHECK(sources.problems() == Lines{});
  const Found found = sources.run().files[0];
  REQUIRE(found.registries.size() == 2);
  CHECK(found.registries[0].fields == Lines{"is_backbone", "size"});
  CHECK(found.symbols[0].doc == "A residual net.");
  CHECK(found.symbols[0].at.line == 6);
  REQUIRE(found.merges.size() == 1);
  CHECK(found.merges[0].into == "a_head");
  CHECK(found.merges[0].from == Lines{"Model"});
}

TEST_CASE("MMEngine's registrations are found in every form that they have") {
  const Sources sources({{"pkg/__init__.py", ""},
                         {"pkg/registry.py", R"py(
from mmengine.registry import Registry
from mmengine import MODELS as MMENGINE_MODELS
MODELS = Registry('model', parent=MMENGINE_MODELS, scope='pkg')
HOOKS = Registry('my hook')
)py"},
                         {"pkg/models.py", R"py(
from .registry import MODELS
from . import registry
import pkg.registry as r
NAME = 'by_constant'

@MODELS.register_module()
class A: pass

@registry.MODELS.register_module(name='b', force=True)
class B: pass

@r.HOOKS.register_module(['c1', 'c2'])
class C:
    @MODELS.register_module(NAME)
    class Inner: pass

class D: pass
MODELS.register_module(name='d', module=D)
MODELS.register_module('e')(D)
E = MODELS.register_module()(D)
register = MODELS.register_module(name='f')
register(D)
reg = MODELS.register_module
@reg(name='g')
class G: pass
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"pkg.model/A = pkg.models.A", "pkg.model/b = pkg.models.B!",
                                   "my_hook/c1 = pkg.models.C", "my_hook/c2 = pkg.models.C",
                                   "pkg.model/by_constant = pkg.models.C.Inner",
                                   "pkg.model/d = pkg.models.D", "pkg.model/e = pkg.models.D",
                                   "pkg.model/D = pkg.models.D", "pkg.model/f = pkg.models.D",
                                   "pkg.model/g = pkg.models.G"});
  CHECK(sources.seen() == Lines{});
  CHECK(sources.problems() == Lines{});
}

TEST_CASE("fvcore's registrations are found, and those of one's own subclass") {
  const Sources sources({{"own.py", R"py(
from fvcore.common.registry import Registry as Base
class OwnRegistry(Base): pass
)py"},
                         {"m.py", R"py(
from own import OwnRegistry
X_REGISTRY = OwnRegistry("X")
@X_REGISTRY.register()
class A: pass
class B: pass
X_REGISTRY.register(B)
import torch
X_REGISTRY.register(torch.nn.Conv2d)
)py"}},
                        {scan_with("fvcore")});
  CHECK(sources.symbols() == Lines{"X/A = m.A", "X/B = m.B", "X/Conv2d = torch.nn.Conv2d"});
}

TEST_CASE("timm's registrations are found by what the decorator's name means") {
  const Sources sources({{"m.py", R"py(
from timm.models import register_model
from timm.models.registry import register_model as rm
from other import register_model as not_this
@register_model
def a(pretrained=False): pass
@rm
def b(): pass
@not_this
def c(): pass
)py"}},
                        {scan_with("timm")});
  CHECK(sources.symbols() == Lines{"timm.models/a = m.a", "timm.models/b = m.b"});
}

TEST_CASE("what is no registry registers nothing, and makes no noise") {
  const Sources sources({{"m.py", R"py(
import atexit, functools
from collections.abc import Sequence
from excore import Registry
@functools.singledispatch
def f(x): pass
@f.register(int)
def g(x): pass
@atexit.register
def h(): pass
Sequence.register(list)
class Own:
    def register(self, x): self.register_module(x)
    def more(self, registry, x): registry.register_module(x)
own = Own()
own.register(g)
)py"}},
                        {scan_with("excore"), scan_with("fvcore")});
  CHECK(sources.symbols() == Lines{});
  CHECK(sources.seen() == Lines{});
  CHECK(sources.problems() == Lines{});
}

TEST_CASE("a registry that is not among the files is kept under the variable's name, warned once") {
  const std::string text = R"py(
from mmdet.registry import MODELS
@MODELS.register_module()
class A: pass
@MODELS.register_module()
class B: pass
)py";
  const Sources kept({{"m.py", text}}, {scan_with("mmengine")});
  CHECK(kept.symbols() == Lines{"MODELS/A = m.A", "MODELS/B = m.B"});
  CHECK(kept.problems().size() == 1);
  Scan drop = scan_with("mmengine");
  drop.unresolved = Unresolved::Drop;
  const Sources dropped({{"m.py", text}}, {drop});
  CHECK(dropped.symbols() == Lines{});
  CHECK(dropped.seen().size() == 2);
  drop.unresolved = Unresolved::Error;
  const Sources wrong({{"m.py", text}}, {drop});
  CHECK(wrong.run().files[0].diagnostics.at(0).severity == Severity::Error);
}

TEST_CASE("what depends on running the code is seen, never registered") {
  const Sources sources({{"m.py", R"py(
from mmengine import Registry
MODELS = Registry('model')
for name in ['a', 'b']:
    MODELS.register_module(name=name)(int)
def make(name, cls):
    MODELS.register_module(name='x')(cls)
    @MODELS.register_module(name=name)
    class Local: pass
    @MODELS.register_module()
    class Kept: pass
if __name__ == '__main__':
    @MODELS.register_module()
    class Script: pass
MODELS.register_module()(lambda: 1)
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"model/Kept = m.make.<locals>.Kept"});
  CHECK(sources.seen().size() == 5);
}

TEST_CASE("guarded registrations are kept or dropped as the scan says") {
  Scan scan = scan_with("mmengine");
  const std::map<std::string, std::string> texts{{"m.py", R"py(
from mmengine import Registry
MODELS = Registry('model')
try:
    @MODELS.register_module()
    class A: pass
except ImportError:
    pass
)py"}};
  CHECK(Sources(texts, {scan}).symbols() == Lines{"model/A = m.A"});
  scan.guarded = Guarded::Drop;
  CHECK(Sources(texts, {scan}).symbols() == Lines{});
  CHECK(Sources(texts, {scan}).seen().size() == 1);
}

TEST_CASE("match takes the public classes and functions of a module that is read") {
  const Sources sources(
      {{"optim/__init__.py", "from .adam import *\nfrom .sgd import SGD\nx = 1\n"},
       {"optim/adam.py",
        "import math\n__all__ = ['Adam']\n__all__ += ['AdamW']\n"
        "class Adam: pass\nclass AdamW: pass\nclass Hidden: pass\n"},
       {"optim/sgd.py", "class SGD: pass\ndef _f(): pass\n"},
       {"m.py",
        "import optim, torch\nfrom excore import Registry\n"
        "O = Registry('Optimizer')\nO.match(optim)\nO.match(torch.optim)\n"}},
      {scan_with("excore")});
  CHECK(sources.symbols() == Lines{"Optimizer/Adam = optim.adam.Adam",
                                   "Optimizer/AdamW = optim.adam.AdamW",
                                   "Optimizer/SGD = optim.sgd.SGD"});
  CHECK(sources.problems().size() == 1);
  CHECK(sources.seen().size() == 1);
}

TEST_CASE("a match of a manifest takes globs, and an unknown module is warned about by name") {
  Sources sources(
      {{"optim/__init__.py", "class Adam: pass\nclass SGD: pass\nclass AdamBase: pass\n"}}, {});
  const Match good{"O", "optim", {"A*"}, {"*Base"}, {3, 1}}, bad{"O", "optin", {}, {}, {4, 1}};
  sources.add_match(good);
  sources.add_match(bad);
  const Resolved resolved = sources.run();
  REQUIRE(resolved.matches.size() == 2);
  REQUIRE(resolved.matches[0].symbols.size() == 1);
  CHECK(resolved.matches[0].symbols[0].target == "optim.Adam");
  CHECK(resolved.matches[0].symbols[0].at.line == 3);
  REQUIRE(resolved.matches[1].diagnostics.size() == 1);
  CHECK(resolved.matches[1].diagnostics[0].hint.find("did you mean \"optim\"?") == 0);
}

TEST_CASE("classes that derive from a name are found through all files") {
  Scan scan;
  Idiom idiom;
  idiom.form = Idiom::Form::Class;
  idiom.names = {"plugins.Base"};
  idiom.registry.attribute = "group";
  idiom.oid.attribute = "name";
  scan.idioms = {idiom};
  const Sources sources({{"plugins/__init__.py", "from .base import Base\n"},
                         {"plugins/base.py", "class Base:\n    group = 'all'\n"},
                         {"a.py", "import plugins\nclass A(plugins.Base):\n    name = 'a'\n"},
                         {"b.py", "from a import A as Z\nclass B(Z):\n    group = 'b s'\n"}},
                        {scan});
  CHECK(sources.symbols() == Lines{"all/a = a.A", "b_s/a = b.B"});
}

TEST_CASE("classes are found that derive through any number of others") {
  Scan scan;
  Idiom idiom;
  idiom.form = Idiom::Form::Class;
  idiom.names = {"b.Base"};
  idiom.registry.given = "r";
  scan.idioms = {idiom};
  std::string text = "from b import Base as K0\n";
  for (int i = 1; i <= 2000; ++i)
    text += "class K" + std::to_string(i) + "(K" + std::to_string(i - 1) + "): pass\n";
  const Sources sources({{"b.py", "class Base: pass\n"}, {"m.py", text}}, {scan});
  const Lines symbols = sources.symbols();
  REQUIRE(symbols.size() == 2000);
  CHECK(symbols.back() == "r/K2000 = m.K2000");
}

TEST_CASE("keywords that are no fields are warned about, values that are computed are null") {
  const Sources sources({{"m.py", R"py(
from excore import Registry
M = Registry('M', extra_field='size')
@M.register(size=f(), colour=1)
class A: pass
)py"}},
                        {scan_with("excore")});
  CHECK(sources.symbols() == Lines{"M/A = m.A {\"size\":null}"});
  CHECK(sources.problems().size() == 2);
}

TEST_CASE("private registries are seen, and so is what is registered there") {
  const Sources sources({{"m.py",
                          "from excore import Registry\nP = Registry('__p')\n"
                          "@P.register()\nclass A: pass\n"}},
                        {scan_with("excore")});
  CHECK(sources.symbols() == Lines{});
  CHECK(sources.run().files[0].registries.empty());
  CHECK(sources.seen().size() == 2);
}

TEST_CASE("of two decorators the upper one stands first") {
  const Sources sources({{"m.py",
                          "from excore import Registry\nP = Registry('p')\nQ = Registry('q')\n"
                          "@P.register()\n@Q.register()\nclass A: pass\n"}},
                        {scan_with("excore")});
  CHECK(sources.symbols() == Lines{"p/A = m.A", "q/A = m.A"});
}

TEST_CASE("of two presets with a method of one name, the one that defines the registry counts") {
  const Sources sources({{"m.py", R"py(
import excore, mmengine
E = excore.Registry('e')
M = mmengine.Registry('m')
class A: pass
E.register_module(A)
M.register_module('name')(A)
)py"}},
                        {scan_with("mmengine"), scan_with("excore")});
  CHECK(sources.symbols() == Lines{"e/A = m.A", "m/name = m.A"});
}

}  // namespace
}  // namespace reg
