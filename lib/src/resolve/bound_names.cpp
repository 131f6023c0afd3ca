// What bindings mean: the part of `Program` that follows names from one to the next.
#include <resolve/program.h>
#include <algorithm>
#include <utility>

namespace reg {
namespace {

// How much a meaning says. What says little does not hide what a guarded binding stands in for.
enum class Worth : std::uint8_t { Nothing, Placeholder, Elsewhere, Known };

Worth worth_of(const std::optional<Meaning>& meaning, const Program& program) {
  if (!meaning) return Worth::Nothing;
  switch (meaning->kind) {
    case Meaning::Kind::Unknown:
      return Worth::Nothing;
    case Meaning::Kind::External:
      return Worth::Elsewhere;
    case Meaning::Kind::Module:
      return Worth::Known;
    case Meaning::Kind::Statement:
      break;
  }
  const Statement& statement = program.statement(meaning->at);
  const bool is_none = statement.kind == Statement::Kind::Assign &&
                       statement.value.kind == Expression::Kind::Literal &&
                       statement.value.value.is_null();
  return is_none ? Worth::Placeholder : Worth::Known;
}

// Values that a name may have, each of which is made by an assignment.
void add_other(Meaning& meaning, const Meaning& other, const Program& program) {
  constexpr std::size_t most = 4;
  const auto is_made = [&](const Meaning& each) {
    return each.is(Meaning::Kind::Statement) && each.rest.empty() &&
           program.statement(each.at).kind == Statement::Kind::Assign;
  };
  if (!is_made(meaning) || !is_made(other)) return;
  if (other.at != meaning.at && meaning.others.size() < most) meaning.others.push_back(other.at);
  for (const ProgramPoint& each : other.others)
    if (meaning.others.size() < most) meaning.others.push_back(each);
}

bool is_same(const Meaning& a, const Meaning& b) {
  return a.kind == b.kind && a.path == b.path && a.at == b.at && a.rest == b.rest;
}

// The bindings of a name and the star imports of its scope, from the last one before `limit`.
class Backwards {
 public:
  Backwards(std::span<const Binding> named, std::span<const Binding> stars, std::uint32_t limit)
      : named_(before(named, limit)), stars_(before(stars, limit)) {}

  const Binding* next() {
    std::span<const Binding>& from =
        named_.empty() || (!stars_.empty() && stars_.back().statement > named_.back().statement)
            ? stars_
            : named_;
    if (from.empty()) return nullptr;
    const Binding* last = &from.back();
    from = from.first(from.size() - 1);
    return last;
  }

 private:
  static std::span<const Binding> before(std::span<const Binding> all, std::uint32_t limit) {
    const auto end = std::partition_point(
        all.begin(), all.end(), [&](const Binding& each) { return each.statement < limit; });
    return {all.begin(), end};
  }

  std::span<const Binding> named_, stars_;
};

// Of `X[…]`: whether it is a class with types rather than an element.
bool may_be_class(const Meaning& meaning, const Program& program) {
  if (meaning.is(Meaning::Kind::Statement))
    return meaning.rest.empty() && program.statement(meaning.at).kind == Statement::Kind::Class;
  if (!meaning.is(Meaning::Kind::External)) return false;
  const std::string_view name = last_part(meaning.path);
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z' && !is_capitals(name);
}

bool is_made_by_call(const Meaning& meaning, const Program& program) {
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return false;
  const Statement& made = program.statement(meaning.at);
  return made.guarded && made.kind == Statement::Kind::Assign &&
         made.value.kind == Expression::Kind::Call;
}

}  // namespace

Program::Slots::iterator Program::slot_named(Slots& slots, std::string_view name) {
  const auto place = slots.find(name);
  return place != slots.end() ? place : slots.emplace(std::string(name), Slot{}).first;
}

// Questions lead to others, without bound. Those that are too deep are put off until what asked
// them has been left, and asked again with what they came to.
std::optional<Meaning> Program::remember(Slot& slot, const Find& find) const {
  constexpr std::size_t most_steps = 50;
  if (slot.state == Slot::State::Known) return slot.meaning;
  if (put_off_) return std::nullopt;
  if (slot.state == Slot::State::Open) {
    met_circle_ = true;
    return std::nullopt;
  }
  if (depth_ == 0) return answer(slot, find);
  if (depth_ >= most_steps) {
    put_off_ = Question{&slot, find};
    return std::nullopt;
  }
  const bool met_before = std::exchange(met_circle_, false);
  ask(slot, find);
  if (met_circle_ && slot.state == Slot::State::Known) circular_.push_back(&slot);
  met_circle_ = met_circle_ || met_before;
  return slot.meaning;
}

void Program::ask(Slot& slot, const Find& find) const {
  slot.state = Slot::State::Open;
  ++depth_;
  slot.meaning = find();
  --depth_;
  slot.state = Slot::State::Known;
  if (put_off_) slot = {};
}

std::optional<Meaning> Program::answer(Slot& slot, const Find& find) const {
  std::vector<Question> open{{&slot, find}};
  std::vector<Slot*> circular;
  while (!open.empty()) {
    Slot& last = *open.back().slot;
    ask(last, open.back().find);
    const bool met_circle = met_circle_;
    forget_circles();
    if (put_off_) {
      last.state = Slot::State::Open;  // to come back to it is a circle
      open.push_back(std::move(*put_off_));
      put_off_.reset();
      continue;
    }
    open.pop_back();
    if (met_circle || !circular.empty()) circular.push_back(&last);
  }
  // The question itself stays known.
  if (!circular.empty()) circular.pop_back();
  for (Slot* each : circular) *each = {};
  return slot.meaning;
}

void Program::forget_circles() const {
  for (Slot* slot : circular_) *slot = {};
  circular_.clear();
  met_circle_ = false;
}

void Program::add_alternatives(Meaning& meaning, const Meaning& other) const {
  constexpr std::size_t most = 8;
  const auto add = [&](const Meaning& each) {
    auto& all = meaning.alternatives;
    if (each.is(Meaning::Kind::Unknown) || each.is(Meaning::Kind::Module)) return;
    if (all.size() >= most || is_same(each, meaning)) return;
    if (std::any_of(all.begin(), all.end(), [&](const Meaning& a) { return is_same(a, each); }))
      return;
    all.push_back({each.kind, each.path, each.at, each.rest});
  };
  add(other);
  for (const Meaning& each : other.alternatives) add(each);
}

std::optional<Meaning> Program::bound(std::size_t file, std::uint32_t scope, std::string_view name,
                                      std::uint32_t limit) const {
  const Bindings& own = bindings(file);
  const std::span<const Binding> stars =
      name == "*" ? std::span<const Binding>() : own.of(scope, "*");
  Backwards all(own.of(scope, name), stars, limit);
  std::optional<Meaning> best, perhaps;
  Worth most = Worth::Nothing;
  // Of these one may matter as an alternative.
  std::size_t left_when_known = 16, guarded_ones = 0;
  bool is_whole = false;
  while (const Binding* each = all.next()) {
    const Statement& statement = account(file).statements[each->statement];
    const bool is_star = each->name == "*";
    // What is deleted is not there, and no star import brings it.
    const bool is_deleted = statement.kind == Statement::Kind::Unbind && !statement.guarded &&
                            account(file).scopes[scope].kind != Scope::Kind::Function;
    if (is_deleted) break;
    std::optional<Meaning> meaning =
        is_star ? through_star(file, *each, name) : meaning_of(file, *each);
    if (is_star && !meaning) continue;
    const bool is_perhaps = statement.guarded || (is_star && has_unknown_exports(file, *each));
    const Worth worth = worth_of(meaning, *this);
    // Whether a module that is not here has the name is not known; others may.
    if (is_star && worth == Worth::Elsewhere && !binds_itself(file, *each, name)) {
      if (!perhaps) perhaps = std::move(meaning);
      continue;
    }
    // Of two that are elsewhere the first is meant, and the other stands in for it.
    const bool is_better = worth > most || (worth == most && worth == Worth::Elsewhere);
    // `try: from x import R`, `except ImportError: R = Registry(…)`: without an error it is the
    // first.
    const bool is_first_choice = guarded_ones == 1 && statement.guarded && worth == Worth::Known &&
                                 statement.kind == Statement::Kind::ImportFrom && best &&
                                 is_made_by_call(*best, *this);
    if (is_first_choice) {
      add_alternatives(*meaning, *best);
      best = std::move(meaning);
      is_whole = true;
    } else if (is_better || (!best && meaning)) {
      if (best && meaning) add_alternatives(*meaning, *best);
      best = std::move(meaning);
    } else if (meaning && most == Worth::Known) {
      if (is_perhaps || (!is_whole && guarded_ones < 2)) add_alternatives(*best, *meaning);
      // Two before it are the branches of one `if` or `try`, which leave nothing of it; so are one
      // in a library and one in the files.
      is_whole = is_whole || (is_perhaps && worth == Worth::Elsewhere);
      if (!is_whole && (is_perhaps || guarded_ones < 2)) add_other(*best, *meaning, *this);
    }
    guarded_ones += is_perhaps ? 1 : 0;
    most = std::max(most, worth);
    if (!is_perhaps || (most == Worth::Known && --left_when_known == 0)) break;
  }
  return best ? best : perhaps;
}

std::optional<Meaning> Program::meaning_of(std::size_t file, const Binding& binding) const {
  const Statement& statement = account(file).statements[binding.statement];
  const ProgramPoint at{file, binding.statement};
  const auto slot = [&]() -> Slot& {
    return binding_slots_[{file, binding.statement, binding.imported}];
  };
  switch (statement.kind) {
    case Statement::Kind::Class:
    case Statement::Kind::Function:
      return Meaning{Meaning::Kind::Statement, {}, at, {}};
    case Statement::Kind::Assign:
      if (name_of_class(statement.value).empty())
        return Meaning{Meaning::Kind::Statement, {}, at, {}};
      return remember(slot(), [this, at]() -> std::optional<Meaning> {
        const Expression& value = this->statement(at).value;
        Meaning meaning = meaning_of(name_of_class(value), at);
        if (value.kind == Expression::Kind::Name || may_be_class(meaning, *this)) return meaning;
        return Meaning{Meaning::Kind::Statement, {}, at, {}};
      });
    case Statement::Kind::Import:
      return module_meaning(statement.renamed ? std::string_view(statement.module) : binding.name,
                            file);
    case Statement::Kind::ImportFrom:
      return remember(slot(), [this, file, binding] { return imported(file, binding); });
    case Statement::Kind::Bind: {
      Meaning unknown;
      if (statement.scope == 0) add_alternatives(unknown, {Meaning::Kind::Statement, {}, at, {}});
      return unknown;
    }
    default:
      return Meaning{};
  }
}

Meaning Program::module_meaning(std::string_view name, std::size_t from) const {
  if (const auto file = modules_.find(name, from))
    return {Meaning::Kind::Module, {}, {*file, 0}, {}};
  return {Meaning::Kind::External, std::string(name), {from, 0}, {}};
}

std::optional<Meaning> Program::imported(std::size_t file, const Binding& binding) const {
  const Statement& statement = account(file).statements[binding.statement];
  const std::string& name = statement.imported[binding.imported].name;
  const ImportTarget target = modules_.target(statement.module, statement.level, file);
  if (target.file) return member_of_module(*target.file, name);
  if (const auto below = modules_.below(target, name, file))
    return Meaning{Meaning::Kind::Module, {}, {*below, 0}, {}};
  const std::string path = target.name.empty() ? name : target.name + '.' + name;
  return Meaning{Meaning::Kind::External, path, {file, 0}, {}};
}

std::optional<Meaning> Program::through_star(std::size_t file, const Binding& star,
                                             std::string_view name) const {
  const Statement& statement = account(file).statements[star.statement];
  const ImportTarget target = modules_.target(statement.module, statement.level, file);
  if (!target.file) {
    if (name.starts_with('_')) return std::nullopt;
    std::string path = target.name;
    path.append(1, '.').append(name);
    return Meaning{Meaning::Kind::External, std::move(path), {file, 0}, {}};
  }
  if (const auto names = exports(*target.file)) {
    if (std::find(names->begin(), names->end(), name) == names->end()) return std::nullopt;
    return member(*target.file, name);
  }
  if (name.starts_with('_')) return std::nullopt;
  auto found = member(*target.file, name);
  return found;
}

// Whether the module that is imported from binds the name, rather than have it from a star itself.
bool Program::binds_itself(std::size_t file, const Binding& star, std::string_view name) const {
  const Statement& statement = account(file).statements[star.statement];
  const ImportTarget target = modules_.target(statement.module, statement.level, file);
  return target.file && !bindings(*target.file).of(0, name).empty();
}

// Whether what it brings depends on running the code.
bool Program::has_unknown_exports(std::size_t file, const Binding& star) const {
  const Statement& statement = account(file).statements[star.statement];
  const ImportTarget target = modules_.target(statement.module, statement.level, file);
  return target.file && !bindings(*target.file).of(0, "__all__").empty() && !exports(*target.file);
}

std::optional<Meaning> Program::member(std::size_t file, std::string_view name) const {
  const auto place = slot_named(members_[file], name);
  return remember(place->second, [this, file, own = &place->first]() -> std::optional<Meaning> {
    std::optional<Meaning> found;
    if (files_[file].account == nullptr) {
      wanted_.insert(file);
    } else {
      found = bound(file, 0, *own, at_end);
      if (found && !found->is(Meaning::Kind::Unknown)) return found;
    }
    if (const auto below = modules_.below(file, *own))
      return Meaning{Meaning::Kind::Module, {}, {*below, 0}, {}};
    return found;
  });
}

}  // namespace reg
