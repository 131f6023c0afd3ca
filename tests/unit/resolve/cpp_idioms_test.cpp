#include <doctest/doctest.h>
#include "code_world.h"

namespace {

reg::ValueFrom argument(std::size_t position) {
  reg::ValueFrom from;
  from.arguments.push_back({"", position});
  return from;
}
reg::ValueFrom given(const char* text) {
  reg::ValueFrom from;
  from.given = text;
  return from;
}

reg::Idiom idiom(reg::Idiom::Form form, const char* name, reg::ValueFrom registry) {
  reg::Idiom idiom;
  idiom.language = reg::Language::Cpp;
  idiom.form = form;
  idiom.names = {name};
  idiom.registry = std::move(registry);
  return idiom;
}

CodeWorld ros() {
  reg::Scan scan;
  reg::Idiom pluginlib = idiom(reg::Idiom::Form::Macro, "PLUGINLIB_EXPORT_CLASS", argument(1));
  pluginlib.target = pluginlib.oid = argument(0);
  reg::Idiom tree = idiom(reg::Idiom::Form::Call, "registerNodeType", given("BehaviorTree"));
  tree.oid = argument(0);
  reg::Idiom xml;
  xml.language = reg::Language::PluginXml;
  xml.form = reg::Idiom::Form::PluginXml;
  scan.idioms = {
      pluginlib, tree, xml,
      idiom(reg::Idiom::Form::Macro, "RCLCPP_COMPONENTS_REGISTER_NODE", given("rclcpp_components")),
      idiom(reg::Idiom::Form::Call, "Factory::add", argument(1))};
  CodeWorld world;
  world.scans = {scan};
  return world;
}

void add_cpp(CodeWorld& world, const char* path, const char* text) {
  world.add(path, reg::Language::Cpp,
            reg::scan_cpp(text, {"PLUGINLIB_EXPORT_CLASS", "registerNodeType",
                                 "RCLCPP_COMPONENTS_REGISTER_NODE", "add"}));
}

void add_xml(CodeWorld& world, const char* path, const char* text) {
  world.add(path, reg::Language::PluginXml, reg::scan_plugin_xml(text, {}));
}

constexpr const char* navfn =
    "<library path='navfn'>\n<class name='nav/Navfn' type='nav::Navfn' "
    "base_class_type='core::Planner'>"
    "<description>Plans.</description></class></library>";

}  // namespace

TEST_CASE("macros and calls register what their arguments say") {
  CodeWorld world = ros();
  add_cpp(world, "a.cpp",
          "PLUGINLIB_EXPORT_CLASS(::a::B, core :: Planner)\n"
          "RCLCPP_COMPONENTS_REGISTER_NODE(c::D)\n"
          "void f() { factory.registerNodeType<e::F>(\"G\");\n"
          "x::Factory::add(\"h\", \"R\"); y.add(\"h\", \"R\"); }\n"
          "RCLCPP_COMPONENTS_REGISTER_NODE(c::D<e::F>)\n");
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:1 core::Planner/a::B a::B\na.cpp:2 rclcpp_components/ c::D\n"
        "a.cpp:3 BehaviorTree/G e::F\na.cpp:4 R/ h\n"
        "a.cpp:5 rclcpp_components/D<e::F> c::D<e::F>\n");
}

TEST_CASE("what is computed is seen, and not registered") {
  CodeWorld world = ros();
  add_cpp(world, "a.cpp",
          "void f() { b.registerNodeType<T>(name);\nb.registerNodeType<T>(g(1));\n"
          "b.registerNodeType<T>();\nb.registerNodeType<T>(\"\");\nFactory::add(1 + 2, \"R\"); }\n"
          "PLUGINLIB_EXPORT_CLASS(std::pair<A, B>, C)\nPLUGINLIB_EXPORT_CLASS(A)\n");
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:1 seen b.registerNodeType: its oid is computed: name\n"
        "a.cpp:2 seen b.registerNodeType: its oid is computed: g(1)\n"
        "a.cpp:3 seen b.registerNodeType: its oid is not given\n"
        "a.cpp:4 seen b.registerNodeType: its oid is empty\n"
        "a.cpp:5 seen Factory::add: its target is computed: 1 + 2\n"
        "a.cpp:6 seen PLUGINLIB_EXPORT_CLASS: its target is computed: std::pair<A\n"
        "a.cpp:7 seen PLUGINLIB_EXPORT_CLASS: its registry is not given\n");
}

TEST_CASE("a registry in a variable is kept, dropped or an error, as the scan says") {
  CodeWorld world = ros();
  add_cpp(world, "a.cpp", "void f() { Factory::add(\"h\", registry); }");
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:1 registry/ h\nwarning Factory::add: its registry is computed: registry\n");
  world.scans[0].unresolved = reg::Unresolved::Drop;
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:1 seen Factory::add: its registry is computed: registry\n");
  world.scans[0].unresolved = reg::Unresolved::Error;
  CHECK(world.shown(reg::find_cpp) == "error Factory::add: its registry is computed: registry\n");
}

TEST_CASE("what a condition of the preprocessor guards is kept or dropped, as the scan says") {
  CodeWorld world = ros();
  add_cpp(world, "a.cpp", "#ifdef X\nRCLCPP_COMPONENTS_REGISTER_NODE(c::D)\n#endif");
  CHECK(world.shown(reg::find_cpp) == "a.cpp:2 rclcpp_components/ c::D\n");
  world.scans[0].guarded = reg::Guarded::Drop;
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:2 seen RCLCPP_COMPONENTS_REGISTER_NODE: it is under a condition of the "
        "preprocessor\n");
}

TEST_CASE("a description gives oid, library and doc, and a macro for the class its place") {
  CodeWorld world = ros();
  add_xml(world, "navfn.xml", navfn);
  CHECK(world.shown(reg::find_cpp) ==
        "navfn.xml:2 core::Planner/nav/Navfn libnavfn.so:nav::Navfn # Plans.\n");
  add_cpp(world, "src/navfn.cpp", "\n\nPLUGINLIB_EXPORT_CLASS(::nav::Navfn, core::Planner)");
  CHECK(world.shown(reg::find_cpp) ==
        "src/navfn.cpp:3 core::Planner/nav/Navfn libnavfn.so:nav::Navfn # Plans.\n");
  add_cpp(world, "src/other.cpp", "PLUGINLIB_EXPORT_CLASS(nav::Navfn, core::Other)");
  CHECK(world.shown(reg::find_cpp) ==
        "src/navfn.cpp:3 core::Planner/nav/Navfn libnavfn.so:nav::Navfn # Plans.\n"
        "src/other.cpp:1 core::Other/nav::Navfn nav::Navfn\n");
  add_cpp(world, "src/twice.cpp", "PLUGINLIB_EXPORT_CLASS(nav::Navfn, core::Planner)");
  CHECK(world.shown(reg::find_cpp) ==
        "navfn.xml:2 core::Planner/nav/Navfn libnavfn.so:nav::Navfn # Plans.\n"
        "src/other.cpp:1 core::Other/nav::Navfn nav::Navfn\n");
}

TEST_CASE("a parameter of a template is no implementation, nor is the type of an expression") {
  CodeWorld world = ros();
  add_cpp(
      world, "a.cpp",
      "template <typename NodeT, int N = 3> void one(F& f) {\n"
      "  f.registerNodeType<NodeT>(\"A\");\n  f.registerNodeType<Wrapped<NodeT>>(\"B\");\n}\n"
      "template <class T> struct S {\n  S() : x{1} { f.registerNodeType<T>(\"C\"); }\n};\n"
      "template <typename U, enable_if_t<B, int>= 0> void two();\n"
      "void three(F& f) {\n  f.registerNodeType<NodeT>(\"D\");\n  f.registerNodeType<U>(\"E\");\n"
      "  f.registerNodeType<decltype(x)>(\"F\");\n}\n");
  CHECK(world.shown(reg::find_cpp) ==
        "a.cpp:10 BehaviorTree/D NodeT\na.cpp:11 BehaviorTree/E U\n"
        "a.cpp:2 seen f.registerNodeType: its target is a parameter of a template: NodeT\n"
        "a.cpp:3 seen f.registerNodeType: its target is a parameter of a template: Wrapped<NodeT>\n"
        "a.cpp:6 seen f.registerNodeType: its target is a parameter of a template: T\n"
        "a.cpp:12 seen f.registerNodeType: its target is computed: decltype(x)\n");
}
