#include <doctest/doctest.h>
#include <reg/symbol.h>

TEST_CASE("a symbol without an oid gets the last component of its target") {
  CHECK(reg::default_oid("pkg.module.Class") == "Class");
  CHECK(reg::default_oid("libgemm.so:make_cublas") == "make_cublas");
  CHECK(reg::default_oid("ns::Class") == "Class");
  CHECK(reg::default_oid("a/b") == "b");
  CHECK(reg::default_oid("plain") == "plain");
}

TEST_CASE("names are checked") {
  CHECK(reg::registry_name_problem("nav2_core::Planner-1.x").empty());
  for (const char* bad : {"", "a b", "é", "a/b"})
    CHECK_FALSE(reg::registry_name_problem(bad).empty());
  CHECK(reg::object_name_problem("libé.so:x").empty());
  for (const char* bad : {"", "a b", "a\tb", "a\x1b", "a\u00a0b", "a\u2003b", "a\u009b", "\xff"}) {
    CHECK_FALSE(reg::object_name_problem(bad).empty());
  }
  CHECK(reg::object_name_problem(std::string(1024, 'x')).empty());
  CHECK_FALSE(reg::object_name_problem(std::string(1025, 'x')).empty());
  for (const char* bad : {"", "registry", "oid", "target", "self"})
    CHECK_FALSE(reg::field_name_problem(bad).empty());
  CHECK(reg::is_private("__x"));
  CHECK_FALSE(reg::is_private("_x"));
}

TEST_CASE("a field holds values of its type, and null") {
  using reg::FieldType;
  CHECK(reg::holds(FieldType::Int, 1));
  CHECK_FALSE(reg::holds(FieldType::Int, 1.5));
  CHECK(reg::holds(FieldType::Number, 1));
  CHECK(reg::holds(FieldType::Number, 1.5));
  CHECK_FALSE(reg::holds(FieldType::String, 1));
  CHECK(reg::holds(FieldType::String, nullptr));
  CHECK(reg::field_type_from("list") == FieldType::List);
  CHECK(reg::field_type_from("version") == FieldType::Version);
  CHECK(std::string(to_string(FieldType::Version)) == "version");
  for (const char* text : {"12", "v2.2.0rc1", "1.0-beta.2", "2.1.0+cu118"})
    CHECK(reg::holds(FieldType::Version, text));
  CHECK(reg::holds(FieldType::Version, nullptr));
  for (const reg::Json& no :
       {reg::Json("x"), reg::Json(""), reg::Json("1.x"), reg::Json(12), reg::Json(2.5)})
    CHECK_FALSE(reg::holds(FieldType::Version, no));
  CHECK_FALSE(reg::field_type_from("lst").has_value());
}
