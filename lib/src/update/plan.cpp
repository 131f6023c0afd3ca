#include <update/plan.h>
#include <workspace/io_error.h>
#include <algorithm>
#include <map>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_targeted(const std::string& path, const std::vector<std::string>& targets) {
  if (targets.empty() || path == Workspace::config_name) return true;
  return std::any_of(targets.begin(), targets.end(),
                     [&](const std::string& t) { return is_under(path, t); });
}

std::string_view kind_of(const SourceFile& file) {
  return file.extractor == nullptr ? "workspace" : file.extractor->name;
}

// What tells that the file is another one than was read; empty: nothing.
std::string difference(const SourceFile& file, const KnownSource& known) {
  if (known.kind != kind_of(file)) return "was read as " + known.kind;
  if (known.stamp.size != file.stamp.size) {
    return "size: " + std::to_string(known.stamp.size) + " to " + std::to_string(file.stamp.size) +
           " bytes";
  }
  if (known.stamp.modified != file.stamp.modified) return "modified since it was read";
  if (known.stamp != file.stamp) return "replaced, or its rights were changed";
  return {};
}

PlannedSource compare(const SourceFile& file, const KnownSource* known) {
  PlannedSource source{file, known, SourceState::Fresh, false, {}};
  if (known == nullptr) {
    source.state = SourceState::New;
    source.why = "not read yet";
  } else if (source.why = difference(file, *known); !source.why.empty()) {
    source.state = SourceState::Changed;
  } else if (known->failed) {
    source.state = SourceState::Failed;
    source.why = "had errors when it was read";
  }
  return source;
}

PlannedSource missing(const KnownSource& known) {
  return {{known.path, nullptr, known.stamp},
          &known,
          SourceState::Gone,
          false,
          "no longer among the sources"};
}

}  // namespace

std::string kind_of(const PlannedSource& source) {
  bool is_there = source.state != SourceState::Gone;
  return is_there || source.known == nullptr ? std::string(kind_of(source.file))
                                             : source.known->kind;
}

std::vector<PlannedSource> compare_sources(const Discovery& discovery, const State* state) {
  std::map<std::string_view, const KnownSource*> known;
  if (state != nullptr) {
    for (const KnownSource& source : state->sources) known.emplace(source.path, &source);
  }
  std::vector<PlannedSource> sources;
  for (const SourceFile& file : discovery.sources) {
    auto entry = known.extract(file.path);
    sources.push_back(compare(file, entry.empty() ? nullptr : entry.mapped()));
  }
  for (const auto& [path, source] : known) sources.push_back(missing(*source));
  std::sort(sources.begin(), sources.end(), [](const PlannedSource& a, const PlannedSource& b) {
    return source_before(a.file.path, b.file.path);
  });
  return sources;
}

Plan make_plan(const Discovery& discovery, const State* state,
               const std::vector<std::string>& targets) {
  Plan plan;
  for (PlannedSource& source : compare_sources(discovery, state)) {
    bool targeted = state == nullptr || is_targeted(source.file.path, targets);
    if (targeted && source.state == SourceState::Gone) {
      ++plan.gone;
    } else if (targeted || source.known != nullptr) {
      source.read = targeted && source.state != SourceState::Fresh;
      plan.to_read += source.read ? 1 : 0;
      plan.sources.push_back(std::move(source));
    }
  }
  return plan;
}

namespace {

fs::path without_links(const fs::path& folder) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(folder, error);
  if (error) throw io_error("find", folder, error.value());
  return path;
}

}  // namespace

std::vector<std::string> relative_targets(const Workspace& workspace,
                                          const std::vector<fs::path>& targets) {
  std::vector<std::string> relative;
  fs::path root = without_links(workspace.root());
  for (const fs::path& target : targets) {
    fs::path absolute = fs::absolute(target).lexically_normal();
    // The last component may itself be a link that stands among the sources.
    fs::path folder = without_links(absolute.parent_path());
    std::string path =
        (folder / absolute.filename()).lexically_normal().lexically_relative(root).generic_string();
    if (path.empty() || path == ".." || path.starts_with("../")) {
      throw InputError(target.string() + " is not in the workspace " + workspace.root().string());
    }
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    relative.push_back(path);
  }
  return relative;
}

void require_sources_under(const std::vector<std::string>& targets, const Plan& plan) {
  for (const std::string& target : targets) {
    bool found = std::any_of(
        plan.sources.begin(), plan.sources.end(),
        [&](const PlannedSource& source) { return is_under(source.file.path, target); });
    if (!found && plan.gone == 0) {
      throw InputError(
          "no source of this workspace is " + target + " or lies below it",
          "`sources` in registry.toml says what the sources are; `reg status` lists them");
    }
  }
}

}  // namespace reg
