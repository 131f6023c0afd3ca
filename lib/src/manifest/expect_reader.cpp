#include <manifest/document.h>
#include <manifest/expect_reader.h>
#include <manifest/name_checks.h>
#include <manifest/table.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <algorithm>
#include <span>

namespace reg {
namespace {

struct Slots {
  const Node *registry{}, *oid{}, *ctx{}, *target{}, *none{}, *tie{}, *doc{};
};
constexpr KeyRule<Slots> rules[] = {
    {"registry", &Slots::registry, Kinds::String},
    {"oid", &Slots::oid, Kinds::String, Presence::Required},
    {"ctx", &Slots::ctx, Kinds::Table},
    {"target", &Slots::target, Kinds::String},
    {"none", &Slots::none, Kinds::Bool},
    {"tie", &Slots::tie, Kinds::Array},
    {"doc", &Slots::doc, Kinds::String},
};
constexpr std::string_view outcome_keys[] = {"target", "none", "tie"};

class EntryReader {
 public:
  EntryReader(Problems& problems, const std::string& path, const Element& table)
      : problems_(problems), path_(path), table_(table) {}

  ExpectEntry read() {
    const auto slots = read_table<Slots>(problems_, table_, rules);
    if (table_.node.as<Run<Member>>() == nullptr) return {};
    Expectation& expectation = entry_.expectation;
    expectation.source = place_of(table_.node.at);
    read_names(slots);
    if (slots.ctx != nullptr) {
      expectation.context = to_json(*slots.ctx);
      std::vector<std::string> names;
      note_facts(*slots.ctx, names);
    }
    expectation.doc = text_or_empty(slots.doc);
    find_outcome();
    read_outcome(slots);
    return std::move(entry_);
  }

 private:
  Place place_of(Position at) const { return {path_, at.line, at.column}; }

  void read_names(const Slots& slots) {
    Expectation& expectation = entry_.expectation;
    expectation.registry = text_or_empty(slots.registry);
    expectation.oid = text_or_empty(slots.oid);
    if (slots.registry != nullptr)
      check_registry_name(problems_, table_.member("registry", *slots.registry));
    if (slots.oid == nullptr) return;
    expectation.oid_place = place_of(slots.oid->at);
    check_oid(problems_, table_.member("oid", *slots.oid));
  }

  void note_facts(const Node& facts, std::vector<std::string>& names) {
    for (const Member& member : *facts.as<Run<Member>>()) {
      names.emplace_back(member.key);
      entry_.expectation.facts.push_back({print_path(names), place_of(member.key_at)});
      if (member.value.as<Run<Member>>() != nullptr) note_facts(member.value, names);
      names.pop_back();
    }
  }

  // Exactly one of the three keys stands there.
  void find_outcome() {
    for (const Member& member : *table_.node.as<Run<Member>>()) {
      if (std::find(std::begin(outcome_keys), std::end(outcome_keys), member.key) ==
          std::end(outcome_keys))
        continue;
      if (!entry_.key.empty()) {
        const Element second = table_.member(member.key, member.value);
        problems_.add(second, member.key_at,
                      {"`" + std::string(entry_.key) + "` says already what is expected",
                       "`target`, `none` and `tie` exclude each other"});
        continue;
      }
      const auto known = std::find(std::begin(outcome_keys), std::end(outcome_keys), member.key);
      entry_.key = *known;
      entry_.key_at = member.key_at;
      entry_.value_at = member.value.at;
      entry_.expectation.outcome = place_of(member.value.at);
    }
    if (entry_.key.empty())
      problems_.add(table_, {"says nothing of what is expected",
                             "give `target = \"…\"`, `none = true` or `tie = [\"…\", \"…\"]`"});
  }

  // Of the key that stands first.
  void read_outcome(const Slots& slots) {
    std::vector<std::string>& targets = entry_.expectation.targets;
    if (slots.target != nullptr && entry_.key == "target") {
      check_target(problems_, table_.member("target", *slots.target));
      targets.emplace_back(text_or_empty(slots.target));
    }
    if (slots.none != nullptr && entry_.key == "none" && !true_or_false(slots.none))
      problems_.add(table_.member("none", *slots.none),
                    {"`none = false` leaves open which one is expected",
                     "give `target = \"…\"` or `tie = [\"…\", \"…\"]`"});
    if (slots.tie != nullptr && entry_.key == "tie") read_tie(table_.member("tie", *slots.tie));
  }

  void read_tie(const Element& array) {
    std::vector<std::string>& targets = entry_.expectation.targets;
    each_item(problems_, array, Kinds::String, [&](const Element& item) {
      const std::string_view target = *item.node.as<std::string_view>();
      check_target(problems_, item);
      if (std::find(targets.begin(), targets.end(), target) != targets.end())
        problems_.add(item, {shown(target) + " is named twice"});
      targets.emplace_back(target);
    });
    if (array.node.as<Run<Node>>()->size() < 2)
      problems_.add(array, {"a tie is of two or more",
                            "give `target = \"…\"` for one that wins, `none = true` for none"});
  }

  Problems& problems_;
  const std::string& path_;
  const Element& table_;
  ExpectEntry entry_;
};

struct TestFileSlots {
  const Node* expect{};
};
constexpr KeyRule<TestFileSlots> test_file_rules[] = {
    {"expect", &TestFileSlots::expect, Kinds::Array},
};

// Finds the expectations while a document goes by.
class ExpectFinder : public DocumentSink {
 public:
  ExpectFinder(Problems& problems, const std::string& path, ExpectHolder holder)
      : problems_(problems), path_(path), holder_(holder) {}

  void symbol(const Node&, std::size_t) override {}

  void document(const Node& root) override {
    const Element element{root};
    check_tree(problems_, element);
    const Node* const expect = holder_ == ExpectHolder::Manifest
                                   ? expect_of_root(problems_, element)
                                   : read_test_file(element);
    if (expect != nullptr)
      entries_ = read_expect(problems_, path_, element.member("expect", *expect));
  }

  std::vector<ExpectEntry> take() { return std::move(entries_); }

 private:
  const Node* read_test_file(const Element& root) {
    return read_table<TestFileSlots>(problems_, root, test_file_rules).expect;
  }

  Problems& problems_;
  const std::string& path_;
  ExpectHolder holder_;
  std::vector<ExpectEntry> entries_;
};

}  // namespace

std::string print_outcome(const std::vector<std::string>& targets) {
  if (targets.empty()) return "none";
  return targets.size() == 1 ? targets.front() : "a tie of " + joined(targets);
}

std::vector<ExpectEntry> read_expect(Problems& problems, const std::string& path,
                                     const Element& array) {
  std::vector<ExpectEntry> entries;
  each_item(problems, array, Kinds::Table, [&](const Element& item) {
    const std::size_t before = problems.count();
    ExpectEntry entry = EntryReader(problems, path, item).read();
    if (problems.count() == before) entries.push_back(std::move(entry));
  });
  return entries;
}

ExpectDocument read_expect_document(std::string_view text, const std::string& path,
                                    ManifestFormat format, ExpectHolder holder) {
  ExpectDocument found;
  Problems problems(path, format, found.diagnostics);
  if (const auto source = check_text(text, problems)) {
    ExpectFinder finder(problems, path, holder);
    auto parse = format == ManifestFormat::JsonText ? parse_json_document : parse_toml_document;
    parse(*source, problems, finder);
    found.entries = finder.take();
  }
  problems.finish();
  return found;
}

}  // namespace reg
