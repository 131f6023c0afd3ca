#include <revision/git_tree.h>
#include <charconv>
#include <optional>

namespace reg {
namespace {

bool stays_inside(std::string_view path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = path.substr(begin, end - begin);
    if (name.empty() || name == "." || name == ".." || name == ".git") return false;
    begin = end + 1;
  }
  return true;
}

std::optional<TreeEntry::Kind> kind_of(std::string_view mode) {
  if (mode == "120000") return TreeEntry::Kind::Link;
  if (mode == "160000") return TreeEntry::Kind::Submodule;
  if (mode == "100755") return TreeEntry::Kind::Program;
  if (mode.starts_with("100")) return TreeEntry::Kind::File;
  return std::nullopt;
}

// `100644 blob 0123…<TAB>path`
std::optional<TreeEntry> entry_from(const std::string& line) {
  const std::size_t tab = line.find('\t');
  const std::size_t object = line.rfind(' ', tab);
  const std::size_t mode = line.find(' ');
  if (tab == std::string::npos || object == std::string::npos) return std::nullopt;
  const auto kind = kind_of(std::string_view(line).substr(0, mode));
  std::string path = line.substr(tab + 1);
  if (!kind || !stays_inside(path)) return std::nullopt;
  return TreeEntry{*kind, line.substr(object + 1, tab - object - 1), std::move(path)};
}

// `<object> blob <size>`; else `<object> missing`.
std::size_t size_in(const std::string& line, const TreeEntry& entry) {
  const std::size_t space = line.rfind(' ');
  std::size_t size = 0;
  const char* end = line.data() + line.size();
  const bool is_size =
      space != std::string::npos && std::from_chars(line.data() + space + 1, end, size).ptr == end;
  if (!is_size || line.find(" blob ") == std::string::npos)
    throw StorageError(ErrorKind::Io, "git has not the content of " + entry.path + ": " + line,
                       "`git fetch` may bring it; a shallow or partial clone lacks some");
  return size;
}

}  // namespace

std::vector<TreeEntry> entries_of(const Git& git, const std::string& tree) {
  std::vector<TreeEntry> entries;
  git.run({"ls-tree", "-r", "-z", "--full-tree", tree}, {}, [&](ProcessOutput& output) {
    while (!output.at_end()) {
      if (auto entry = entry_from(output.take_until('\0'))) entries.push_back(std::move(*entry));
    }
  });
  return entries;
}

void each_content(const Git& git, std::span<const TreeEntry* const> entries,
                  const std::function<void(const TreeEntry& entry, std::string content)>& visit) {
  if (entries.empty()) return;
  std::string asked;
  for (const TreeEntry* entry : entries) asked += entry->object + '\n';
  git.run({"cat-file", "--batch", "--buffer"}, asked, [&](ProcessOutput& output) {
    for (const TreeEntry* entry : entries) {
      const std::string head = output.take_until('\n');
      // It ended, and says why.
      if (head.empty()) return;
      const std::size_t size = size_in(head, *entry);
      std::string content = output.take(size);
      if (content.size() != size || output.take(1) != "\n") return;
      visit(*entry, std::move(content));
    }
  });
}

std::vector<std::string> ignored_files(const Git& git) {
  std::vector<std::string> paths;
  const std::vector<std::string> words = {"ls-files", "-z", "--others", "--ignored",
                                          "--exclude-standard"};
  git.run(words, {}, [&](ProcessOutput& output) {
    while (!output.at_end()) paths.push_back(output.take_until('\0'));
  });
  return paths;
}

}  // namespace reg
