#include <doctest/doctest.h>
#include <scan/languages.h>
#include <string>
#include <string_view>

namespace {

std::string read(std::string_view content) {
  const reg::Account account = reg::scan_plugin_xml(content, {});
  std::string all;
  for (const reg::Packaged& each : account.packaged)
    all += each.library + "|" + each.name + "|" + each.target + "|" + each.group + "|" + each.doc +
           "@" + std::to_string(each.at.line) + ":" + std::to_string(each.at.column) + "\n";
  for (const reg::Diagnostic& problem : account.problems)
    all += "! " + std::to_string(problem.place.line) + " " + problem.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("a plugin description has the classes of its libraries") {
  CHECK(read("<?xml version=\"1.0\"?>\n<!-- é --><library path=\"foo\">\n"
             "é <class name=\"a/B\" type=\"a::B\" base_class_type=\"x::Y&lt;Z&gt;\">\n"
             "<description>\n\n  What it  is.  \n more</description></class></library>") ==
        "foo|a/B|a::B|x::Y<Z>|What it  is.@3:3\n");
  CHECK(
      read("<class_libraries><library path='a'><class type='A' base_class_type='X'/></library>\n"
           "<library path='b'><class type='B' base_class_type='X'/></library></class_libraries>") ==
      "a||A|X|@1:36\nb||B|X|@2:19\n");
}

TEST_CASE("what is missing in a description is reported, and the rest is read") {
  CHECK(read("<library path='l'><class name='n'/>\n<class type='t'/>\n<class type='T' "
             "base_class_type='B'/></library>") ==
        "l||T|B|@3:1\n! 1 this class has no type: it is not read\n"
        "! 2 this class has no base_class_type: it is not read\n");
  CHECK(read("<library><class type='T' base_class_type='B'/></library>") ==
        "! 1 this library has no path: its classes are not read\n");
  CHECK(read("<library path='l'><class type='T' base_class_type='B'/>\n<oops>")
            .starts_with("l||T|B|@1:19\n! 2 malformed XML: "));
}

TEST_CASE("other XML says nothing, whatever is in it") {
  for (const char* text :
       {"", "x", "<package><library path='l'/></package>", "<launch", "<launch><",
        "<package>&nothing;", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<?xml version='1.0' encoding='nonsense'?><a/>"}) {
    CAPTURE(text);
    CHECK(read(text).empty());
  }
}

TEST_CASE("entities and deep nesting stop the reading") {
  CHECK(read("<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<library path='&b;'/>") ==
        "! 1 entities in plugin descriptions are not read, nor is this file\n");
  CHECK(read("<!DOCTYPE l SYSTEM 'file:///etc/passwd'><library path='l'>"
             "<class type='T' base_class_type='B'/></library>") == "l||T|B|@1:59\n");
  std::string deep = "<library path='l'>";
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  CHECK(read(deep) == "! 1 nested too deep: the rest of the file is not read\n");
}

TEST_CASE("a description that is cut off anywhere has an account, and so has a large one") {
  const std::string sample =
      "<?xml version='1.0'?><library path='l'><class type='T' base_class_type='B'><description>é"
      "</description></class></library>";
  for (std::size_t size = 0; size < sample.size(); ++size) read(sample.substr(0, size));
  std::string large = "<library path='l'>";
  for (int i = 0; i < 100'000; ++i)
    large += "<class type='T' base_class_type='B'><x>text</x></class>";
  CHECK(reg::scan_plugin_xml(large + "</library>", {}).packaged.size() == 100'000);
}
