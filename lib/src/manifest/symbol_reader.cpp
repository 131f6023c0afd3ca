#include <manifest/lint_reader.h>
#include <manifest/name_checks.h>
#include <manifest/settings_reader.h>
#include <manifest/symbol_reader.h>
#include <manifest/table.h>
#include <reg/symbol.h>
#include <text/diagnostic.h>
#include <algorithm>
#include <limits>
#include <span>
#include <utility>

namespace reg {

struct SymbolReader::Slots {
  const Node *registry{}, *target{}, *oid{}, *info{}, *select{}, *replaces{}, *force{}, *clear{},
      *abstract{}, *when{}, *doc{}, *allow{}, *declared{};

  static const KeyRule<Slots> rules[12];
  static const KeyRule<Slots> published_rules[7];
};

const KeyRule<SymbolReader::Slots> SymbolReader::Slots::rules[12] = {
    {"registry", &Slots::registry, Kinds::String | Kinds::Array, Presence::Required},
    {"oid", &Slots::oid, Kinds::String},
    {"target", &Slots::target, Kinds::String, Presence::Required},
    {"info", &Slots::info, Kinds::Table},
    {"select", &Slots::select, Kinds::String},
    {"replaces", &Slots::replaces, Kinds::String},
    {"force", &Slots::force, Kinds::Bool},
    {"clear", &Slots::clear, Kinds::Bool},
    {"abstract", &Slots::abstract, Kinds::Bool},
    {"when", &Slots::when, Kinds::String},
    {"doc", &Slots::doc, Kinds::String},
    {"allow", &Slots::allow, Kinds::Array},
};

// Nobody acts on what others declare.
const KeyRule<SymbolReader::Slots> SymbolReader::Slots::published_rules[7] = {
    {"registry", &Slots::registry, Kinds::String, Presence::Required},
    {"oid", &Slots::oid, Kinds::String, Presence::Required},
    {"target", &Slots::target, Kinds::String, Presence::Required},
    {"info", &Slots::info, Kinds::Table},
    {"select", &Slots::select, Kinds::String},
    {"doc", &Slots::doc, Kinds::String},
    {"declared", &Slots::declared, Kinds::Table},
};

namespace {

struct DeclaredSlots {
  const Node *path{}, *line{};
};
constexpr KeyRule<DeclaredSlots> declared_rules[] = {
    {"path", &DeclaredSlots::path, Kinds::String, Presence::Required},
    {"line", &DeclaredSlots::line, Kinds::Number, Presence::Required},
};

}  // namespace

bool SymbolReader::is_key(std::string_view key) {
  return std::any_of(std::begin(Slots::rules), std::end(Slots::rules),
                     [&](const KeyRule<Slots>& rule) { return rule.key == key; });
}

void SymbolReader::read(const Element& symbol, const std::optional<DeclaredPlace>& declared) {
  const std::size_t before = problems_.count();
  check_tree(problems_, symbol);
  std::span<const KeyRule<Slots>> rules = Slots::rules;
  if (origin_ != nullptr) rules = Slots::published_rules;
  const auto slots = read_table<Slots>(problems_, symbol, rules);
  if (predicates_.trim()) summaries_.forget();
  LineParts parts{};
  read_registries(symbol, slots);
  read_names(symbol, slots, parts);
  read_predicates(symbol, slots, parts);
  read_allow(symbol, slots, parts);
  parts.declared = declared;
  read_declared(symbol, slots, parts);
  if (problems_.count() != before) return;
  if (true_or_false(slots.abstract)) {
    out_.mentioned.insert(registries_.begin(), registries_.end());
    return;
  }
  parts.at = symbol.node.at;
  if (!read_info(slots, parts)) return;
  parts.doc = text_or_empty(slots.doc);
  parts.force = true_or_false(slots.force);
  parts.clear = true_or_false(slots.clear);
  parts.path = path_;
  record(parts);
}

void SymbolReader::read_registries(const Element& symbol, const Slots& slots) {
  registries_.clear();
  if (slots.registry == nullptr) return;
  const Element value = symbol.member("registry", *slots.registry);
  each_string(problems_, value, [this](const Element& item) {
    const std::string_view name = *item.node.as<std::string_view>();
    if (name.empty() || name != checked_registry_) {
      if (!check_registry_name(problems_, item)) return;
      checked_registry_ = name;
    }
    if (std::find(registries_.begin(), registries_.end(), name) != registries_.end()) {
      problems_.add(item, {shown(name) + " is named twice"});
    }
    registries_.push_back(name);
  });
  if (auto items = slots.registry->as<Run<Node>>(); items != nullptr && items->size() == 0) {
    problems_.add(value, {"name at least one registry"});
  }
}

void SymbolReader::read_names(const Element& symbol, const Slots& slots, LineParts& parts) {
  if (slots.replaces != nullptr) {
    parts.replaces = text_or_empty(slots.replaces);
    check_target(problems_, symbol.member("replaces", *slots.replaces));
  }
  parts.oid = text_or_empty(slots.oid);
  if (slots.oid != nullptr) check_oid(problems_, symbol.member("oid", *slots.oid));
  if (slots.target == nullptr) return;
  const Element target = symbol.member("target", *slots.target);
  parts.target = text_or_empty(slots.target);
  if (!check_target(problems_, target) || slots.oid != nullptr) return;
  oid_ = default_oid(parts.target);
  parts.oid = oid_;
  if (oid_.empty()) {
    problems_.add(target, {"no oid follows from " + shown(parts.target), "give the symbol an oid"});
  }
}

void SymbolReader::read_predicates(const Element& symbol, const Slots& slots, LineParts& parts) {
  select_ = when_ = nullptr;
  if (true_or_false(slots.abstract)) return;
  if (slots.select != nullptr) {
    select_ = predicates_.known(symbol.member("select", *slots.select));
    if (select_ != nullptr) parts.select = select_->text;
    if (origin_ != nullptr) refuse_calls(symbol.member("select", *slots.select));
  }
  if (slots.when != nullptr) {
    when_ = predicates_.known(symbol.member("when", *slots.when));
    if (when_ != nullptr) parts.when = when_->text;
  }
}

// Named predicates are each workspace's own.
void SymbolReader::refuse_calls(const Element& select) {
  if (select_ == nullptr || select_->calls.empty()) return;
  problems_.add(select, {"calls the named predicate " + shown(select_->calls.front()),
                         "what is published has named predicates written out"});
}

void SymbolReader::read_declared(const Element& symbol, const Slots& slots, LineParts& parts) {
  if (slots.declared == nullptr) return;
  const Element table = symbol.member("declared", *slots.declared);
  const auto place = read_table<DeclaredSlots>(problems_, table, declared_rules);
  if (place.path == nullptr || place.line == nullptr) return;
  DeclaredPlace& declared = parts.declared.emplace();
  declared.path = text_or_empty(place.path);
  if (const std::string problem = path_problem(declared.path); !problem.empty())
    problems_.add(table.member("path", *place.path), {"cannot be a path: " + problem});
  const auto* line = place.line->as<std::int64_t>();
  if (line == nullptr || *line < 0 || *line > std::numeric_limits<std::uint32_t>::max()) {
    problems_.add(table.member("line", *place.line), {"is not the number of a line"});
  } else {
    declared.line = static_cast<std::uint32_t>(*line);
  }
}

void SymbolReader::read_allow(const Element& symbol, const Slots& slots, LineParts& parts) {
  if (slots.allow == nullptr) return;
  allow_ =
      allow_text(read_codes(problems_, symbol.member("allow", *slots.allow), LintCodesOf::Symbol));
  parts.allow = allow_;
}

bool SymbolReader::read_info(const Slots& slots, LineParts& parts) {
  info_.clear();
  info_text_.clear();
  const bool has_any = slots.info != nullptr && slots.info->as<Run<Member>>()->size() != 0;
  if (has_any) info_ = writer_.sorted(*slots.info->as<Run<Member>>());
  if (origin_ != nullptr) {
    // What follows from the origin is no part of its shape: nobody declares it.
    if (!origin_->join(info_, whole_info_)) {
      if (forged_++ == 0) first_forged_ = parts.at;
      return false;
    }
    if (!add_of_origin(parts.at)) return false;
    writer_.append(info_text_, {Run<Member>{whole_info_.data(), whole_info_.size()}, parts.at});
  } else if (has_any) {
    writer_.append(info_text_, *slots.info);
  }
  parts.info_text = info_text_;
  for (const Member* member : info_) {
    WrittenNumber number{parts.at, {std::string(member->key)}, {}};
    note_written(member->value, number);
  }
  return true;
}

// What a small file says once of its origin, each of its symbols has.
bool SymbolReader::add_of_origin(Position at) {
  constexpr std::size_t most = 256 << 20;
  const bool was_in = of_origin_ <= most;
  of_origin_ += origin_->size();
  if (was_in && of_origin_ > most)
    problems_.add(at, {"the facts of its origin would take more than 256 MiB with so many symbols",
                       "[remote] facts are with each of them: publish fewer"});
  return of_origin_ <= most;
}

void SymbolReader::finish() {
  if (forged_ == 0) return;
  std::string message =
      "a symbol is left out: its info has \"origin\" or one of its facts, which "
      "only follow from who publishes it";
  if (forged_ > 1) message += "; and " + std::to_string(forged_ - 1) + " more like it";
  out_.diagnostics.push_back(warning_at({path_, first_forged_.line, first_forged_.column},
                                        std::move(message), "there it has to be renamed"));
}

// `number`: all of it but the text. True: there is one in the value.
bool SymbolReader::note_written(const Node& value, WrittenNumber& number) {
  if (const auto* kept = value.as<KeptNumber>()) {
    out_.written.push_back(number);
    out_.written.back().text = kept->text;
    return true;
  }
  if (const auto* members = value.as<Run<Member>>()) {
    bool any = false;
    for (const Member& member : *members) {
      number.path.emplace_back(member.key);
      any |= note_written(member.value, number);
      number.path.pop_back();
    }
    return any;
  }
  const auto* items = value.as<Run<Node>>();
  if (items == nullptr) return false;
  const bool outer = std::exchange(number.in_list, true);
  const bool any = std::any_of(items->begin(), items->end(),
                               [&](const Node& item) { return note_written(item, number); });
  number.in_list = outer;
  return any;
}

void SymbolReader::record(LineParts& parts) {
  if (when_ != nullptr) {
    out_.when_facts.insert(when_->facts.begin(), when_->facts.end());
    out_.when_calls.insert(when_->calls.begin(), when_->calls.end());
  }
  for (std::string_view registry : registries_) {
    parts.registry = registry;
    shapes_.add(registry, info_, out_.symbols.size());
    if (select_ != nullptr) summaries_.add(registry, parts.when, *select_);
    lines_.add(parts);
  }
}

}  // namespace reg
