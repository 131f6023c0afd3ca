#include <manifest/document.h>
#include <manifest/symbol_reader.h>
#include <manifest/table.h>
#include <object/object_declarations.h>
#include <reg/symbol.h>
#include <algorithm>

namespace reg {
namespace {

std::string_view file_name(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

// Why a file of that name cannot be in the targets of its symbols; empty: it can.
std::string file_name_problem(std::string_view name) {
  if (name.find(':') != std::string_view::npos) return "it cannot have a colon";
  return object_name_problem(name);
}

bool is_member(std::string_view key) {
  return SymbolReader::is_key(key) || key == "declared" || key == "interface";
}

// The place that an entry says it was compiled at: {"path": …, "line": …}.
std::optional<DeclaredPlace> place_of(const Node& declared) {
  const auto* members = declared.as<Run<Member>>();
  DeclaredPlace place;
  for (const Member& member : members == nullptr ? Run<Member>{} : *members) {
    if (const auto* path = member.value.as<std::string_view>(); path && member.key == "path")
      place.path = *path;
    if (const auto line = number_of(member.value);
        line && member.key == "line" && *line >= 0 && *line <= UINT32_MAX)
      place.line = static_cast<std::uint32_t>(*line);
  }
  return place.path.empty() ? std::nullopt : std::optional(place);
}

// Reads the entries of one section.
class ObjectReader : public DocumentSink {
 public:
  ObjectReader(const std::string& path, Declarations& out)
      : path_(path),
        file_(file_name(path)),
        out_(out),
        problems_(path, ManifestFormat::JsonText, out.diagnostics),
        predicates_(problems_),
        symbols_(path, out, problems_, predicates_) {}

  void read(std::string_view section) {
    const std::vector<ObjectEntry> entries = entries_of(section);
    if (entries.empty()) return;
    if (const std::string why = file_name_problem(file_); !why.empty()) {
      problems_.add(Position{}, {shown(file_) + " cannot be part of a target: " + why,
                                 "rename the file: its symbols are called after it"});
      return;
    }
    symbols_.expect_source(section.size());
    for (const ObjectEntry& entry : entries) {
      ++number_;
      read(entry);
    }
    problems_.finish();
  }

  // No entry has symbols of its own.
  void symbol(const Node&, std::size_t) override { has_symbols_ = true; }

  void document(const Node& root) override {
    const Element element{root};
    if (has_symbols_) return problems_.add(element, {"a declaration has no symbols of its own"});
    if (!expect(problems_, element, Kinds::Table)) return;
    const std::size_t before = problems_.count();
    std::vector<Member> members;
    std::optional<DeclaredPlace> declared;
    std::string target;
    for (const Member& member : *root.as<Run<Member>>()) {
      const Element value = element.member(member.key, member.value);
      if (!is_member(member.key)) {
        report_unknown(element, member);
      } else if (member.key == "declared") {
        if (expect(problems_, value, Kinds::Table)) declared = place_of(member.value);
      } else if (member.key == "interface") {
        expect(problems_, value, Kinds::Table);
      } else {
        members.push_back(member);
        const auto* name = member.value.as<std::string_view>();
        if (member.key != "target" || name == nullptr || name->empty()) continue;
        target = std::string(file_).append(":").append(*name);
        members.back().value.value = std::string_view(target);
      }
    }
    if (problems_.count() != before) return;
    const Node node{Run<Member>{members.data(), members.size()}, {0, number_}};
    symbols_.read(Element{node}, declared);
  }

 private:
  void read(const ObjectEntry& entry) {
    const std::size_t before = out_.diagnostics.size();
    has_symbols_ = false;
    if (!entry.problem.empty()) {
      problems_.add(Position{}, {entry.problem, entry.hint});
    } else if (const auto source = check_text(entry.json, problems_)) {
      predicates_.source(source->text);
      parse_json_document(*source, problems_, *this);
    }
    for (std::size_t i = before; i < out_.diagnostics.size(); ++i)
      put_in_place(out_.diagnostics[i], entry);
  }

  // Lines and columns of the entry's text are of no use to anybody.
  void put_in_place(Diagnostic& diagnostic, const ObjectEntry& entry) const {
    diagnostic.place = {path_, 0, number_};
    if (!diagnostic.excerpt.empty()) diagnostic.excerpt += '\n';
    diagnostic.excerpt += place_in_words(entry);
  }

  void report_unknown(const Element& element, const Member& member) {
    problems_.add(element, {"unknown key " + shown(member.key),
                            "the library was built with a newer reg/plugin.hpp: use a newer reg"});
  }

  const std::string& path_;
  const std::string_view file_;
  Declarations& out_;
  Problems problems_;
  PredicateTexts predicates_;
  SymbolReader symbols_;
  std::uint32_t number_ = 0;
  bool has_symbols_ = false;
};

}  // namespace

bool is_shared_object_name(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name.ends_with(".so")) return name != ".so";
  const std::size_t end = name.rfind(".so.");
  if (end == std::string_view::npos || end == 0) return false;
  bool after_digit = false;
  for (const char c : name.substr(end + 4)) {
    if (c != '.' && (c < '0' || c > '9')) return false;
    if (c == '.' && !after_digit) return false;
    after_digit = c != '.';
  }
  return after_digit;
}

std::string read_object_manifest(int descriptor, std::string_view path) {
  const std::optional<ElfFile> file = ElfFile::open(descriptor);
  if (!file && !is_shared_object_name(path))
    throw InputError("is no ELF file, and nothing here can read declarations from it");
  return file ? file->section(manifest_section) : std::string();
}

std::string read_object_exports(int descriptor) {
  const std::optional<ElfFile> file = ElfFile::open(descriptor);
  if (!file) throw InputError("is no ELF file, so that it exports no functions");
  std::string text;
  for (const std::string& name : exported_functions(*file)) text += name + '\n';
  return text;
}

Declarations read_object(std::string_view section, const std::string& path) {
  Declarations out;
  ObjectReader(path, out).read(section);
  return out;
}

std::vector<std::optional<Located>> locate_in_object(std::string_view section,
                                                     std::span<const DeclarationPart> parts) {
  const std::vector<ObjectEntry> entries = entries_of(section);
  std::vector<std::optional<Located>> located;
  for (const DeclarationPart& part : parts) {
    const Position at = part.at.column != 0 ? part.at : part.symbol;
    located.emplace_back();
    if (at.column == 0 || at.column > entries.size()) continue;
    located.back() = Located{at, place_in_words(entries[at.column - 1])};
  }
  return located;
}

}  // namespace reg
