#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <plugin/dynamic_section.h>
#include <sys/stat.h>
#include <workspace/descriptor.h>
#include <algorithm>
#include <memory>
#include <string_view>

namespace reg {
namespace {

struct EndElf {
  void operator()(Elf* elf) const { ::elf_end(elf); }
};
using OpenElf = std::unique_ptr<Elf, EndElf>;

class DynamicReader {
 public:
  DynamicReader(Elf* elf, std::uint64_t size) : elf_(elf), size_(size) {
    std::size_t count = 0;
    if (::elf_getphdrnum(elf, &count) != 0) return;
    GElf_Phdr header{};
    for (int at = 0; at < static_cast<int>(count) && ::gelf_getphdr(elf, at, &header); ++at)
      segments_.push_back(header);
  }

  DynamicSection read() {
    DynamicSection section;
    for (const GElf_Phdr& segment : segments_) {
      if (segment.p_type != PT_LOAD) continue;
      const std::uint64_t end = segment.p_offset + segment.p_filesz;
      if (end < segment.p_offset || end > size_)
        section.missing = std::max(section.missing, end < segment.p_offset ? end : end - size_);
    }
    if (section.missing == 0) read_entries(section);
    return section;
  }

 private:
  void read_entries(DynamicSection& section) {
    const std::vector<GElf_Dyn> entries = read_table();
    const std::string_view strings = strings_of(entries);
    for (const GElf_Dyn& entry : entries) {
      const std::string text = text_at(strings, entry.d_un.d_val);
      if (entry.d_tag == DT_NEEDED && !text.empty()) section.needed.push_back(text);
      if (entry.d_tag == DT_RUNPATH) section.runpath = text;
      if (entry.d_tag == DT_RPATH) section.rpath = text;
    }
  }

  std::vector<GElf_Dyn> read_table() {
    std::vector<GElf_Dyn> entries;
    for (const GElf_Phdr& segment : segments_) {
      if (segment.p_type != PT_DYNAMIC) continue;
      Elf_Data* data = chunk(segment.p_offset, segment.p_filesz, ELF_T_DYN);
      GElf_Dyn entry{};
      for (int at = 0; data && ::gelf_getdyn(data, at, &entry) && entry.d_tag != DT_NULL; ++at)
        entries.push_back(entry);
    }
    return entries;
  }

  std::string_view strings_of(const std::vector<GElf_Dyn>& entries) {
    std::uint64_t address = 0, size = 0;
    for (const GElf_Dyn& entry : entries) {
      if (entry.d_tag == DT_STRTAB) address = entry.d_un.d_ptr;
      if (entry.d_tag == DT_STRSZ) size = entry.d_un.d_val;
    }
    for (const GElf_Phdr& segment : segments_) {
      if (segment.p_type != PT_LOAD || address < segment.p_vaddr ||
          address - segment.p_vaddr >= segment.p_filesz)
        continue;
      const std::uint64_t offset = segment.p_offset + (address - segment.p_vaddr);
      Elf_Data* data = chunk(offset, size, ELF_T_BYTE);
      if (data && data->d_buf) return {static_cast<const char*>(data->d_buf), data->d_size};
    }
    return {};
  }

  static std::string text_at(std::string_view strings, std::uint64_t offset) {
    if (offset >= strings.size()) return {};
    const std::string_view rest = strings.substr(offset);
    return std::string(rest.substr(0, std::min(rest.find('\0'), rest.size())));
  }

  Elf_Data* chunk(std::uint64_t offset, std::uint64_t size, Elf_Type type) {
    if (offset > size_ || size > size_ - offset) return nullptr;
    return ::elf_getdata_rawchunk(elf_, static_cast<std::int64_t>(offset), size, type);
  }

  Elf* elf_;
  std::uint64_t size_;
  std::vector<GElf_Phdr> segments_;
};

}  // namespace

std::optional<DynamicSection> read_dynamic_section(const std::filesystem::path& file) {
  static const bool works = ::elf_version(EV_CURRENT) != EV_NONE;
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!works || !opened.is_open() || ::fstat(opened.get(), &status) != 0 ||
      !S_ISREG(status.st_mode))
    return std::nullopt;
  const OpenElf elf(::elf_begin(opened.get(), ELF_C_READ, nullptr));
  if (!elf || ::elf_kind(elf.get()) != ELF_K_ELF) return std::nullopt;
  return DynamicReader(elf.get(), static_cast<std::uint64_t>(status.st_size)).read();
}

}  // namespace reg
