#include <cache/cache_file.h>
#include <manifest/line.h>
#include <reg/auto_register.h>
#include <text/json_text.h>
#include <update/frozen.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <algorithm>

namespace reg {
namespace {

// manual.reg.json: what was registered from the command line.
class ManualManifest {
 public:
  explicit ManualManifest(const Workspace& workspace) : workspace_(workspace) {
    if (!is_there(workspace.manual())) return;
    json_ = parse_json(read_file(workspace.manual()).text, Workspace::manual_name);
    if (!json_.is_object())
      throw InputError("it is not a JSON object", "", {Workspace::manual_name});
  }

  Json& list(const char* name) {
    Json& entries = json_[name];
    if (entries.is_null()) entries = Json::array();
    if (!entries.is_array())
      throw InputError("\"" + std::string(name) + "\" is not an array", "",
                       {Workspace::manual_name});
    return entries;
  }

  // One entry a line, so that a diff shows what was changed.
  std::string text() const {
    std::string text = "{";
    const char* separator = "\n";
    for (const auto& [name, entries] : json_.items()) {
      if (entries.empty()) continue;
      text += separator + to_text(Json(name)) + ": ";
      append_entries(text, entries);
      separator = ",\n";
    }
    return text + "\n}\n";
  }

  void write(const std::string& content) const {
    AtomicFile file(workspace_.manual());
    file.write(content);
    file.commit();
  }

 private:
  static void append_entries(std::string& text, const Json& entries) {
    if (!entries.is_array()) {
      text += to_text(entries);
      return;
    }
    text += '[';
    const char* separator = "\n  ";
    for (const Json& entry : entries) {
      text += separator + to_text(entry);
      separator = ",\n  ";
    }
    text += "\n]";
  }

  const Workspace& workspace_;
  Json json_ = Json::object();
};

// Empty if it is not a text: the update that follows tells what is wrong with it, and where.
std::string text_member(const Json& entry, const char* name) {
  auto member = entry.find(name);
  return member != entry.end() && member->is_string() ? member->get<std::string>() : "";
}

bool is_same_implementation(const Json& entry, const std::string& oid, const std::string& target) {
  if (text_member(entry, "target") != target) return false;
  return (entry.contains("oid") ? text_member(entry, "oid") : default_oid(target)) == oid;
}

bool names(const Json& entry, const std::string& registry, const std::string& oid,
           const std::string& target) {
  return is_same_implementation(entry, oid, target) && text_member(entry, "registry") == registry;
}

bool has(const Json& entries, const Json& entry) {
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

// Removes the entries that `names` them; returns whether there were any.
bool erase_named(Json& entries, const std::string& registry, const std::string& oid,
                 const std::string& target) {
  auto gone = std::remove_if(entries.begin(), entries.end(), [&](const Json& entry) {
    return names(entry, registry, oid, target);
  });
  bool found = gone != entries.end();
  entries.erase(gone, entries.end());
  return found;
}

Json to_entry(const ManualSymbol& manual) {
  const Symbol& symbol = manual.symbol;
  Json entry = {{"registry", symbol.registry}, {"target", symbol.target}};
  if (!symbol.oid.empty()) entry["oid"] = symbol.oid;
  if (!symbol.info.empty()) entry["info"] = symbol.info;
  if (symbol.select) entry["select"] = *symbol.select;
  if (!symbol.doc.empty()) entry["doc"] = symbol.doc;
  if (!manual.replaces.empty()) entry["replaces"] = manual.replaces;
  if (manual.force) entry["force"] = true;
  if (manual.clear) entry["clear"] = true;
  return entry;
}

// Writes the manifest and brings the cache up to date, or does neither; only the end of the process
// between two renames can leave a manifest that is ahead of its cache.
AutoRegisterReport apply(const LockedWorkspace& locked, const ManualManifest& manual) {
  PendingSource pending{Workspace::manual_name, manual.text()};
  return update(locked, {}, &pending, [&] { manual.write(pending.content); });
}

// The path (escaped) of every source that has this symbol in the cache.
std::vector<std::string> declaring_sources(const CacheLock& lock, const std::string& registry,
                                           const std::string& oid, const std::string& target) {
  std::vector<std::string> paths;
  CacheFile cache(lock.cache());
  cache.each_oid_line(escaped_text(registry), escaped_text(oid), [&](std::string_view line) {
    if (cache.key_of(line).target != escaped_text(target)) return;
    paths.emplace_back(line_source(line).value_or(LineSource{}).path);
  });
  return paths;
}

// Whether the manifest is ahead of its cache by this symbol: an earlier run was stopped between the
// two, and this one finishes its work.
bool is_begun(const CacheLock& lock, const Json& entries, const Json& entry,
              const std::string& oid) {
  if (!has(entries, entry)) return false;
  try {
    return declaring_sources(lock, entry.at("registry"), oid, entry.at("target")).empty();
  } catch (const StorageError&) {  // there is no cache, or it is broken: it is made anew
    return true;
  }
}

}  // namespace

AutoRegisterReport register_symbol(const Workspace& workspace, const ManualSymbol& symbol) {
  LockedWorkspace locked(workspace);
  refuse_if_frozen(locked.lock().cache());
  ManualManifest manual(workspace);
  const Symbol& s = symbol.symbol;
  std::string oid = s.oid.empty() ? default_oid(s.target) : s.oid;
  if (symbol.force) erase_named(manual.list("symbols"), s.registry, oid, s.target);
  erase_named(manual.list("unregister"), s.registry, oid, s.target);
  const Json entry = to_entry(symbol);
  Json& entries = manual.list("symbols");
  if (!is_begun(locked.lock(), entries, entry, oid)) entries.push_back(entry);
  return apply(locked, manual);
}

AutoRegisterReport unregister_symbol(const Workspace& workspace, const std::string& registry,
                                     const std::string& oid, const std::string& target) {
  LockedWorkspace locked(workspace);
  refuse_if_frozen(locked.lock().cache());
  std::vector<std::string> sources = declaring_sources(locked.lock(), registry, oid, target);
  if (sources.empty()) {
    throw ObjectNotFound("\"" + target + "\" is not registered as " + registry + "/" + oid,
                         "`reg find " + oid + "` shows what is registered under this oid");
  }
  ManualManifest manual(workspace);
  Json& symbols = manual.list("symbols");
  bool was_manual = erase_named(symbols, registry, oid, target);
  bool is_elsewhere = std::any_of(sources.begin(), sources.end(), [](const std::string& path) {
    return path != Workspace::manual_name;
  });
  bool is_merged_copy =
      !was_manual && std::any_of(symbols.begin(), symbols.end(), [&](const Json& entry) {
        return is_same_implementation(entry, oid, target);
      });
  // Else its entry is gone: now, or by an earlier run that was stopped before the cache followed.
  if (is_elsewhere || is_merged_copy) {
    const Json entry = {{"registry", registry}, {"oid", oid}, {"target", target}};
    Json& entries = manual.list("unregister");
    if (!has(entries, entry)) entries.push_back(entry);
  }
  return apply(locked, manual);
}

AutoRegisterReport merge_registries(const Workspace& workspace, const std::string& into,
                                    const std::vector<std::string>& from, Force force) {
  LockedWorkspace locked(workspace);
  refuse_if_frozen(locked.lock().cache());
  ManualManifest manual(workspace);
  Json entry = {{"into", into}, {"from", from}};
  if (force == Force::Yes) entry["force"] = true;
  Json& entries = manual.list("merge");
  // The same once more would change nothing; it is there if an earlier run was stopped.
  if (entries.empty() || entries.back() != entry) entries.push_back(std::move(entry));
  return apply(locked, manual);
}

}  // namespace reg
