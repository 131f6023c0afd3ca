#include <cache/head_lines.h>
#include <cache/integrity.h>
#include <cache/line_reader.h>
#include <cache/verify.h>
#include <manifest/symbol_identity.h>
#include <predicate/origin.h>
#include <text/json_text.h>

#include <functional>
#include <set>
#include <unordered_set>

namespace reg {

namespace {

constexpr std::size_t most_problems = 20;
constexpr std::size_t most_known_predicates = 10'000;

// A sum over (registry, oid) pairs that does not depend on their order, so that the two sections
// that tell them in different orders can be compared without holding either. It finds damage; it is
// no proof against a forger.
class PairSum {
 public:
  void add(std::string_view registry, std::string_view oid) {
    std::size_t one = std::hash<std::string_view>()(registry);
    std::size_t other = std::hash<std::string_view>()(oid);
    sum_ += mixed(one * 0x9E3779B97F4A7C15U + mixed(other));
    ++pairs_;
  }
  friend bool operator==(const PairSum&, const PairSum&) = default;

 private:
  static std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDU;
    value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53U;
    return value ^ (value >> 33);
  }
  std::uint64_t sum_ = 0;
  std::uint64_t pairs_ = 0;
};

class Verification {
 public:
  explicit Verification(const CacheFile& file) : file_(file) {}

  std::vector<std::string> run() {
    check_frame();
    check_workspace();
    check_predicates();
    check_registries();
    check_symbols();
    check_oids();
    check_totals();
    return std::move(problems_);
  }

 private:
  using LineCheck = void (Verification::*)(std::string_view line);

  bool full() const { return problems_.size() >= most_problems; }

  void problem(const std::string& what) {
    if (full()) return;
    problems_.push_back("byte " + std::to_string(offset_) + ": " + what);
    if (full()) problems_.emplace_back("this may not be all");
  }

  // Runs one step. What breaks it off is a problem like any other, and the next step goes on.
  void guarded(const std::function<void()>& step) {
    try {
      step();
    } catch (const BrokenCache& error) {
      problem(error.detail());
    } catch (const PredicateError& error) {
      problem(std::string("a predicate does not parse: ") + error.what());
    }
  }

  void each_line(CacheSection section, LineCheck check) {
    LineReader reader(file_, section);
    previous_.clear();
    offset_ = section.begin;
    while (offset_ < section.end && !full()) {
      std::string_view raw = reader.raw_line(offset_);
      bool last = offset_ + raw.size() == section.end;
      if (raw.ends_with(",\n") == last) problem("a comma is missing or too many");
      guarded([&] { (this->*check)(bare_line(raw)); });
      offset_ += raw.size();
    }
  }

  void check_frame() {
    for (const FixedText& fixed : fixed_text(file_.header())) {
      offset_ = fixed.begin;
      guarded([&] {
        if (!stands(file_, fixed)) problem("the text between two sections is not what it must be");
      });
    }
  }

  void check_workspace() {
    CacheSection section = file_.workspace();
    offset_ = section.begin;
    guarded([&] {
      std::string text = file_.read(section.begin, section.end);
      auto workspace = workspace_from(file_.parsed_context(file_.member_of(bare_line(text)).value));
      if (!workspace || workspace_line(*workspace) + ",\n" != text) {
        problem("the workspace is not described as it must be");
      }
    });
  }

  // A member whose key comes after the one before.
  MemberLine ordered_member(std::string_view line) {
    MemberLine member = file_.member_of(line);
    if (!previous_.empty() && member.key <= previous_) problem("a key is out of order");
    previous_ = member.key;
    return member;
  }

  void check_predicates() {
    guarded([&] { each_line(file_.predicates(), &Verification::check_predicate); });
    for (const auto& [name, diagnostic] : named_.problems()) {
      problem("the predicate " + in_quotes(name) + ": " + diagnostic.message);
    }
  }

  void check_predicate(std::string_view line) {
    MemberLine member = ordered_member(line);
    std::string name = file_.plain(member.key);
    auto definition = definition_from(file_.parsed(member.value));
    if (!definition || predicate_line(name, *definition) != line) {
      return problem("the predicate " + in_quotes(name) + " is not defined as it must be");
    }
    named_.define(name, std::move(*definition));
  }

  void check_registries() {
    guarded([&] { each_line(file_.registries(), &Verification::check_registry); });
  }

  void check_registry(std::string_view line) {
    MemberLine member = ordered_member(line);
    std::string name = file_.plain(member.key);
    auto info = registry_from(name, file_.parsed(member.value));
    if (!info || registry_line(*info) != line) {
      return problem("the registry " + in_quotes(name) + " is not described as it must be");
    }
    if (!registry_name_problem(name).empty() || is_private(name)) {
      problem(in_quotes(name) + " cannot be a registry's name");
    }
    counted_ += info->symbols;
    check_fields(*info);
    check_context(*info);
    check_pins(*info);
    if (info->select) check_select(*info->select);
  }

  void check_fields(const RegistryInfo& info) {
    std::set<std::string_view> names;
    for (const Field& field : info.fields) {
      if (!field_name_problem(field.name).empty()) {
        problem(in_quotes(field.name) + " cannot be a field's name");
      }
      if (!names.insert(field.name).second)
        problem("the field " + in_quotes(field.name) + " stands twice");
    }
  }

  void check_context(const RegistryInfo& info) {
    std::set<std::string_view> paths;
    for (const Fact& fact : info.context) {
      if (!is_path(fact.path)) problem(in_quotes(fact.path) + " cannot be a fact's path");
      if (!paths.insert(fact.path).second)
        problem("the fact " + in_quotes(fact.path) + " stands twice");
    }
  }

  void check_pins(const RegistryInfo& info) {
    for (std::size_t i = 0; i < info.pins.size(); ++i) {
      const Pin& pin = info.pins[i];
      if (!object_name_problem(pin.oid).empty() || !object_name_problem(pin.target).empty() ||
          !pin_reason_problem(pin.reason).empty()) {
        problem("a pin of " + in_quotes(info.name) + " is not what it can be");
      }
      if (i > 0 && pin.oid <= info.pins[i - 1].oid)
        problem("the pins of " + in_quotes(info.name) + " are out of order");
    }
  }

  static bool is_path(const std::string& text) {
    try {
      return print_path(parse_path(text)) == text;
    } catch (const PredicateError&) {
      return false;
    }
  }

  void check_select(const std::string& text) {
    if (known_predicates_.contains(text)) return;
    for (const PredicateCall& call : Predicate::parse(text).calls()) {
      if (auto wrong = named_.problem(call)) problem(wrong->message);
    }
    if (known_predicates_.size() >= most_known_predicates) known_predicates_.clear();
    known_predicates_.insert(text);
  }

  void check_symbols() {
    guarded([&] { each_line(file_.symbols(), &Verification::check_symbol); });
    finish_registry();
  }

  void check_symbol(std::string_view line) {
    ++lines_;
    auto text = split_line(line);
    if (!text) return problem("a symbol is not laid out as it must be");
    if (lines_ == 1 || text->key.registry != registry_.name) enter_registry(text->key);
    if (in_registry_++ == 0 || text->key.oid != oid_) enter_oid(text->key);
    const std::string_view origin = origin_of_source(text->source.path);
    if (!targets_.emplace(std::string(text->key.target) + '\n' + std::string(origin)).second) {
      problem("the target " + in_quotes(text->key.target) + " stands twice under its oid");
    }
    check_content(line, *text);
  }

  void enter_registry(const LineKey& key) {
    if (key.registry < registry_.name) problem("a registry is out of order");
    finish_registry();
    registry_ = {};
    registry_.name = key.registry;
    in_registry_ = 0;
    auto value = file_.member(file_.registries(), key.registry);
    auto info = value ? registry_from(key.registry, *value) : std::nullopt;
    if (!info) return problem("the registry " + in_quotes(key.registry) + " is not described");
    registry_ = std::move(*info);
  }

  void finish_registry() {
    if (lines_ == 0 || in_registry_ == registry_.symbols) return;
    problem("the registry " + in_quotes(registry_.name) + " has " + std::to_string(in_registry_) +
            " symbols, and should have " + std::to_string(registry_.symbols));
  }

  void enter_oid(const LineKey& key) {
    if (in_registry_ > 1 && key.oid < oid_) problem("an oid is out of order");
    oid_ = key.oid;
    targets_.clear();
    of_symbols_.add(key.registry, key.oid);
  }

  void check_content(std::string_view line, const LineText& text) {
    Json info = text.info.empty() ? Json::object() : file_.parsed(text.info);
    std::string oid = file_.plain(text.key.oid);
    std::string target = file_.plain(text.key.target);
    if (!object_name_problem(oid).empty() || !object_name_problem(target).empty()) {
      problem("an oid or a target has a name that it cannot have");
    }
    if (rewritten(text, oid, target, info) != line) problem("a symbol is not in canonical form");
    check_info(info, !origin_of_source(text.source.path).empty());
    if (!text.select.empty()) check_select(file_.plain(text.select));
  }

  std::string rewritten(const LineText& text, const std::string& oid, const std::string& target,
                        const Json& info) const {
    std::string select = file_.plain(text.select);
    std::string info_text = info.empty() ? "" : to_text(info);
    std::string doc = file_.plain(text.doc);
    std::string replaces = file_.plain(text.replaces);
    std::string when = file_.plain(text.when);
    std::string merged = file_.plain(text.merged);
    std::string path = file_.plain(text.source.path);
    LineParts parts{registry_.name, oid,  target, select,     info_text,  doc,
                    replaces,       when, merged, text.force, text.clear, path,
                    text.source.at};
    const std::string declared = text.declared ? file_.plain(text.declared->path) : std::string();
    if (text.declared) parts.declared = DeclaredPlace{declared, text.declared->line};
    const std::string allow = allow_text(allowed_codes(text));
    parts.allow = allow;
    std::string line;
    append_line(line, parts);
    return line;
  }

  // What an origin publishes has its name and facts.
  void check_info(const Json& info, bool is_published) {
    for (const auto& [name, value] : info.items()) {
      if (is_published && ast::is_of_origin(name)) continue;
      const Field* field = registry_.field(name);
      if (!field) {
        problem("the field " + in_quotes(name) + " is not declared");
      } else if (!value.is_null() && !holds(field->type, value)) {
        problem("the field " + in_quotes(name) + " is no " + to_string(field->type));
      }
    }
  }

  void check_oids() {
    guarded([&] { each_line(file_.oids(), &Verification::check_oid); });
  }

  void check_oid(std::string_view line) {
    MemberLine member = ordered_member(line);
    auto registries = oid_registries_from(file_.parsed(member.value));
    if (!registries || registries->empty()) return problem("an oid has no list of registries");
    std::vector<std::string_view> names(registries->begin(), registries->end());
    if (oid_line(member.key, names) != line) problem("an oid is not in canonical form");
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0 && names[i] <= names[i - 1]) problem("an oid's registries are out of order");
      of_oids_.add(names[i], member.key);
    }
  }

  void check_totals() {
    if (full()) return;
    offset_ = 0;
    if (lines_ != file_.symbol_count() || counted_ != file_.symbol_count()) {
      problem("the first line counts " + std::to_string(file_.symbol_count()) +
              " symbols, the registries " + std::to_string(counted_) + ", and there are " +
              std::to_string(lines_));
    }
    if (of_symbols_ != of_oids_) problem("the oids are not those of the symbols");
    guarded([&] {
      if (tally(file_).sum != file_.header().sum)
        problem("the lines do not add up to the sum in the first one");
    });
  }

  const CacheFile& file_;
  std::vector<std::string> problems_;
  std::uint64_t offset_ = 0;  // of what is being checked
  std::string previous_;      // key of the section
  PredicateSet named_;
  std::unordered_set<std::string> known_predicates_;  // that parse
  std::uint64_t counted_ = 0;                         // symbols, by the registries' own account
  std::uint64_t lines_ = 0;                           // of symbols
  RegistryInfo registry_;                             // of the symbol being checked
  std::uint64_t in_registry_ = 0;                     // symbols so far
  std::string oid_;                                   // escaped
  std::unordered_set<std::string> targets_;           // escaped, of that oid
  PairSum of_symbols_;
  PairSum of_oids_;
};

}  // namespace

std::vector<std::string> verify_cache(const CacheFile& file) { return Verification(file).run(); }

}  // namespace reg
