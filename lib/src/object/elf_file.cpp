#include <gelf.h>
#include <libelf.h>
#include <object/elf_file.h>
#include <reg/error.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace reg {
namespace {

constexpr std::string_view magic =
    "\x7f"
    "ELF";

[[noreturn]] void damaged(const std::string& what) {
  throw InputError("is damaged: " + what, "build it again");
}
[[noreturn]] void truncated(const std::string& what) {
  throw InputError("is truncated: " + what, "build it again");
}
[[noreturn]] void fail_as_libelf_says() {
  const char* words = ::elf_errmsg(-1);
  damaged(words == nullptr ? "it cannot be read" : words);
}

// As much as there is, at most `size`.
std::string bytes_at(int descriptor, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got =
        ::pread(descriptor, bytes.data() + have, size - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      throw StorageError(ErrorKind::Io,
                         "cannot be read: " + std::generic_category().message(errno));
    }
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

// The parts of the file's header that tell where the section headers are. libelf would believe
// them, and make room for as many sections as they say.
class Header {
 public:
  explicit Header(std::string bytes) : bytes_(std::move(bytes)) {
    if (bytes_.size() <= EI_DATA) truncated("it ends within its header");
    const auto kind = byte(EI_CLASS), order = byte(EI_DATA);
    if (kind != ELFCLASS32 && kind != ELFCLASS64) damaged("it is neither of 32 nor of 64 bits");
    if (order != ELFDATA2LSB && order != ELFDATA2MSB) damaged("its byte order is unknown");
    is_wide_ = kind == ELFCLASS64;
    is_big_ = order == ELFDATA2MSB;
    if (bytes_.size() < (is_wide_ ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr)))
      truncated("it ends within its header");
  }

  std::uint64_t type() const { return number(16, 2); }
  std::uint64_t sections_at() const { return is_wide_ ? number(40, 8) : number(32, 4); }
  std::uint64_t section_size() const { return number(is_wide_ ? 58 : 46, 2); }
  std::uint64_t section_count() const { return number(is_wide_ ? 60 : 48, 2); }
  std::size_t true_section_size() const {
    return is_wide_ ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
  }
  // Where there are too many sections for the header, the first one's size says how many.
  std::uint64_t count_in(std::string_view first_section) const {
    return is_wide_ ? number_in(first_section, 32, 8) : number_in(first_section, 20, 4);
  }

 private:
  unsigned byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
  std::uint64_t number(std::size_t at, std::size_t size) const {
    return number_in(bytes_, at, size);
  }
  std::uint64_t number_in(std::string_view bytes, std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t next = is_big_ ? at + i : at + size - 1 - i;
      value = value << 8 | static_cast<unsigned char>(bytes[next]);
    }
    return value;
  }

  std::string bytes_;
  bool is_wide_ = false, is_big_ = false;
};

std::uint64_t size_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0)
    throw StorageError(ErrorKind::Io, "cannot be read: " + std::generic_category().message(errno));
  return static_cast<std::uint64_t>(status.st_size);
}

void check_sections(int descriptor, const Header& header) {
  const std::uint64_t begin = header.sections_at(), size = size_of(descriptor);
  if (begin == 0) return;
  if (begin > size || header.true_section_size() > size - begin)
    truncated("its section headers lie beyond its end");
  if (header.section_size() != header.true_section_size())
    damaged("its section headers have a wrong size");
  std::uint64_t count = header.section_count();
  if (count == 0) {
    const std::string first = bytes_at(descriptor, begin, header.true_section_size());
    if (first.size() < header.true_section_size()) truncated("it became shorter");
    count = header.count_in(first);
  }
  if (count > ElfFile::max_sections)
    damaged("it says that it has " + std::to_string(count) + " sections");
  if (count * header.section_size() > size - begin)
    truncated("its section headers lie beyond its end");
}

void check_size(const GElf_Shdr& header, const std::string& what) {
  if (header.sh_size <= ElfFile::max_section) return;
  throw InputError(what + " has " + std::to_string(header.sh_size) + " bytes, and may have " +
                   std::to_string(ElfFile::max_section));
}

GElf_Shdr header_of(Elf_Scn* section) {
  GElf_Shdr header;
  if (::gelf_getshdr(section, &header) == nullptr) fail_as_libelf_says();
  return header;
}

// A table of names, whose size has been looked at before any of it is read.
class Names {
 public:
  Names(Elf* elf, std::size_t section) : elf_(elf), section_(section) {
    Elf_Scn* table = ::elf_getscn(elf, section);
    if (table == nullptr) damaged("the section of its names is missing");
    check_size(header_of(table), "a section of names");
  }
  std::string_view at(std::size_t offset) const {
    const char* name = ::elf_strptr(elf_, section_, offset);
    if (name == nullptr) damaged("a name lies beyond the end of its section");
    return name;
  }

 private:
  Elf* elf_;
  std::size_t section_;
};

std::string bytes_of(Elf_Scn* section, const GElf_Shdr& header, std::string_view name) {
  const std::string what = "its section " + std::string(name);
  if (header.sh_type == SHT_NOBITS) return {};  // what was split from a program: debug information
  if ((header.sh_flags & SHF_COMPRESSED) != 0)
    throw InputError(what + " is compressed", "link it without compressing that section");
  check_size(header, what);
  const Elf_Data* data = ::elf_rawdata(section, nullptr);
  if (data == nullptr) truncated(what + " lies beyond its end");
  if (data->d_buf == nullptr || data->d_size == 0) return {};
  return {static_cast<const char*>(data->d_buf), data->d_size};
}

bool is_exported_function(const GElf_Sym& symbol) {
  const auto type = GELF_ST_TYPE(symbol.st_info), binding = GELF_ST_BIND(symbol.st_info),
             visibility = GELF_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && (type == STT_FUNC || type == STT_GNU_IFUNC) &&
         (binding == STB_GLOBAL || binding == STB_WEAK || binding == STB_GNU_UNIQUE) &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

}  // namespace

bool begins_as_elf(int descriptor) {
  std::array<char, magic.size()> begin{};
  const ssize_t got = ::pread(descriptor, begin.data(), begin.size(), 0);
  return got > 0 && magic.starts_with({begin.data(), static_cast<std::size_t>(got)});
}

void ElfFile::Closer::operator()(Elf* elf) const { ::elf_end(elf); }

std::optional<ElfFile> ElfFile::open(int descriptor) {
  std::string begin = bytes_at(descriptor, 0, sizeof(Elf64_Ehdr));
  if (magic.starts_with(begin)) truncated("it has " + std::to_string(begin.size()) + " bytes");
  if (!begin.starts_with(magic)) return std::nullopt;
  const Header header(std::move(begin));
  if (header.type() == ET_REL)
    throw InputError("is no shared object and no executable, but an object file",
                     "name what it is linked into");
  check_sections(descriptor, header);
  static const bool is_ready = ::elf_version(EV_CURRENT) != EV_NONE;
  Elf* elf = is_ready ? ::elf_begin(descriptor, ELF_C_READ, nullptr) : nullptr;
  if (elf == nullptr) fail_as_libelf_says();
  ElfFile file(elf);
  if (::elf_kind(elf) != ELF_K_ELF) fail_as_libelf_says();
  return file;
}

std::string ElfFile::section(std::string_view name) const {
  std::size_t names_at = 0;
  if (::elf_getshdrstrndx(elf_.get(), &names_at) != 0) fail_as_libelf_says();
  if (names_at == SHN_UNDEF) return {};
  const Names names(elf_.get(), names_at);
  std::string bytes;
  for (Elf_Scn* each = ::elf_nextscn(elf_.get(), nullptr); each != nullptr;
       each = ::elf_nextscn(elf_.get(), each)) {
    const GElf_Shdr header = header_of(each);
    if (names.at(header.sh_name) == name) bytes += bytes_of(each, header, name);
    if (bytes.size() > max_section) damaged("it has too many sections " + std::string(name));
  }
  return bytes;
}

void ElfFile::each_exported_function(const std::function<void(std::string_view name)>& take) const {
  for (Elf_Scn* each = ::elf_nextscn(elf_.get(), nullptr); each != nullptr;
       each = ::elf_nextscn(elf_.get(), each)) {
    const GElf_Shdr header = header_of(each);
    if (header.sh_type != SHT_DYNSYM) continue;
    check_size(header, "its dynamic symbol table");
    Elf_Data* data = ::elf_getdata(each, nullptr);
    if (data == nullptr) truncated("its dynamic symbol table lies beyond its end");
    const Names names(elf_.get(), header.sh_link);
    GElf_Sym symbol;
    for (int i = 0; ::gelf_getsym(data, i, &symbol) != nullptr; ++i) {
      if (is_exported_function(symbol)) take(names.at(symbol.st_name));
    }
  }
}

}  // namespace reg
