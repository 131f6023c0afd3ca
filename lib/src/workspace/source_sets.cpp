#include <workspace/discover.h>
#include <workspace/path_pattern.h>
#include <workspace/python_path.h>
#include <algorithm>

namespace reg {
namespace {

bool same_files(const SourceSet& a, const SourceSet& b) {
  const auto same_pattern = [](const SourceEntry& one, const SourceEntry& other) {
    return one.pattern == other.pattern;
  };
  return a.exclude == b.exclude && std::equal(a.patterns.begin(), a.patterns.end(),
                                              b.patterns.begin(), b.patterns.end(), same_pattern);
}

bool reads(const Scan& scan, Language language) {
  return std::any_of(scan.idioms.begin(), scan.idioms.end(),
                     [&](const Idiom& idiom) { return idiom.language == language; });
}

// A pattern that fits this path alone.
std::string as_pattern(const std::string& path) {
  std::string pattern;
  for (const char c : path) {
    const bool is_wild = c == '*' || c == '?' || c == '[';
    pattern += is_wild ? std::string{'[', c, ']'} : std::string{c};
  }
  return pattern;
}

// What an interpreter finds packages in: their metadata, and their modules if these are read, too.
std::vector<SourceEntry> packages_of(const Workspace& workspace, const Scan& scan) {
  std::vector<SourceEntry> entries;
  const std::vector<std::string> folders = python_path(workspace.root() / scan.python);
  // Discovery says that nothing is there.
  if (folders.empty()) entries.push_back({scan.python, scan.at});
  for (const std::string& found : folders) {
    const std::string folder = as_pattern(found);
    const bool modules = reads(scan, Language::Python);
    // Without a place: whether there is anything in it is nobody's mistake.
    entries.push_back({modules ? folder : folder + "/*-info/entry_points.txt", {}});
  }
  return entries;
}

SourceSet set_of(const Workspace& workspace, const Settings& settings, const Scan& scan) {
  SourceSet set{scan.sources, settings.exclude, false, {}};
  if (scan.sources.empty()) set.patterns = settings.sources;
  if (!scan.python.empty()) {
    for (SourceEntry& entry : packages_of(workspace, scan)) set.patterns.push_back(entry);
  }
  set.at = scan.at;
  set.exclude.insert(set.exclude.end(), scan.exclude.begin(), scan.exclude.end());
  return set;
}

}  // namespace

void add_reader(SourceSet& set, Language language, std::size_t scan) {
  auto known = std::find_if(set.code.begin(), set.code.end(), [&](const SourceSet::Reader& reader) {
    return reader.language == language;
  });
  if (known == set.code.end()) known = set.code.insert(known, {language, {}});
  if (known->scans.empty() || known->scans.back() != scan) known->scans.push_back(scan);
}

std::vector<SourceSet> source_sets(const Workspace& workspace, const Settings& settings) {
  std::vector<SourceSet> sets = {{settings.sources, settings.exclude, true, {}}};
  for (std::size_t i = 0; i < settings.scans.size(); ++i) {
    const Scan& scan = settings.scans[i];
    SourceSet set = set_of(workspace, settings, scan);
    auto known = std::find_if(sets.begin(), sets.end(),
                              [&](const SourceSet& each) { return same_files(each, set); });
    if (known == sets.end()) known = sets.insert(sets.end(), std::move(set));
    for (const Idiom& idiom : scan.idioms) add_reader(*known, idiom.language, i);
  }
  if (settings.remote) {
    sets.emplace_back();
    const RemoteSettings& remote = *settings.remote;
    // Who publishes nothing has no origin of its own.
    sets.back().all_origins_but = remote.publish.empty() ? std::string() : remote.origin;
  }
  return sets;
}

SourceSet expectation_set(const Settings& settings) {
  SourceSet set = folder_set(".", settings);
  for (const SourceEntry& entry : settings.sources) {
    const PathPattern pattern(entry.pattern);
    if (!pattern.base().empty()) set.patterns.push_back({pattern.base(), {}});
  }
  return set;
}

SourceSet folder_set(const std::string& folder, const Settings& settings) {
  const std::string pattern = as_pattern(folder);
  return {{{pattern == folder ? pattern : pattern + "/**", {}}}, settings.exclude, true, {}};
}

}  // namespace reg
