#include <doctest/doctest.h>
#include "code_world.h"

namespace {

reg::Scan scan_of(reg::Idiom::Form form, reg::Language language) {
  reg::Scan scan;
  scan.idioms.emplace_back().form = form;
  scan.idioms.back().language = language;
  return scan;
}

}  // namespace

TEST_CASE("an entry point is a symbol of its group, with its extras") {
  CodeWorld world;
  world.scans = {scan_of(reg::Idiom::Form::EntryPoints, reg::Language::EntryPoints)};
  world.add(
      "a.dist-info/entry_points.txt", reg::Language::EntryPoints,
      reg::scan_entry_points("[my group]\na=m:a\nb = m:b [x,y]\nc d = m\nc=m [z]\n[h]\na=n\n", {}));
  CHECK(world.shown(reg::find_entry_points) ==
        "a.dist-info/entry_points.txt:3 registry my_group\n"
        "a.dist-info/entry_points.txt:2 my_group/a m:a\n"
        "a.dist-info/entry_points.txt:3 my_group/b m:b {\"extras\":[\"x\",\"y\"]}\n"
        "a.dist-info/entry_points.txt:5 my_group/c m {\"extras\":[\"z\"]}\n"
        "a.dist-info/entry_points.txt:7 h/a n\n"
        "a.dist-info/entry_points.txt:4 seen the entry point \"c d\" has white space in its name, "
        "which no oid can have\n");
}

TEST_CASE("files that no scan reads entry points in declare nothing") {
  CodeWorld world;
  world.scans = {scan_of(reg::Idiom::Form::PluginXml, reg::Language::PluginXml)};
  world.add("e", reg::Language::EntryPoints, reg::scan_entry_points("[g]\na=m\n", {}));
  CHECK(world.shown(reg::find_entry_points).empty());
}

TEST_CASE("of a plugin that is described in several files the first counts") {
  CodeWorld world;
  world.scans = {scan_of(reg::Idiom::Form::PluginXml, reg::Language::PluginXml)};
  const auto add = [&](const char* path, const std::string& library) {
    world.add(path, reg::Language::PluginXml,
              reg::scan_plugin_xml("<library path='" + library +
                                       "'><class name='n' type='::a::B' base_class_type='X :: Y'>"
                                       "<description>d</description></class></library>",
                                   {}));
  };
  add("a.xml", "lib/foo");
  add("b.xml", "lib/libfoo.so");
  add("c.xml", "other");
  CHECK(world.shown(reg::find_cpp) ==
        "a.xml:1 X::Y/n lib/libfoo.so:a::B # d\n"
        "warning the plugin n of X::Y is described otherwise in a.xml:1, which counts\n");
}
