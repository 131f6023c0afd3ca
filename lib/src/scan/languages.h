#pragma once
// What reads one file of each language; the table is in scanner.h.

#include <scan/account.h>
#include <scan/words.h>
#include <string_view>

namespace reg {

// Python, by tree-sitter. Where the program was built without, the account has a problem that says
// so.
Account scan_python(std::string_view content, const Words& words);

// C++, by a lexer of its own: macro uses and calls whose names end with one of the words.
Account scan_cpp(std::string_view content, const Words& words);

// An installed package's entry_points.txt (the entry points specification of the Python packaging
// guide). The words do not matter.
Account scan_entry_points(std::string_view content, const Words& words);

// pluginlib's plugin descriptions; of other XML there is nothing in the account.
Account scan_plugin_xml(std::string_view content, const Words& words);

}  // namespace reg
