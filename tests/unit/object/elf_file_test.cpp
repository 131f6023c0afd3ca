#include <doctest/doctest.h>
#include <object/elf_writer.h>
#include <object/object_declarations.h>
#include <reg/error.h>
#include <sys/mman.h>
#include <unistd.h>
#include <workspace/descriptor.h>

using namespace reg;

namespace {

// An open file with these bytes.
Descriptor opened(const std::string& bytes) {
  Descriptor file(::memfd_create("elf", MFD_CLOEXEC));
  REQUIRE(::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  return file;
}

std::string manifest_of(const std::string& bytes, const char* path = "libx.so") {
  return read_object_manifest(opened(bytes).get(), path);
}

std::string why_not(const std::string& bytes, const char* path = "libx.so") {
  try {
    (void)manifest_of(bytes, path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "it was read";
}

written::Elf with_manifests(std::vector<std::string> manifests) {
  written::Elf elf;
  elf.manifests = std::move(manifests);
  return elf;
}

}  // namespace

TEST_CASE("the section is read whatever the class, byte order and machine") {
  for (const bool wide : {true, false}) {
    for (const bool big : {true, false}) {
      for (const unsigned machine : {62U, 183U, 8U, 0xFFFFU}) {
        written::Elf elf = with_manifests({"text"});
        elf.wide = wide;
        elf.big = big;
        elf.machine = static_cast<std::uint16_t>(machine);
        CHECK(manifest_of(elf.bytes()) == "text");
      }
    }
  }
}

TEST_CASE("several sections of the name are one after the other, and none is an empty text") {
  CHECK(manifest_of(with_manifests({"one", "two"}).bytes()) == "onetwo");
  CHECK(manifest_of(with_manifests({}).bytes()).empty());
  CHECK(manifest_of(with_manifests({""}).bytes()).empty());
  written::Elf for_debuggers = with_manifests({"x"});
  for_debuggers.manifest_kind = 8;  // the header of a section without its bytes
  CHECK(manifest_of(for_debuggers.bytes()).empty());
}

TEST_CASE("what is called a shared object and is no ELF file declares nothing") {
  CHECK(manifest_of("INPUT(libx.so.1)").empty());
  CHECK(why_not("#!/bin/sh", "bin/host") ==
        "is no ELF file, and nothing here can read declarations from it");
}

TEST_CASE("a file that is cut anywhere is truncated, and never one without declarations") {
  for (const bool wide : {true, false}) {
    written::Elf elf = with_manifests({"text"});
    elf.wide = wide;
    const std::string whole = elf.bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CAPTURE(size);
      CHECK(why_not(whole.substr(0, size)).find("is truncated: ") == 0);
    }
  }
}

TEST_CASE("no header is believed that says there is more than the file has") {
  const std::string whole = with_manifests({"text"}).bytes();
  const auto with = [&](std::size_t at, char value) {
    std::string bytes = whole;
    bytes[at] = value;
    return why_not(bytes);
  };
  CHECK(with(4, 3) == "is damaged: it is neither of 32 nor of 64 bits");
  CHECK(with(5, 0) == "is damaged: its byte order is unknown");
  CHECK(with(58, 1) == "is damaged: its section headers have a wrong size");
  CHECK(with(61, 1) == "is truncated: its section headers lie beyond its end");
  const std::size_t size_of_manifest = whole.size() - std::size_t{2} * 64 + 32;
  CHECK(with(size_of_manifest + 2, 1) ==
        "is truncated: its section reg_manifest lies beyond its end");
  CHECK(with(size_of_manifest + 5, 1).find("may have 67108864") != std::string::npos);
}

TEST_CASE("a compressed section and an object file that is to be linked are refused") {
  written::Elf compressed = with_manifests({"text"}), unlinked = compressed;
  compressed.manifest_flags = 0x800;
  unlinked.type = 1;
  CHECK(why_not(compressed.bytes()) == "its section reg_manifest is compressed");
  CHECK(why_not(unlinked.bytes()) == "is no shared object and no executable, but an object file");
}

TEST_CASE("exported functions are those of the dynamic symbol table, by the names people know") {
  for (const bool wide : {true, false}) {
    written::Elf elf;
    elf.wide = wide;
    elf.big = !wide;
    elf.functions = {"dgemm", "_ZN2ns9make_fastEi", "_ZN2ns9make_fastEd", "_ZNSaIcED1Ev"};
    CHECK(read_object_exports(opened(elf.bytes()).get()) == "dgemm\nns::make_fast\n");
  }
  CHECK_THROWS_AS((void)read_object_exports(opened("INPUT(x)").get()), InputError);
}

TEST_CASE(
    "section headers that would begin near the end of all numbers lie beyond the file's end") {
  std::string bytes = with_manifests({"text"}).bytes();
  bytes.replace(40, 8, "\xf8\xff\xff\xff\xff\xff\xff\xff", 8);
  CHECK(why_not(bytes) == "is truncated: its section headers lie beyond its end");
  bytes.replace(60, 2, 2, '\0');  // the first header would say how many there are
  CHECK(why_not(bytes) == "is truncated: its section headers lie beyond its end");
}
