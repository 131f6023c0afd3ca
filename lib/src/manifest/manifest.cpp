#include <manifest/document.h>
#include <manifest/expect_reader.h>
#include <manifest/lint_reader.h>
#include <manifest/manifest.h>
#include <manifest/predicate_texts.h>
#include <manifest/problems.h>
#include <manifest/publication_reader.h>
#include <manifest/remote_reader.h>
#include <manifest/scan_reader.h>
#include <manifest/section_reader.h>
#include <manifest/settings_reader.h>
#include <manifest/symbol_reader.h>
#include <manifest/table.h>
#include <algorithm>

namespace reg {
namespace {

struct RootSlots {
  const Node *registries{}, *predicates{}, *symbols{}, *unregister{}, *match{}, *merge{}, *pins{},
      *workspace{}, *facts{}, *context{}, *scan{}, *lint{}, *remote{}, *expect{};
};
constexpr KeyRule<RootSlots> root_rules[] = {
    {"registries", &RootSlots::registries, Kinds::Table},
    {"predicates", &RootSlots::predicates, Kinds::Table},
    {"symbols", &RootSlots::symbols, Kinds::Array},
    {"unregister", &RootSlots::unregister, Kinds::Array},
    {"match", &RootSlots::match, Kinds::Array},
    {"merge", &RootSlots::merge, Kinds::Array},
    {"pins", &RootSlots::pins, Kinds::Array},
    {"workspace", &RootSlots::workspace, Kinds::Table},
    {"facts", &RootSlots::facts, Kinds::Table},
    {"context", &RootSlots::context, Kinds::Table},
    {"scan", &RootSlots::scan, Kinds::Array},
    {"lint", &RootSlots::lint, Kinds::Table},
    {"remote", &RootSlots::remote, Kinds::Table},
    {"expect", &RootSlots::expect, Kinds::Array},
};

// Reads one document into declarations and, if it is registry.toml, into settings.
class ManifestReader : public DocumentSink {
 public:
  // `config` is null for all other manifests.
  ManifestReader(const std::string& path, ManifestFormat format, Declarations& out,
                 ConfigFile* config)
      : path_(path),
        out_(out),
        problems_(path, format, out.diagnostics),
        predicates_(problems_),
        symbols_(path, out, problems_, predicates_),
        sections_(out, problems_, predicates_),
        config_(config) {
    if (const std::string_view origin = origin_of_source(path); !origin.empty())
      publication_.emplace(problems_, origin);
  }

  void read(std::string_view bytes) {
    if (auto source = check_text(bytes, problems_)) {
      symbols_.expect_source(source->text.size());
      predicates_.source(source->text);
      auto parse = problems_.format() == ManifestFormat::JsonText ? parse_json_document
                                                                  : parse_toml_document;
      parse(*source, problems_, *this);
    }
    problems_.finish();
    if (!is_whole_) leave_out_all();
  }

  void before_symbols(const Node& members) override {
    if (!publication_) return;
    publication_->begin(Element{members});
    symbols_.publish(publication_->origin());
  }

  void symbol(const Node& node, std::size_t index) override {
    const Node root, list;
    const Element root_element{root};
    const Element list_element = root_element.member("symbols", list);
    symbols_.read(list_element.item(index, node));
  }

  void document(const Node& root) override {
    is_whole_ = true;
    const Element element{root};
    const std::size_t before = problems_.count();
    check_tree(problems_, element);
    if (publication_) return read_publication(element);
    const auto slots = read_table<RootSlots>(problems_, element, root_rules);
    if (config_ != nullptr)
      config_->state = problems_.count() == before ? SettingsState::Good : SettingsState::Unknown;
    auto read = [&](const char* key, const Node* slot,
                    void (SectionReader::*section)(const Element&)) {
      if (slot != nullptr) (sections_.*section)(element.member(key, *slot));
    };
    read("registries", slots.registries, &SectionReader::read_registries);
    read("predicates", slots.predicates, &SectionReader::read_predicates);
    read("unregister", slots.unregister, &SectionReader::read_unregister);
    read("match", slots.match, &SectionReader::read_match);
    read("merge", slots.merge, &SectionReader::read_merge);
    // They change nothing of what is declared; that they are well formed is said here.
    if (slots.expect) read_expect(problems_, path_, element.member("expect", *slots.expect));
    if (path_ == manual_path)
      read("pins", slots.pins, &SectionReader::read_pins);
    else
      refuse(element, "pins", slots.pins, {"only manual.reg.json may have this", "see `reg pin`"});
    read_settings(element, slots);
  }

 private:
  void read_publication(const Element& root) {
    symbols_.finish();
    const Node* const registries = publication_->finish(root);
    if (registries != nullptr)
      sections_.read_published_registries(root.member("registries", *registries));
  }

  // What was read before the end of a document that does not parse is not what it says.
  void leave_out_all() {
    std::vector<Diagnostic> found = std::move(out_.diagnostics);
    out_ = {};
    out_.diagnostics = std::move(found);
  }

  void read_settings(const Element& root, const RootSlots& slots) {
    if (config_ == nullptr) {
      const Problem problem{"only registry.toml may have this"};
      refuse(root, "workspace", slots.workspace, problem);
      refuse(root, "facts", slots.facts, problem);
      refuse(root, "context", slots.context, problem);
      refuse(root, "scan", slots.scan, problem);
      refuse(root, "lint", slots.lint, problem);
      refuse(root, "remote", slots.remote, problem);
      return;
    }
    Settings& settings = config_->settings;
    if (slots.workspace) {
      const Element workspace = root.member("workspace", *slots.workspace);
      config_->state = std::max(config_->state, read_workspace(problems_, workspace, settings));
    }
    if (slots.facts) settings.facts = to_json(*slots.facts);
    if (slots.context) settings.context = to_json(*slots.context);
    if (slots.lint) read_lint_section(root.member("lint", *slots.lint));
    if (slots.scan) read_scan_section(root.member("scan", *slots.scan));
    if (slots.remote) read_remote_section(root.member("remote", *slots.remote));
  }

  void read_lint_section(const Element& section) {
    const std::size_t before = problems_.count();
    config_->settings.lint = read_lint(problems_, section);
    if (problems_.count() != before)
      config_->state = std::max(config_->state, SettingsState::Wrong);
  }

  // One that is wrong may have named any code, whose registrations would seem to be gone.
  void read_scan_section(const Element& section) {
    const std::size_t before = problems_.count();
    config_->settings.scans = read_scans(problems_, section);
    if (problems_.count() != before) config_->state = SettingsState::Unknown;
  }

  // As without it, all that others publish would seem to be gone.
  void read_remote_section(const Element& section) {
    const std::size_t before = problems_.count();
    config_->settings.remote = read_remote(problems_, section);
    if (problems_.count() != before) config_->state = SettingsState::Unknown;
  }

  void refuse(const Element& root, const char* key, const Node* slot, const Problem& problem) {
    if (slot != nullptr) problems_.add(root.member(key, *slot), problem);
  }

  const std::string& path_;
  Declarations& out_;
  bool is_whole_ = false;
  Problems problems_;
  PredicateTexts predicates_;
  SymbolReader symbols_;
  SectionReader sections_;
  ConfigFile* config_;
  std::optional<PublicationReader> publication_;  // nullopt: it is the workspace's own
};

}  // namespace

const Node* expect_of_root(Problems& problems, const Element& root) {
  return read_table<RootSlots>(problems, root, root_rules).expect;
}

Declarations read_manifest(std::string_view text, const std::string& path, ManifestFormat format) {
  Declarations out;
  ManifestReader(path, format, out, nullptr).read(text);
  return out;
}

ConfigFile read_config(std::string_view text, const std::string& path) {
  ConfigFile config;
  ManifestReader(path, ManifestFormat::TomlText, config.declarations, &config).read(text);
  return config;
}

}  // namespace reg
