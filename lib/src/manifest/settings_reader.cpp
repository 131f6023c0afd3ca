#include <manifest/settings_reader.h>
#include <manifest/table.h>
#include <reg/workspace.h>
#include <algorithm>
#include <filesystem>

namespace reg {
namespace {

struct WorkspaceSlots {
  const Node *name{}, *sources{}, *exclude{}, *cache{}, *lock_timeout{};
};
constexpr KeyRule<WorkspaceSlots> workspace_rules[] = {
    {"name", &WorkspaceSlots::name, Kinds::String},
    {"sources", &WorkspaceSlots::sources, Kinds::Array},
    {"exclude", &WorkspaceSlots::exclude, Kinds::Array},
    {"cache", &WorkspaceSlots::cache, Kinds::String},
    {"lock_timeout", &WorkspaceSlots::lock_timeout, Kinds::Number},
};

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string path_problem(std::string_view path) {
  if (path.empty()) return "it is empty";
  if (has_control_character(path)) return "it has a control character";
  return {};
}

std::string cache_problem(std::string_view text) {
  if (auto problem = path_problem(text); !problem.empty()) return problem;
  const std::filesystem::path path = std::filesystem::path(text).lexically_normal();
  if (path.is_absolute()) return "it must be relative to the workspace";
  if (*path.begin() == "..") return "it must lie inside the workspace";
  if (!path.has_filename() || path == ".") return "it must name a file";
  return {};
}

void report_path(Problems& problems, const Element& value, const std::string& problem) {
  problems.add(value, {shown(*value.node.as<std::string_view>()) + " cannot be used: " + problem});
}

std::vector<std::string> read_paths(Problems& problems, const Element& array) {
  std::vector<std::string> paths;
  each_item(problems, array, Kinds::String, [&](const Element& item) {
    paths.emplace_back(*item.node.as<std::string_view>());
    const std::string problem = path_problem(paths.back());
    if (!problem.empty()) report_path(problems, item, problem);
  });
  return paths;
}

void read_timeout(Problems& problems, const Element& value, double& out) {
  constexpr double longest = 3600;
  const double seconds = number_of(value.node).value_or(0);
  if (seconds > 0 && seconds <= longest) {
    out = seconds;
  } else {
    problems.add(value, {"expected a number of seconds above 0 and up to 3600"});
  }
}

}  // namespace

void read_workspace(Problems& problems, const Element& table, Settings& out) {
  const auto slots = read_table<WorkspaceSlots>(problems, table, workspace_rules);
  out.name = text_or_empty(slots.name);
  if (slots.sources) out.sources = read_paths(problems, table.member("sources", *slots.sources));
  if (slots.exclude) out.exclude = read_paths(problems, table.member("exclude", *slots.exclude));
  if (slots.cache) {
    const std::string problem = cache_problem(text_or_empty(slots.cache));
    if (problem.empty()) {
      out.cache = text_or_empty(slots.cache);
    } else {
      report_path(problems, table.member("cache", *slots.cache), problem);
    }
  }
  if (slots.lock_timeout) {
    read_timeout(problems, table.member("lock_timeout", *slots.lock_timeout), out.lock_timeout);
  }
}

}  // namespace reg
