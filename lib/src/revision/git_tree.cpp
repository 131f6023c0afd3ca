#include <revision/git_tree.h>
#include <charconv>
#include <optional>
#include <unordered_set>

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
void add_line(const std::string& line, Tree& tree) {
  const std::size_t tab = line.find('\t');
  const std::size_t object = line.rfind(' ', tab);
  if (tab == std::string::npos || object == std::string::npos) return;
  const auto kind = kind_of(std::string_view(line).substr(0, line.find(' ')));
  std::string path = line.substr(tab + 1);
  if (!kind || !stays_inside(path)) return tree.refused.push_back(std::move(path));
  tree.entries.push_back({*kind, line.substr(object + 1, tab - object - 1), std::move(path)});
}

using Paths = std::unordered_set<std::string>;

bool is_below_any(const std::string& path, const Paths& paths) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (paths.contains(path.substr(0, slash))) return true;
  }
  return false;
}

// A tree is data of others: it need not be one that git would make.
void refuse_impossible(Tree& tree) {
  Paths all, seen;
  for (const TreeEntry& entry : tree.entries) all.insert(entry.path);
  std::erase_if(tree.entries, [&](const TreeEntry& entry) {
    const bool is_impossible = !seen.insert(entry.path).second || is_below_any(entry.path, all);
    if (is_impossible) tree.refused.push_back(entry.path);
    return is_impossible;
  });
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

Tree read_tree(const Git& git, const std::string& tree, const std::string& only) {
  Tree found;
  std::vector<std::string> words = {"ls-tree", "-r", "-z", "--full-tree", tree};
  if (!only.empty()) words.insert(words.end(), {"--", only});
  git.run(words, {}, [&](ProcessOutput& output) {
    while (!output.at_end()) add_line(output.take_until('\0'), found);
  });
  refuse_impossible(found);
  return found;
}

void each_content(const Git& git, std::span<const TreeEntry* const> entries,
                  const std::function<void(const TreeEntry& entry, std::string content)>& visit) {
  if (entries.empty()) return;
  std::string asked;
  for (const TreeEntry* entry : entries) asked += entry->object + '\n';
  std::size_t visited = 0;
  git.run({"cat-file", "--batch", "--buffer"}, asked, [&](ProcessOutput& output) {
    for (const TreeEntry* entry : entries) {
      const std::string head = output.take_until('\n');
      // It ended, and says why.
      if (head.empty()) return;
      const std::size_t size = size_in(head, *entry);
      std::string content = output.take(size);
      if (content.size() != size || output.take(1) != "\n") return;
      visit(*entry, std::move(content));
      ++visited;
    }
  });
  if (visited != entries.size())
    throw StorageError(ErrorKind::Io, "git ended before it told all that it was asked for");
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
