#include <lint/registry_findings.h>
#include <lint/slips.h>
#include <predicate/origin.h>
#include <predicate/path_text.h>
#include <reg/text.h>
#include <algorithm>

namespace reg::linting {
namespace {

using ast::PartNumber;

class Search {
 public:
  Search(const RegistryView& registry, AllFound& found)
      : view_(registry),
        info_(registry.info),
        usage_(registry.usage),
        places_(registry.declared.registry(registry.info.name)),
        found_(found) {}

  void run() {
    find_near_fields();
    if (usage_.symbols() == 0) return;
    find_unused_facts();
    find_unused_fields();
    find_ungiven_fields();
    find_unused_select();
    if (info_.context.empty()) find_near_facts();
  }

 private:
  const Place* place_in(const std::map<std::string, Place, std::less<>> RegistryPlaces::*of,
                        const std::string& name) const {
    if (places_ == nullptr) return nullptr;
    const auto found = (places_->*of).find(name);
    return found == (places_->*of).end() ? nullptr : &found->second;
  }

  Found& add(const char* code, const std::string& subject, const Place& place,
             std::string message) {
    return found_.emplace_back(about(code, info_.name, subject, place, std::move(message)));
  }

  // By what the cache says is read, and by symbols that are left out of it.
  bool is_read(const std::string& path) const {
    const auto overlaps = [&](const std::string& read) {
      return ast::lies_in(path, read) || ast::lies_in(read, path);
    };
    return std::any_of(info_.reads.begin(), info_.reads.end(), overlaps) ||
           std::any_of(usage_.facts().begin(), usage_.facts().end(),
                       [&](const auto& read) { return overlaps(read.first); });
  }

  void find_unused_facts() {
    for (const Fact& fact : info_.context) {
      const Place* place = place_in(&RegistryPlaces::facts, fact.path);
      if (place == nullptr || is_read(fact.path)) continue;
      add("unused-fact", fact.path, *place,
          "no predicate of " + info_.name + " reads the fact " + in_quotes(fact.path));
    }
  }

  bool is_read_field(const std::string& name) const {
    return usage_.fields().find(name) != usage_.fields().end();
  }

  void find_unused_fields() {
    for (const Field& field : info_.fields) {
      const Place* place = place_in(&RegistryPlaces::fields, field.name);
      if (place == nullptr || usage_.given(field.name) > 0 || is_read_field(field.name)) continue;
      add("unused-field", field.name, *place,
          "no symbol of " + info_.name + " gives the field " + in_quotes(field.name));
    }
  }

  void find_ungiven_fields() {
    for (const auto& [name, read] : usage_.fields()) {
      // Whether others publish is nothing that is wrong here.
      const bool of_origin = name == origin_field;
      if (usage_.given(name) > 0 || read.symbols == 0 || of_origin) continue;
      std::string message = "self." + print_path(std::vector{name}) + " is null: no symbol of " +
                            info_.name + " gives the field " + in_quotes(name);
      add_reader("ungiven-field", name, read, std::move(message), path_of_field);
      const Place* place = place_in(&RegistryPlaces::fields, name);
      if (place != nullptr)
        found_.back().finding.related.push_back({"the field is declared here", *place});
    }
  }

  using PathNumber = std::optional<std::size_t> (*)(const std::string&, const std::string&);

  // At the first predicate that reads it: the registry's, if there is one that does.
  void add_reader(const char* code, const std::string& name, const Read& read, std::string message,
                  PathNumber path) {
    if (reads_by_default(name, path) && places_ != nullptr && places_->select)
      return add_default_reader(code, name, std::move(message), path);
    if (read.first_line.empty()) {
      const Place place =
          places_ == nullptr ? Place{} : places_->select.value_or(places_->registry);
      add(code, name, place, std::move(message));
      return;
    }
    const Symbol symbol = view_.file.symbol_of(read.first_line);
    Found& found = add(code, name, symbol.source, std::move(message));
    found.part = DeclarationPart{{symbol.source.line, symbol.source.column}, {"select"}};
    if (const auto number = symbol.select ? path(*symbol.select, name) : std::nullopt)
      found.part->of_predicate = PartNumber{PartNumber::Kind::Path, *number};
  }

  bool reads_by_default(const std::string& name, PathNumber path) const {
    return usage_.by_default() > 0 && info_.select && path(*info_.select, name).has_value();
  }

  void add_default_reader(const char* code, const std::string& name, std::string message,
                          PathNumber path) {
    Found& found = add(code, name, *places_->select, std::move(message));
    found.part = DeclarationPart{{}, {"registries", info_.name, "select"}};
    found.part->of_predicate = PartNumber{PartNumber::Kind::Path, *path(*info_.select, name)};
  }

  void find_unused_select() {
    if (!info_.select || usage_.by_default() > 0) return;
    if (places_ == nullptr || !places_->select) return;
    Found& found = add(
        "unused-select", {}, *places_->select,
        "the `select` of " + info_.name + " scores no symbol: all of them bring one of their own");
    found.finding.hint = "it is not joined to theirs; say it in each, or as a named predicate";
  }

  void find_near_facts() {
    for (const auto& [fact, read] : usage_.facts()) {
      if (view_.known_facts.contains(fact) || read.symbols == 0) continue;
      const std::string other = meant_by(fact, read);
      if (other.empty()) continue;
      add_reader("near-facts", fact, read,
                 "the fact " + in_quotes(fact) + " is named almost like " + in_quotes(other),
                 path_of_fact);
      found_.back().finding.hint = "did you mean " + in_quotes(other) + "?";
    }
  }

  // A fact that is known, or else one that more predicates read.
  std::string meant_by(const std::string& fact, const Read& read) const {
    for (const std::string& known : view_.known_facts) {
      if (is_slip_of_path(fact, known)) return known;
    }
    for (const auto& [other, others] : usage_.facts()) {
      const bool is_rarer =
          read.symbols < others.symbols || (read.symbols == others.symbols && other < fact);
      if (is_rarer && is_slip_of_path(fact, other)) return other;
    }
    return {};
  }

  void find_near_fields() {
    for (std::size_t i = 0; i < info_.fields.size(); ++i) {
      for (std::size_t j = i + 1; j < info_.fields.size(); ++j) {
        const std::string &a = info_.fields[i].name, &b = info_.fields[j].name;
        if (!is_slip(a, b)) continue;
        const bool is_first = usage_.given(a) < usage_.given(b);
        add_near_field(is_first ? a : b, is_first ? b : a);
      }
    }
  }

  void add_near_field(const std::string& name, const std::string& other) {
    const Place* place = place_in(&RegistryPlaces::fields, name);
    if (place == nullptr) return;
    Found& found =
        add("near-names", name, *place,
            "the field " + in_quotes(name) + " is named almost like " + in_quotes(other));
    if (const Place* there = place_in(&RegistryPlaces::fields, other))
      found.finding.related.push_back({in_quotes(other) + " is declared here", *there});
  }

  const RegistryView& view_;
  const RegistryInfo& info_;
  const Usage& usage_;
  const RegistryPlaces* places_;
  AllFound& found_;
};

}  // namespace

void find_in_registry(const RegistryView& registry, AllFound& found) {
  Search(registry, found).run();
}

}  // namespace reg::linting
