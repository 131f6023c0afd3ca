#pragma once
// Where a Python interpreter finds installed packages, told from the file system alone.

#include <filesystem>
#include <string>
#include <vector>

namespace reg {

// The folders that there are, absolute, in the order in which the interpreter looks into them: the
// site-packages of its virtual environment (`pyvenv.cfg`), or of its installation, and Debian's
// dist-packages. Nothing is run (Python's `site` module and PEP 405 say what it would do).
std::vector<std::string> python_path(const std::filesystem::path& interpreter);

}  // namespace reg
