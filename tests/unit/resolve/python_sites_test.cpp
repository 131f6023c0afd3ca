// What random programs (tests/process/programs) have found to be lost or invented.
#include <doctest/doctest.h>
#include "resolve/sources.h"

namespace reg {
namespace {

TEST_CASE("what a registration is given to is seen: partial, map, getattr, wrappers") {
  const Sources sources({{"m.py", R"py(
import functools
from mmengine.registry import Registry
R = Registry('r')
class C: pass
add = functools.partial(R.register_module, force=True)
list(map(R.register_module(), [C]))
getattr(R, 'register_module')(module=C)
@functools.partial(R.register_module)
class D: pass
@R.register_module(name='n')(print)
class E: pass
def put(REGISTRY, thing):
    REGISTRY.register_module(module=thing)
def register(thing):
    return R.register_module()(thing)
R.register_module()(*[C])
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{});
  std::vector<std::string> places;
  for (const std::string& line : sources.seen()) places.push_back(line.substr(0, line.find(' ')));
  CHECK(places ==
        Lines{"m.py:6", "m.py:7", "m.py:8", "m.py:9", "m.py:11", "m.py:14", "m.py:16", "m.py:17"});
}

TEST_CASE("registries in tables and in instances are seen, other tables make no noise") {
  const Sources sources({{"m.py", R"py(
from fvcore.common.registry import Registry
R = Registry('r')
table = {'a': R}
listed = [R]
table['a'].register(int)
listed[0].register(int)
(lambda: R)().register(int)
class Box:
    def __init__(self):
        self.inside = R
box = Box()
@box.inside.register()
class C: pass
@Box().inside.register()
class D: pass
handlers = {'a': 1}
handlers['a'].register(int)
box.other.register(int)
)py"}},
                        {scan_with("fvcore")});
  CHECK(sources.symbols() == Lines{});
  std::vector<std::string> places;
  for (const std::string& line : sources.seen()) places.push_back(line.substr(0, line.find(' ')));
  CHECK(places == Lines{"m.py:6", "m.py:7", "m.py:8", "m.py:13", "m.py:15"});
}

TEST_CASE("the call that a call of a call begins with registers") {
  const Sources sources({{"m.py", R"py(
from fvcore.common.registry import Registry
R = Registry('r')
class C: pass
R.register()(C)(1)
R.register(obj=C)
)py"}},
                        {scan_with("fvcore")});
  CHECK(sources.symbols() == Lines{"r/C = m.C", "r/C = m.C"});
  CHECK(sources.seen() == Lines{});
}

TEST_CASE("names that are exchanged mean what the others did before") {
  const Sources sources({{"m.py", R"py(
from mmengine.registry import Registry
A, B = Registry('a'), Registry('b')
A, B = B, A
@A.register_module()
class InB: pass
A, B, C = B, A, B
@A.register_module()
class InA: pass
@B.register_module()
class InBAgain: pass
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"b/InB = m.InB", "a/InA = m.InA", "b/InBAgain = m.InBAgain"});
}

TEST_CASE("a name from one of two libraries, or a stand-in for one, means both") {
  const Sources sources({{"own.py", "from mmengine.registry import Registry\n"}, {"m.py", R"py(
try:
    from nowhere import Registry
except ImportError:
    from own import Registry
R = Registry('r')
@R.register_module()
class C: pass
try:
    from timm.models import register_model
except ImportError:
    def register_model(function):
        return function
@register_model
def net(): pass
)py"}},
                        {scan_with("mmengine"), scan_with("timm")});
  CHECK(sources.symbols() == Lines{"r/C = m.C", "timm.models/net = m.net"});
}

TEST_CASE("a registry that stands in where an import fails does not hide what is imported") {
  const Sources sources({{"pkg/__init__.py", ""},
                         {"pkg/shared.py", "from excore import Registry\nR = Registry('shared')\n"},
                         {"pkg/m.py", R"py(
from excore import Registry
try:
    from .shared import R
except ImportError:
    R = Registry('fallback')
@R.register()
class A: pass
)py"}},
                        {scan_with("excore")});
  CHECK(sources.symbols() == Lines{"shared/A = pkg.m.A"});
  CHECK(sources.seen() == Lines{});
}

TEST_CASE("an empty name that is given is seen, and stands for no other") {
  const Sources sources({{"m.py", R"py(
from mmengine.registry import Registry
R = Registry('r')
@R.register_module(name='')
class A: pass
@R.register_module(name=None)
class B: pass
@R.register_module(name=['c', ''])
class C: pass
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"r/B = m.B"});
  CHECK(sources.seen() == Lines{"m.py:4 the name is empty", "m.py:8 the name is empty"});
}

TEST_CASE("a name that may mean one of two registries is seen") {
  const Sources sources({{"m.py", R"py(
from mmengine.registry import Registry
R = Registry('a')
if condition():
    R = Registry('b')
@R.register_module()
class C: pass
)py"}},
                        {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{});
  CHECK(sources.seen() == Lines{"m.py:6 the registry depends on running the code"});
}

TEST_CASE(
    "a star import does not bring what has been deleted, nor surely what a computed list has") {
  const Sources sources(
      {{"gone.py", "from mmengine.registry import Registry\nR = Registry('gone')\ndel R\n"},
       {"some.py", R"py(
from mmengine.registry import Registry
S = Registry('some')
__all__ = []
for name in names():
    __all__.append(name)
)py"},
       {"m.py", R"py(
from mmengine.registry import Registry
R = Registry('r')
S = Registry('s')
from gone import *
from some import *
@R.register_module()
class C: pass
@S.register_module()
class D: pass
)py"}},
      {scan_with("mmengine")});
  CHECK(sources.symbols() == Lines{"r/C = m.C"});
  CHECK(sources.seen() == Lines{"m.py:9 the registry depends on running the code"});
}

}  // namespace
}  // namespace reg
