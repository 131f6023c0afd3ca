#include <scan/scanner.h>
#include <text/hash.h>
#include <update/matched_objects.h>
#include <update/plan.h>
#include <update/targets.h>
#include <workspace/source_content.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

std::string_view kind_of(const SourceFile& file) {
  return file.extractor == nullptr ? "workspace" : file.extractor->name;
}

// What tells that the file is another one than was read, without reading it; empty: nothing.
std::string difference(const SourceFile& file, const KnownSource& known) {
  if (known.kind != kind_of(file)) return "was read as " + known.kind;
  if (known.stamp.size == file.stamp.size || reads_of(file.path) != Reads::Whole) return {};
  return "size: " + std::to_string(known.stamp.size) + " to " + std::to_string(file.stamp.size) +
         " bytes";
}

PlannedSource compare(const SourceFile& file, const KnownSource* known) {
  PlannedSource source{file, known};
  if (known == nullptr) {
    source.state = SourceState::New;
    source.why = "not read yet";
  } else if (source.why = difference(file, *known); !source.why.empty()) {
    source.state = SourceState::Changed;
  } else if (known->failed()) {
    source.state = SourceState::Failed;
    source.why = "had errors when it was read: " + known->first_error();
  }
  return source;
}

// Nothing is known of what could not be looked at, or lies below what could not.
PlannedSource missing(const KnownSource& known, const Discovery& discovery) {
  PlannedSource source{{known.path, nullptr, known.stamp}, &known};
  source.is_there = false;
  for (const Unreadable& unreadable : discovery.unreadable) {
    if (!is_under(known.path, unreadable.path)) continue;
    source.state = SourceState::Failed;
    source.why =
        known.path == unreadable.path ? unreadable.why : unreadable.path + ' ' + unreadable.why;
    return source;
  }
  source.state = SourceState::Gone;
  source.why = "no longer among the sources";
  return source;
}

// Looks into a file that has another stamp than it had, and the same size.
void look_into(const Inputs& inputs, PlannedSource& source) {
  const bool is_config = source.file.path == Workspace::config_name;
  try {
    std::uint64_t hash = inputs.config->hash;
    if (!is_config) {
      const FileContent content = read_settled_content(inputs.workspace.root() / source.file.path,
                                                       reads_of(source.file.path));
      source.file.stamp = content.stamp;
      hash = hash_of(content.text);
    }
    source.restamped = hash == source.known->hash;
    if (source.restamped) return;
    source.state = SourceState::Changed;
    source.why = "has another content";
  } catch (const RegistryError& error) {
    source.state = SourceState::Failed;
    source.why = error.what();
  } catch (const std::exception& error) {
    source.state = SourceState::Failed;
    source.why = "cannot be read: " + std::string(error.what());
  }
}

// Only its content can tell whether it is as it is known.
bool is_suspect(const PlannedSource& source) {
  const bool same_size = source.state == SourceState::Fresh || source.state == SourceState::Failed;
  return source.is_there && same_size && !is_unchanged(source.known->stamp, source.file.stamp);
}

void look_into(const Inputs& inputs, const std::vector<PlannedSource*>& suspects, unsigned jobs) {
  for_each_number(suspects.size(), jobs, [&](std::size_t i) { look_into(inputs, *suspects[i]); });
}

// Where a target names no source, nothing may be done at all.
void require_found(const Targets& targets) {
  const std::filesystem::path* missing = targets.not_found();
  if (missing == nullptr) return;
  throw InputError("no source of this workspace is " + missing->string() + " or lies below it",
                   "`sources` in registry.toml says what the sources are; `reg status` lists them");
}

// What a run has to look at.
class Aim {
 public:
  Aim(const Inputs& inputs, const Request& request)
      : everything_(!request.is_partial() || inputs.state() == nullptr),
        pending_(request.pending ? &*request.pending : nullptr),
        targets_(inputs.workspace, request.options.targets) {}

  // Whether it was asked for; each target that names something is marked.
  bool at(const std::string& path) {
    const bool named = targets_.contain(path);
    return everything_ || is_pending(path) || named;
  }
  // Likewise for a source, or a library that it matches functions in.
  bool at(const PlannedSource& source) {
    bool named = at(source.file.path);
    if (everything_ || source.known == nullptr) return named;
    for (const Match& match : source.known->declarations->matches) {
      if (names_object(match)) named |= targets_.contain(object_path(source.file.path, match));
    }
    return named;
  }
  // registry.toml is always read, but what is wrong in it as it is known is tried again only where
  // it was asked for.
  bool reads(const PlannedSource& source) {
    if (is_pending(source.file.path)) return true;
    const bool known_to_fail = source.state == SourceState::Failed;
    return source.state != SourceState::Fresh && (!known_to_fail || source.asked_for);
  }
  bool is_pending(const std::string& path) const {
    return pending_ != nullptr && path == pending_->path;
  }
  bool concerns(const Diagnostic& found) {
    return everything_ || (found.severity == Severity::Error && targets_.meet(found.place.path));
  }
  const Targets& targets() const { return targets_; }

 private:
  bool everything_;
  const PendingSource* pending_;
  Targets targets_;
};

}  // namespace

std::string kind_of(const PlannedSource& source) {
  return source.is_there ? std::string(kind_of(source.file)) : source.known->kind;
}

namespace {

// As far as that can be told without reading any file.
std::vector<PlannedSource> compare_stamps(const Inputs& inputs) {
  std::map<std::string_view, const KnownSource*> known;
  if (inputs.state() != nullptr) {
    for (const KnownSource& source : inputs.state()->sources) {
      if (!is_code(source.kind)) known.emplace(source.path, &source);
    }
  }
  std::vector<PlannedSource> sources;
  for (const SourceFile& file : inputs.discovery.sources) {
    auto entry = known.extract(file.path);
    sources.push_back(compare(file, entry.empty() ? nullptr : entry.mapped()));
  }
  for (const auto& [path, source] : known) sources.push_back(missing(*source, inputs.discovery));
  std::sort(sources.begin(), sources.end(), [](const PlannedSource& a, const PlannedSource& b) {
    return source_before(a.file.path, b.file.path);
  });
  return sources;
}

// A file that is as it was, and that registry.toml, which counts for the whole store, does not name
// any more.
bool is_disowned(const Inputs& inputs, const PlannedSource& source) {
  std::error_code error;
  return source.state == SourceState::Gone &&
         std::filesystem::exists(inputs.workspace.root() / source.file.path, error);
}

CodePlan plan_code(const Inputs& inputs, Aim& aim) {
  CodePlan plan;
  const auto look = [&](const std::string& path) {
    const bool is_aimed_at = aim.at(path);
    if (is_aimed_at) plan.paths.insert(path);
    plan.is_aimed_at |= is_aimed_at;
    return is_aimed_at;
  };
  for (const CodeSource& file : inputs.discovery.code) plan.aims_at.push_back(look(file.path));
  if (inputs.state() == nullptr) return plan;
  for (const KnownSource& source : inputs.state()->sources) {
    if (is_code(source.kind)) look(source.path);
  }
  return plan;
}

}  // namespace

std::vector<PlannedSource> compare_sources(const Inputs& inputs) {
  std::vector<PlannedSource> sources = compare_stamps(inputs);
  std::vector<PlannedSource*> suspects;
  for (PlannedSource& source : sources) {
    if (is_suspect(source)) suspects.push_back(&source);
  }
  look_into(inputs, suspects, 0);
  return sources;
}

Plan make_plan(const Inputs& inputs, const Request& request) {
  Plan plan;
  Aim aim(inputs, request);
  std::vector<PlannedSource> all = compare_stamps(inputs);
  std::vector<PlannedSource*> aimed_at, suspects;
  for (PlannedSource& source : all) {
    source.asked_for = aim.at(source);
    if (!source.asked_for && source.file.path != Workspace::config_name &&
        !is_disowned(inputs, source))
      continue;
    aimed_at.push_back(&source);
    if (is_suspect(source) && !aim.is_pending(source.file.path)) suspects.push_back(&source);
  }
  plan.code = plan_code(inputs, aim);
  require_found(aim.targets());
  look_into(inputs, suspects, request.options.jobs);
  for (PlannedSource* source : aimed_at) {
    source->read = source->is_there && aim.reads(*source);
    source->drop = !source->is_there;
  }
  for (PlannedSource& source : all) {
    plan.gone += source.drop ? 1 : 0;
    plan.to_read += source.read ? 1 : 0;
    plan.restamped |= source.restamped && !source.read;
    // What is new and was not asked for is not there yet.
    if (source.read || (source.known != nullptr && !source.drop))
      plan.sources.push_back(std::move(source));
  }
  for (const Diagnostic& each : inputs.discovery.diagnostics) {
    if (aim.concerns(each)) plan.diagnostics.push_back(each);
  }
  return plan;
}

}  // namespace reg
