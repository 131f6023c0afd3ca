#include <manifest/settings_reader.h>
#include <manifest/table.h>
#include <reg/refresh.h>
#include <reg/text.h>
#include <algorithm>

namespace reg {
namespace {

struct WorkspaceSlots {
  const Node *name{}, *sources{}, *exclude{}, *cache{}, *lock_timeout{}, *refresh{},
      *library_path{};
};
constexpr KeyRule<WorkspaceSlots> workspace_rules[] = {
    {"name", &WorkspaceSlots::name, Kinds::String},
    {"sources", &WorkspaceSlots::sources, Kinds::Array},
    {"exclude", &WorkspaceSlots::exclude, Kinds::Array},
    {"cache", &WorkspaceSlots::cache, Kinds::String},
    {"lock_timeout", &WorkspaceSlots::lock_timeout, Kinds::Number},
    {"refresh", &WorkspaceSlots::refresh, Kinds::String},
    {"library_path", &WorkspaceSlots::library_path, Kinds::Array},
};

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void report_path(Problems& problems, const Element& value, const std::string& problem) {
  problems.add(value, {shown(*value.node.as<std::string_view>()) + " cannot be used: " + problem});
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

void read_refresh(Problems& problems, const Element& value, Refresh& out) {
  const std::string name(*value.node.as<std::string_view>());
  if (const auto known = refresh_named(name)) {
    out = *known;
  } else {
    problems.add(value, {"there is no " + shown(name) + "; it is one of warn, auto, off",
                         did_you_mean(name, {"warn", "auto", "off"})});
  }
}

}  // namespace

std::string path_problem(std::string_view path) {
  if (path.empty()) return "it is empty";
  if (has_control_character(path)) return "it has a control character";
  return {};
}

std::vector<SourceEntry> read_paths(Problems& problems, const Element& array) {
  std::vector<SourceEntry> paths;
  each_item(problems, array, Kinds::String, [&](const Element& item) {
    paths.push_back({std::string(*item.node.as<std::string_view>()), item.node.at});
    const std::string problem = path_problem(paths.back().pattern);
    if (!problem.empty()) report_path(problems, item, problem);
  });
  return paths;
}

// A key that is not understood may have been meant to say what the sources are.
SettingsState read_workspace(Problems& problems, const Element& table, Settings& out) {
  const std::size_t before = problems.count();
  const auto slots = read_table<WorkspaceSlots>(problems, table, workspace_rules);
  out.name = text_or_empty(slots.name);
  if (slots.sources) out.sources = read_paths(problems, table.member("sources", *slots.sources));
  if (slots.exclude) {
    for (SourceEntry& entry : read_paths(problems, table.member("exclude", *slots.exclude)))
      out.exclude.push_back(std::move(entry.pattern));
  }
  if (problems.count() != before) return SettingsState::Unknown;
  if (slots.cache) {
    problems.add(table.member("cache", *slots.cache),
                 {"it is no longer set here",
                  "`--cache FILE`, or REG_CACHE_DIR in the environment, says where the cache is"});
  }
  if (slots.lock_timeout) {
    read_timeout(problems, table.member("lock_timeout", *slots.lock_timeout), out.lock_timeout);
  }
  if (slots.refresh) read_refresh(problems, table.member("refresh", *slots.refresh), out.refresh);
  if (slots.library_path) {
    for (SourceEntry& entry :
         read_paths(problems, table.member("library_path", *slots.library_path)))
      out.library_path.push_back(std::move(entry.pattern));
  }
  return problems.count() == before ? SettingsState::Good : SettingsState::Wrong;
}

}  // namespace reg
