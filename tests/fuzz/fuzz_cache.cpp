// Opens, verifies and queries a cache made of the input: nothing may crash, and what verify finds
// no fault with must answer every query.

#include <cache/cache_file.h>
#include <cache/verify.h>
#include <reg/cache.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using reg::CacheSection;

constexpr std::size_t most_queries = 50;

// A file without a name, which lives in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : fd_(::memfd_create("cache", MFD_CLOEXEC)) {
    if (fd_ < 0 ||
        ::write(fd_, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
      std::abort();
    }
  }
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

// The section that ends where `after` begins; the next one begins behind that.
CacheSection take_section(std::string_view text, std::size_t& at, std::string_view after) {
  CacheSection section{at, std::min(text.find(after, at), text.size())};
  at = section.end + after.size();
  return section;
}

// Puts a first line that fits before the input, because hardly any mutation of one would be let in.
// Every other input is taken as it is.
std::string with_header(std::string_view input) {
  if (input.starts_with("{\"format\"")) return std::string(input);
  std::string text(reg::layout::header_size, ' ');
  text += input;
  reg::CacheHeader header;
  std::size_t at = reg::layout::header_size;
  header.workspace = take_section(text, at, reg::layout::before_predicates);
  header.predicates = take_section(text, at, reg::layout::before_registries);
  header.registries = take_section(text, at, reg::layout::before_symbols);
  header.symbols = take_section(text, at, reg::layout::before_oids);
  header.oids = take_section(text, at, reg::layout::after_oids);
  header.bytes = text.size();
  for (std::size_t i = text.find("{\"registry\""); i < text.size();
       i = text.find("{\"registry\"", i + 1)) {
    ++header.count;
  }
  return text.replace(0, reg::layout::header_size, header_line(header));
}

void query_registry(const reg::Cache& cache, const std::string& registry) {
  std::size_t queries = 0;
  cache.each_symbol(registry, [&](const reg::SymbolView& view) {
    const reg::Symbol symbol = view.symbol();
    (void)cache.find(symbol.oid);
    (void)cache.score(symbol.registry, symbol.oid, {{"device", "cuda"}, {"version", 3}},
                      reg::Explain::Yes);
    return ++queries < most_queries;
  });
  (void)cache.possible_objects(registry, {{"device", "cpu"}});
}

void query(const reg::Cache& cache) {
  (void)cache.workspace_name();
  for (const reg::RegistryInfo& info : cache.registries()) query_registry(cache, info.name);
  (void)cache.implementations("Kernel", "gemm");
  (void)cache.registries_of("gemm");
}

void check(const reg::Cache& cache) {
  bool whole = cache.verify().empty();
  try {
    query(cache);
  } catch (const reg::StorageError& error) {
    if (!whole) return;
    std::fprintf(stderr, "verify found nothing, but: %s\n", error.what());
    std::abort();
  } catch (const reg::RegistryError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  MemoryFile file(with_header({reinterpret_cast<const char*>(data), size}));
  try {
    check(reg::Cache::open(file.path()));
  } catch (const reg::StorageError&) {
    return 0;
  }
  return 0;
}
