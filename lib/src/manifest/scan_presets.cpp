#include <manifest/manifest.h>
#include <manifest/scan_presets.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

constexpr std::string_view excore = R"(# X = Registry("Name", extra_field=["a"])
[[scan]]
language  = "python"
decorator = "register"           # @X.register(force=True, a=1)
bare      = "never"
registry  = { receiver = true }
force     = { argument = ["force", 0] }
define    = { call = "excore.Registry", name = { argument = ["name", 0] }, fields = { argument = "extra_field" } }

[[scan]]
language  = "python"
decorator = "register_module"    # @X.register_module
bare      = "only"
registry  = { receiver = true }

[[scan]]
language = "python"
call     = "register_module"     # X.register_module(C, force=True, a=1)
registry = { receiver = true }
target   = { argument = ["module", 0] }
force    = { argument = ["force", 1] }

[[scan]]
language = "python"
call     = "register_all"        # X.register_all([C, D], extra_info=[{"a": 1}, {}])
registry = { receiver = true }
each     = { argument = ["modules", 0] }
info     = { each = { argument = ["extra_info", 1] } }
force    = { argument = ["force", 2] }

[[scan]]
language = "python"
call     = "match"               # X.match(module)
registry = { receiver = true }
match    = { argument = ["base_module", 0] }
force    = { argument = ["force", 2] }

[[scan]]
language = "python"
call     = "merge"               # X.merge([Y, Z])
registry = { receiver = true }
merge    = { argument = ["others", 0] }
force    = { argument = ["force", 1] }
)";

constexpr std::string_view mmengine = R"(# X = Registry("name", scope="pkg")
[[scan]]
language  = "python"
decorator = "register_module"    # @X.register_module(), (name="n"), (["n", "m"], force=True)
bare      = "never"
registry  = { receiver = true }
oid       = { argument = ["name", 0] }
force     = { argument = ["force", 1] }
define    = { call = ["mmengine.Registry", "mmcv.Registry"], name = { argument = ["name", 0] }, scope = { argument = ["scope", 3] } }

[[scan]]
language = "python"
call     = "register_module"     # X.register_module(name="n", module=C)
registry = { receiver = true }
target   = { argument = ["module", 2] }
oid      = { argument = ["name", 0] }
force    = { argument = ["force", 1] }
)";

constexpr std::string_view fvcore = R"(# X_REGISTRY = Registry("X")
[[scan]]
language  = "python"
decorator = "register"           # @X_REGISTRY.register(), X_REGISTRY.register(C)
registry  = { receiver = true }
target    = { argument = ["obj", 0] }
define    = { call = ["fvcore.Registry", "detectron2.utils.registry.Registry"], name = { argument = ["name", 0] } }
)";

constexpr std::string_view timm = R"([[scan]]
language  = "python"
decorator = "timm.models.register_model"
registry  = "timm.models"
)";

constexpr std::string_view pluginlib = R"([[scan]]
language = "cpp"
macro    = ["PLUGINLIB_EXPORT_CLASS", "CLASS_LOADER_REGISTER_CLASS", "CLASS_LOADER_REGISTER_CLASS_WITH_MESSAGE"]
target   = { argument = 0 }
registry = { argument = 1 }

[[scan]]
language = "cpp"
macro    = "PLUGINLIB_REGISTER_CLASS"   # (name, class, base)
target   = { argument = 1 }
registry = { argument = 2 }

[[scan]]
language = "cpp"
macro    = "PLUGINLIB_DECLARE_CLASS"    # (package, name, class, base)
target   = { argument = 2 }
registry = { argument = 3 }

# The packages' plugin descriptions, which give oid and library; how they are read is code.
[[scan]]
preset = "plugin-xml"
)";

constexpr std::string_view rclcpp = R"([[scan]]
language = "cpp"
macro    = "RCLCPP_COMPONENTS_REGISTER_NODE"
target   = { argument = 0 }
oid      = { argument = 0 }             # components are loaded by the whole name of their class
registry = "rclcpp_components"
)";

constexpr std::string_view behaviortree = R"([[scan]]
language = "cpp"
call     = ["registerNodeType", "registerBuilder"]   # factory.registerNodeType<T>("Name")
target   = { template = 0 }
oid      = { argument = 0 }
registry = "BehaviorTree"

[[scan]]
language = "cpp"
macro    = "CreateRosNodePlugin"                     # (T, "Name")
target   = { argument = 0 }
oid      = { argument = 1 }
registry = "BehaviorTree"
)";

constexpr std::string_view logilab =
    R"(# Its rules are code: classes with a __regid__ and a registry, own or inherited, as register_all takes them, or as
# the module's registration_callback says; __select__ becomes the predicate.
[[scan]]
preset = "logilab"
)";

constexpr std::string_view entry_points =
    R"(# Its rules are code: in *.dist-info and *.egg-info, entry_points.txt; a group is a registry, a name an oid.
[[scan]]
preset = "entry-points"
)";

constexpr std::string_view plugin_xml =
    R"(# Its rules are code: <library path> and <class name type base_class_type> of pluginlib's plugin descriptions.
[[scan]]
preset = "plugin-xml"
)";

constexpr auto table = std::to_array<ScanPreset>({
    {"excore", "ExCore's registries", "Python", excore},
    {"mmengine", "the registries of MMEngine and of OpenMMLab's older mmcv", "Python", mmengine},
    {"fvcore", "the registries of fvcore and detectron2", "Python", fvcore},
    {"timm", "timm's @register_model", "Python", timm},
    {"logilab", "logilab's and CubicWeb's appobjects", "Python", logilab, Idiom::Form::Logilab},
    {"entry-points", "entry points of installed Python packages", "entry_points.txt", entry_points,
     Idiom::Form::EntryPoints},
    {"pluginlib", "ROS plugins: macros and plugin descriptions", "C++, XML", pluginlib},
    {"plugin-xml", "ROS plugins: plugin descriptions alone", "XML", plugin_xml,
     Idiom::Form::PluginXml},
    {"rclcpp", "components of ROS 2", "C++", rclcpp},
    {"behaviortree", "nodes of BehaviorTree.CPP", "C++", behaviortree},
});

Language language_of(Idiom::Form code) {
  if (code == Idiom::Form::EntryPoints) return Language::EntryPoints;
  return code == Idiom::Form::PluginXml ? Language::PluginXml : Language::Python;
}

}  // namespace

std::span<const ScanPreset> presets() { return table; }

const ScanPreset* preset_named(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const ScanPreset& preset) { return preset.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const ScanPreset& preset : table) names.emplace_back(preset.name);
  return names;
}

std::vector<Idiom> idioms_of(const ScanPreset& preset) {
  std::vector<Idiom> idioms;
  if (preset.code != Idiom::Form::Nothing) {
    Idiom idiom;
    idiom.form = preset.code;
    idiom.language = language_of(preset.code);
    idioms.push_back(std::move(idiom));
    return idioms;
  }
  for (Scan& scan : read_config(preset.text, "preset").settings.scans)
    for (Idiom& idiom : scan.idioms) idioms.push_back(std::move(idiom));
  return idioms;
}

}  // namespace reg
