#include "sources.h"

#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <reg/text.h>
#include <update/detect.h>
#include <update/detect_words.h>
#include <update/local_registry.h>

using namespace reg;
using namespace reg_test;

namespace {

Detected detected_in(const Files& files) {
  const TestWorkspace workspace(files);
  return detect(workspace.get().root());
}

// `mmengine 2`: what was found, and in how many files.
std::vector<std::string> code(const Files& files) {
  std::vector<std::string> out;
  for (const DetectedCode& each : detected_in(files).code)
    out.push_back(each.what + ' ' + std::to_string(each.files));
  return out;
}

using Lines = std::vector<std::string>;

// The scans as registry.toml has them, which must be read without complaint.
std::vector<Scan> scans_of(const Files& files) {
  ConfigFile config = read_config(detected_in(files).scans, "registry.toml");
  for (const Diagnostic& each : config.declarations.diagnostics) FAIL_CHECK(each.message);
  return std::move(config.settings.scans);
}

}  // namespace

TEST_CASE("imports tell which presets fit, and in how many files") {
  CHECK(code({{"a.py", "import mmengine\nfrom mmengine.config import Config\n"},
              {"p/b.py", "try:\n    from mmdet.registry import MODELS\nexcept ImportError: pass\n"},
              {"c.py", "import mmengineering\n# import mmengine\n"}}) == Lines{"mmengine 2"});
  CHECK(code({{"a.py", "from excore import Registry\n"}}) == Lines{"excore 1"});
  CHECK(code({{"a.py", "from fvcore.common.registry import Registry\n"},
              {"b.py", "from fvcore.nn import flop_count\n"}}) == Lines{"fvcore 1"});
  CHECK(code({{"a.py", "from timm.models import (\n  register_model,\n)\n"},
              {"b.py", "import timm\n"},
              {"timm/models/c.py", "from ._registry import register_model\n"}}) == Lines{"timm 2"});
  CHECK(code({{"a.py", "from cubicweb.view import View\n"}}) == Lines{"logilab 1"});
}

TEST_CASE("macros, plugin descriptions and entry points tell which presets fit") {
  CHECK(code({{"src/a.cpp", "PLUGINLIB_EXPORT_CLASS(a::B, c::D)\n"},
              {"plugins.xml", "<library path='x'><class type='a::B' base_class_type='c::D'/>\n"},
              {"other.xml", "<library/>"}}) == Lines{"pluginlib 2"});
  CHECK(code({{"a.cc", "RCLCPP_COMPONENTS_REGISTER_NODE(a::B)"}}) == Lines{"rclcpp 1"});
  CHECK(code({{"a.cpp", "factory.registerNodeType<T>(\"T\");"}}) == Lines{"behaviortree 1"});
  CHECK(code({{"lib/x-1.dist-info/entry_points.txt", "[a]\nb = c:d\n"},
              {"entry_points.txt", "[a]\nb = c:d\n"}}) == Lines{"entry-points 1"});
}

TEST_CASE("what no source is read from tells nothing") {
  CHECK(code({{".hidden/a.py", "import mmengine\n"},
              {"build/a.py", "import mmengine\n"},
              {"node_modules/a.py", "import mmengine\n"},
              {"__pycache__/a.py", "import mmengine\n"},
              {"a.txt", "import mmengine\n"}})
            .empty());
  CHECK(detected_in({{"a.py", "x = 1\n"}}).scans.empty());
}

TEST_CASE("virtual environments are left out by name") {
  const Detected detected =
      detected_in({{"venv/pyvenv.cfg", ""}, {"venv/lib/a.py", "import mmengine\n"}, {"a.py", ""}});
  CHECK(detected.environments == Lines{"venv"});
  CHECK(detected.code.empty());
}

TEST_CASE("what is proposed reads back as the scans that it means") {
  const auto scans = scans_of({{"a.py", "import mmengine\nimport excore\n"},
                               {"b.cpp", "RCLCPP_COMPONENTS_REGISTER_NODE(a::B)"}});
  REQUIRE(scans.size() == 3);
  CHECK(scans[0].preset == "excore");
  CHECK(scans[1].preset == "mmengine");
  CHECK(scans[2].preset == "rclcpp");
}

TEST_CASE("a class Registry of one's own becomes an idiom of its own") {
  const auto scans = scans_of({{"pkg/__init__.py", ""},
                               {"pkg/utils/__init__.py", ""},
                               {"pkg/utils/registry.py", R"(class Registry:
    """Text at the left
margin? Not in a class."""

    def __init__(self, name: str, scope=None):
        self._name = name

    def _do_register(self, name, obj): ...

    def register(self, obj=None):
        def deco(func): return func

    def register_module(
        self,
        name=None, force: bool = False,
        module: "Dict[str, int]" = None,
    ):
        pass

def register(obj): pass
)"}});
  REQUIRE(scans.size() == 3);
  const Idiom &bare = scans[0].idioms[0], &decorator = scans[1].idioms[0],
              &call = scans[2].idioms[0];
  CHECK(bare.names == Lines{"register"});
  CHECK(bare.bare == Bare::Either);
  REQUIRE(bare.define);
  CHECK(bare.define->calls == Lines{"pkg.utils.registry.Registry"});
  CHECK(bare.define->name.arguments.at(0).keyword == "name");
  CHECK(bare.define->scope.arguments.at(1).position == 1);
  CHECK(decorator.form == Idiom::Form::Decorator);
  CHECK(decorator.bare == Bare::Never);
  CHECK(decorator.oid.arguments.at(0).keyword == "name");
  CHECK(decorator.force.arguments.at(1).position == 1);
  CHECK(!decorator.define);
  CHECK(call.form == Idiom::Form::Call);
  CHECK(call.target.arguments.at(1).position == 2);
  CHECK(call.registry.receiver);
}

TEST_CASE("a method that needs both name and object is a call") {
  const auto scans = scans_of({{"r.py", R"(class Registry(dict):
    def register(self, name, obj, *, force=False): pass
)"}});
  REQUIRE(scans.size() == 1);
  const Idiom& call = scans[0].idioms[0];
  CHECK(call.form == Idiom::Form::Call);
  CHECK(call.define->calls == Lines{"r.Registry"});
  CHECK(call.oid.arguments.at(1).position == 0);
  REQUIRE(call.force.arguments.size() == 1);
  CHECK(call.force.arguments[0].keyword == "force");
}

TEST_CASE("classes of one shape share their idioms") {
  const std::string text = "class Registry:\n  def register(self, name): pass\n";
  const auto scans = scans_of({{"a.py", text}, {"b.py", text}});
  REQUIRE(scans.size() == 1);
  CHECK(scans[0].idioms[0].define->calls == Lines{"a.Registry", "b.Registry"});
  CHECK(scans[0].idioms[0].bare == Bare::Never);
}

TEST_CASE("classes that do not register by an instance are none") {
  for (const char* text :
       {"class Registry:\n  pass\n", "class RegistryMeta:\n  def register(self, x): pass\n",
        "class Registry:\n  @classmethod\n  def register(cls, x): pass\n",
        "class Registry:\n  def f(self):\n    def register(self): pass\n", "class Registry", "",
        "class Registry:\n  def register(self, x", "class Registry:\n  def register"}) {
    CAPTURE(text);
    CHECK(!find_local_registry(text));
  }
}

TEST_CASE("a project that a preset is for is read by it") {
  CHECK(code({{"mmengine/__init__.py", ""},
              {"mmengine/registry.py", "class Registry:\n  def register_module(self): pass\n"}}) ==
        Lines{"mmengine 1"});
}
