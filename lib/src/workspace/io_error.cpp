#include <workspace/io_error.h>
#include <system_error>

namespace reg {

StorageError io_error(const std::string& doing, const std::filesystem::path& path, int error) {
  return {ErrorKind::Io,
          "cannot " + doing + ' ' + path.string() + ": " + std::generic_category().message(error)};
}

}  // namespace reg
