#include <manifest/idiom_reader.h>
#include <manifest/scan_presets.h>
#include <manifest/scan_reader.h>
#include <manifest/settings_reader.h>
#include <manifest/table.h>
#include <reg/text.h>
#include <algorithm>
#include <span>
#include <utility>

namespace reg {
namespace {

// All keys of one table: those of the scan and those of its idiom.
struct ScanSlots : IdiomSlots {
  const Node *preset{}, *sources{}, *exclude{}, *roots{}, *python{}, *unresolved{}, *guarded{},
      *conflicts{};
};
constexpr Kinds names = Kinds::String | Kinds::Array;
constexpr Kinds place = Kinds::Table;
constexpr KeyRule<ScanSlots> scan_rules[] = {
    {"preset", &ScanSlots::preset, Kinds::String},
    {"sources", &ScanSlots::sources, Kinds::Array},
    {"exclude", &ScanSlots::exclude, Kinds::Array},
    {"roots", &ScanSlots::roots, Kinds::Array},
    {"unresolved", &ScanSlots::unresolved, Kinds::String},
    {"guarded", &ScanSlots::guarded, Kinds::String},
    {"conflicts", &ScanSlots::conflicts, Kinds::String},
    {"python", &ScanSlots::python, Kinds::String},
    {"language", &ScanSlots::language, Kinds::String},
    {"decorator", &ScanSlots::decorator, names},
    {"call", &ScanSlots::call, names},
    {"class", &ScanSlots::klass, names},
    {"macro", &ScanSlots::macro, names},
    {"bare", &ScanSlots::bare, Kinds::String},
    {"registry", &ScanSlots::registry, Kinds::String | place},
    {"oid", &ScanSlots::oid, names | place},
    {"target", &ScanSlots::target, place},
    {"force", &ScanSlots::force, place},
    {"each", &ScanSlots::each, place},
    {"match", &ScanSlots::match, place},
    {"merge", &ScanSlots::merge, place},
    {"info", &ScanSlots::info, Kinds::Array | place},
    {"define", &ScanSlots::define, place},
};

template <typename Enum>
using Choice = std::pair<std::string_view, Enum>;
constexpr Choice<Unresolved> unresolved_choices[] = {
    {"keep", Unresolved::Keep}, {"drop", Unresolved::Drop}, {"error", Unresolved::Error}};
constexpr Choice<Guarded> guarded_choices[] = {{"keep", Guarded::Keep}, {"drop", Guarded::Drop}};
constexpr Choice<Conflicts> conflicts_choices[] = {{"warn", Conflicts::Warn},
                                                   {"error", Conflicts::Error}};

class ScanReader {
 public:
  ScanReader(Problems& problems, const Element& table)
      : problems_(problems),
        table_(table),
        slots_(read_table<ScanSlots>(problems, table, scan_rules)) {}

  Scan read() {
    out_.at = table_.node.at;
    choose<Unresolved>("unresolved", slots_.unresolved, unresolved_choices, out_.unresolved);
    choose<Guarded>("guarded", slots_.guarded, guarded_choices, out_.guarded);
    choose<Conflicts>("conflicts", slots_.conflicts, conflicts_choices, out_.conflicts);
    read_places();
    read_idioms();
    return std::move(out_);
  }

 private:
  Element element(std::string_view key, const Node* slot) const {
    return table_.member(key, *slot);
  }

  template <typename Enum>
  void choose(std::string_view key, const Node* slot, std::span<const Choice<Enum>> choices,
              Enum& out) {
    if (slot == nullptr) return;
    const std::string_view name = *slot->as<std::string_view>();
    Names known;
    for (const auto& [text, value] : choices) {
      if (text == name) return out = value, void();
      known.emplace_back(text);
    }
    problems_.add(element(key, slot),
                  {"there is no " + shown(name) + "; it is one of " + joined(known),
                   did_you_mean(name, known)});
  }

  void read_places() {
    if (slots_.sources) out_.sources = read_paths(problems_, element("sources", slots_.sources));
    out_.exclude = patterns("exclude", slots_.exclude);
    out_.roots = patterns("roots", slots_.roots);
    if (slots_.python == nullptr) return;
    out_.python = std::string(text_or_empty(slots_.python));
    const std::string problem = path_problem(out_.python);
    if (!problem.empty()) {
      problems_.add(element("python", slots_.python),
                    {shown(out_.python) + " cannot be used: " + problem});
    }
  }

  std::vector<std::string> patterns(std::string_view key, const Node* slot) {
    std::vector<std::string> out;
    if (slot == nullptr) return out;
    for (SourceEntry& entry : read_paths(problems_, element(key, slot)))
      out.push_back(std::move(entry.pattern));
    return out;
  }

  void read_idioms() {
    const std::size_t before = problems_.count();
    const IdiomKey* own = first_idiom_key(slots_);
    if (slots_.preset != nullptr) {
      if (own != nullptr) {
        problems_.add(element(own->key, slots_.*own->slot),
                      {"this does not go with `preset`", "another [[scan]] can have it"});
      }
      read_preset(element("preset", slots_.preset));
    } else if (own == nullptr) {
      problems_.add(table_, {"it says neither `preset` nor `language`",
                             "the presets are " + joined(preset_names())});
    } else {
      out_.idioms.push_back(read_idiom(problems_, table_, slots_));
    }
    if (problems_.count() == before) check_language();
  }

  void read_preset(const Element& value) {
    out_.preset = std::string(*value.node.as<std::string_view>());
    if (const ScanPreset* preset = preset_named(out_.preset)) {
      out_.idioms = idioms_of(*preset);
      for (Idiom& idiom : out_.idioms) idiom.at = out_.at;
      return;
    }
    std::string hint = did_you_mean(out_.preset, preset_names());
    if (hint.empty()) hint = "the presets are " + joined(preset_names());
    problems_.add(value, {"there is no preset " + shown(out_.preset), std::move(hint)});
  }

  bool reads(Language language) const {
    return std::any_of(out_.idioms.begin(), out_.idioms.end(),
                       [&](const Idiom& idiom) { return idiom.language == language; });
  }

  void check_language() {
    const bool python = reads(Language::Python);
    if (slots_.roots && !python)
      problems_.add(element("roots", slots_.roots), {"only Python has modules"});
    if (slots_.python && !python && !reads(Language::EntryPoints))
      problems_.add(element("python", slots_.python), {"no Python is read here"});
  }

  Problems& problems_;
  const Element& table_;
  const ScanSlots slots_;
  Scan out_;
};

}  // namespace

std::vector<Scan> read_scans(Problems& problems, const Element& section) {
  std::vector<Scan> scans;
  each_item(problems, section, Kinds::Table, [&](const Element& table) {
    const std::size_t before = problems.count();
    Scan scan = ScanReader(problems, table).read();
    if (problems.count() == before) scans.push_back(std::move(scan));
  });
  return scans;
}

}  // namespace reg
