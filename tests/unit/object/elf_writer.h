#pragma once
// Writes small ELF files for tests: headers, sections reg_manifest, the dynamic symbols of
// functions.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace written {

struct Elf {
  bool wide = true, big = false;
  std::uint16_t machine = 62, type = 3;     // x86-64, a shared object
  std::vector<std::string> manifests = {};  // a section each
  std::vector<std::string> functions = {};
  std::uint64_t manifest_flags = 0;
  std::uint32_t manifest_kind = 1;

  std::string bytes() const;
};

inline std::string entry(std::string_view json, std::string_view version = "1") {
  return "\x1eREG" + std::string(version) + ' ' + std::string(json) + '\n';
}

// Numbers as the file has them.
class Bytes {
 public:
  explicit Bytes(const Elf& elf) : elf_(elf) {}
  Bytes& number(std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t shift = 8 * (elf_.big ? size - 1 - i : i);
      text += static_cast<char>(value >> shift & 0xFF);
    }
    return *this;
  }
  Bytes& half(std::uint64_t value) { return number(value, 2); }
  Bytes& word(std::uint64_t value) { return number(value, 4); }
  Bytes& address(std::uint64_t value) { return number(value, elf_.wide ? 8 : 4); }

  std::string text;

 private:
  const Elf& elf_;
};

struct Section {
  std::string name, data;
  std::uint32_t kind = 0, link = 0, entry_size = 0;
  std::uint64_t flags = 0;
};

inline std::vector<Section> sections_of(const Elf& elf) {
  constexpr std::uint64_t global_function = 0x12;
  Bytes symbols(elf);
  symbols.text.assign(elf.wide ? 24 : 16, '\0');
  std::string strings(1, '\0');
  for (const std::string& name : elf.functions) {
    symbols.word(strings.size());
    if (elf.wide) {
      symbols.number(global_function, 1).number(0, 1).half(1).address(0x1000).address(1);
    } else {
      symbols.address(0x1000).word(1).number(global_function, 1).number(0, 1).half(1);
    }
    strings += name + '\0';
  }
  std::vector<Section> sections;
  sections.push_back({".dynsym", symbols.text, 11, 2, elf.wide ? 24U : 16U, 0});
  sections.push_back({".dynstr", strings, 3, 0, 0, 0});
  for (const std::string& manifest : elf.manifests)
    sections.push_back({"reg_manifest", manifest, elf.manifest_kind, 0, 0, elf.manifest_flags});
  std::string names;
  for (const Section& section : sections) names += '\0' + section.name;
  sections.push_back({".shstrtab", names + '\0' + ".shstrtab" + '\0', 3, 0, 0, 0});
  return sections;
}

inline std::string Elf::bytes() const {
  const std::vector<Section> sections = sections_of(*this);
  std::uint64_t offset = wide ? 64 : 52, name_at = 1;
  Bytes headers(*this), file(*this);
  headers.text.assign(wide ? 64 : 40, '\0');
  std::string body;
  for (const Section& section : sections) {
    headers.word(name_at).word(section.kind).address(section.flags).address(0);
    headers.address(offset).address(section.data.size()).word(section.link).word(0);
    headers.address(1).address(section.entry_size);
    name_at += section.name.size() + 1;
    body += section.data;
    offset += section.data.size();
  }
  file.text = "\x7f";
  file.text += "ELF";
  file.number(wide ? 2 : 1, 1).number(big ? 2 : 1, 1).number(1, 1);
  file.text += std::string(9, '\0');
  file.half(type).half(machine).word(1).address(0).address(0).address(offset).word(0);
  file.half(wide ? 64 : 52).half(0).half(0).half(wide ? 64 : 40);
  file.half(sections.size() + 1).half(sections.size());
  return file.text + body + headers.text;
}

}  // namespace written
