// What a full run cannot be faster than: every manifest is parsed, every symbol's members are
// looked at, and the cache's bytes are written and brought to the disk.
//
//   simdjson_floor MANIFESTS CACHE COPY

#include <fcntl.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

namespace {

std::size_t read_symbols(const std::filesystem::path& manifest,
                         simdjson::ondemand::parser& parser) {
  const simdjson::padded_string text = simdjson::padded_string::load(manifest.string());
  std::size_t bytes = 0;
  simdjson::ondemand::document document = parser.iterate(text);
  for (simdjson::ondemand::object symbol : document["symbols"]) {
    for (auto member : symbol) bytes += std::string_view(member.value().raw_json_token()).size();
  }
  return bytes;
}

bool copy_to_disk(const char* from, const char* to) {
  const int in = ::open(from, O_RDONLY);
  const int out = ::open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  struct stat status {};
  if (in < 0 || out < 0 || ::fstat(in, &status) != 0) return false;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, in, 0);
  if (bytes == MAP_FAILED) return false;
  for (std::size_t done = 0; done < size;) {
    const ssize_t written = ::write(out, static_cast<const char*>(bytes) + done, size - done);
    if (written <= 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return ::fsync(out) == 0 && ::close(out) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  simdjson::ondemand::parser parser;
  std::size_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (entry.path().extension() == ".json") bytes += read_symbols(entry.path(), parser);
  }
  std::printf("%zu\n", bytes);
  return copy_to_disk(argv[2], argv[3]) ? 0 : 1;
}
