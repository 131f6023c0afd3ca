#include <expect/expectation_text.h>
#include <expect/outcome_text.h>
#include <reg/expectations.h>
#include <reg/text.h>
#include <text/diagnostic.h>
#include <workspace/discover.h>
#include <workspace/files.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_bare_key(const std::string& key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string toml_value(const Json& value);

std::string toml_table(const Json& object) {
  if (object.empty()) return "{}";
  std::vector<std::string> members;
  for (const auto& [key, value] : object.items())
    members.push_back((is_bare_key(key) ? key : in_quotes(key)) + " = " + toml_value(value));
  return "{ " + joined(members) + " }";
}

std::string toml_value(const Json& value) {
  if (value.is_null())
    throw InputError("TOML has no null",
                     "JSON has: write it by hand into the list `expect` of a NAME.reg.json");
  if (value.is_object()) return toml_table(value);
  if (!value.is_array()) return to_text(value);
  std::vector<std::string> items;
  for (const Json& item : value) items.push_back(toml_value(item));
  return '[' + joined(items) + ']';
}

std::string block_of(const Expectation& expectation) {
  std::string text = "[[expect]]\n";
  if (!expectation.registry.empty()) text += "registry = " + in_quotes(expectation.registry) + '\n';
  text += "oid = " + in_quotes(expectation.oid) + '\n';
  if (!expectation.context.empty()) text += "ctx = " + toml_table(expectation.context) + '\n';
  text += outcome_in_toml(expectation.targets) + '\n';
  if (!expectation.doc.empty()) text += "doc = " + in_quotes(expectation.doc) + '\n';
  return text;
}

// The text and a block below it, with an empty line between.
std::string with_block(std::string text, const std::string& block) {
  const std::string_view end = text.find("\r\n") == std::string::npos ? "\n" : "\r\n";
  if (!text.empty() && !text.ends_with('\n')) text += end;
  if (!text.empty()) text += end;
  for (const char c : block) {
    if (c == '\n') {
      text += end;
    } else {
      text += c;
    }
  }
  return text;
}

void require_good_name(const fs::path& file) {
  const std::string name = file.filename().string();
  if (name.ends_with(".json"))
    throw UsageError(file.string() + " is JSON, and expectations are added to TOML only",
                     "write it into the list `expect` by hand");
  const bool is_found =
      is_expectation_file(name) || name.ends_with(".reg.toml") || name == Workspace::config_name;
  if (!is_found)
    throw UsageError(file.string() + " would not be found by its name",
                     "expectations stand in NAME.regtest.toml, or in a manifest, NAME.reg.toml");
}

void require_new(const std::vector<ExpectEntry>& entries, const Expectation& expectation) {
  for (const ExpectEntry& entry : entries) {
    const Expectation& known = entry.expectation;
    const bool same_question = known.oid == expectation.oid &&
                               known.registry == expectation.registry &&
                               known.context == expectation.context;
    if (same_question)
      throw InputError(std::vector{error_at(
          known.source,
          "this oid and context have an expectation already: " + outcome_in_toml(known.targets),
          "without --add, --record writes what is now")});
  }
}

// The expectation as it stands in the text, if all else stays what it is.
Expectation require_added(const ExpectationText& changed, const std::vector<ExpectEntry>& before,
                          const Expectation& wanted) {
  const auto refuse = [&](const std::string& why) {
    throw InputError(std::vector{
        error_at({changed.path}, "nothing can be added to it: " + why, "add it by hand")});
  };
  std::vector<ExpectEntry> entries;
  try {
    entries = changed.entries();
  } catch (const InputError& error) {
    refuse(error.what());
  }
  const bool is_added = entries.size() == before.size() + 1 &&
                        std::equal(before.begin(), before.end(), entries.begin(),
                                   [](const ExpectEntry& a, const ExpectEntry& b) {
                                     return same_expectation(a.expectation, b.expectation);
                                   }) &&
                        same_expectation(entries.back().expectation, wanted);
  if (!is_added) refuse("it would come to say something else");
  return std::move(entries.back().expectation);
}

}  // namespace

Expectation add_expectation(const Workspace& workspace, const fs::path& file,
                            const Expectation& expectation, const Observer& observer) {
  require_good_name(file);
  const WorkspaceLock lock = lock_for(file, workspace, observer);
  ExpectationText text = is_there(file)
                             ? read_expectation_text(file, file.string())
                             : expectation_text(file.filename().string(), file.string(), "");
  const std::vector<ExpectEntry> before = text.entries();
  require_new(before, expectation);
  text.text = with_block(std::move(text.text), block_of(expectation));
  Expectation added = require_added(text, before, expectation);
  write_expectation_text(lock, file, text.text);
  return added;
}

}  // namespace reg
