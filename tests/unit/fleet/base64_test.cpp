#include <base64.h>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <string>

namespace {

using namespace reg::fleet;

std::string base64(std::string_view bytes) {
  std::string text;
  append_base64(text, bytes);
  return text;
}

TEST_CASE("base64 is padded, and what it stands for comes back") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64(std::string("\xff\xfe\xfd", 3)) == "//79");
  CHECK(
      rc::check([](const std::string& bytes) { RC_ASSERT(from_base64(base64(bytes)) == bytes); }));
}

TEST_CASE("what is no base64 is refused, and the same bytes have one text") {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zg==Zg==", "Zh==", "Zm9=",
                           "Zm9", "Zm 9v", "Zm9v\n", "Zm9_", "Z-9v", "=Zg="}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text));
  }
  CHECK(rc::check([](const std::string& text) {
    const auto bytes = from_base64(text);
    if (bytes) RC_ASSERT(base64(*bytes) == text);
  }));
}

}  // namespace
