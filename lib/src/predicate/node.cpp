#include <predicate/node.h>
#include <predicate/print.h>
#include <algorithm>
#include <array>

namespace reg::ast {

bool operator==(const Literal& a, const Literal& b) { return printed(a.value) == printed(b.value); }

Json make_version(std::string_view without_v) {
  return Json::binary(Json::binary_t::container_type(without_v.begin(), without_v.end()));
}

std::string_view to_string(Operator op) {
  constexpr std::array<std::string_view, 8> names = {
      "==", "!=", "<", "<=", ">", ">=", "in", "glob"};
  return names[static_cast<std::size_t>(op)];
}

namespace {

std::size_t list_depth(const Json& value) {
  if (!value.is_array()) return 0;
  std::size_t deepest = 0;
  for (const Json& element : value) deepest = std::max(deepest, list_depth(element));
  return 1 + deepest;
}

std::size_t depth_of(const Operand& operand) {
  const auto* literal = std::get_if<Literal>(&operand);
  return literal == nullptr ? 0 : list_depth(literal->value);
}

template <typename... Parts>
bool is_any(const Predicate& predicate) {
  return (std::holds_alternative<Parts>(top_of(predicate)) || ...);
}

// The depth of the deepest of `parts`, where those of the kinds `InParentheses` stand in them.
template <typename... InParentheses>
std::size_t deepest(std::span<const Predicate> parts) {
  std::size_t depth = 0;
  for (const Predicate& part : parts) {
    depth =
        std::max(depth, InsidePredicate::of(part).depth + (is_any<InParentheses...>(part) ? 1 : 0));
  }
  return depth;
}

struct Depth {
  std::size_t operator()(const Conjunction& all) const { return deepest<Disjunction>(all.parts); }
  std::size_t operator()(const Disjunction& any) const { return deepest<>(any.parts); }
  std::size_t operator()(const Negation& negation) const {
    return 1 + deepest<Conjunction, Disjunction>({&negation.part, 1});
  }
  std::size_t operator()(const Bare& bare) const { return depth_of(bare.operand); }
  std::size_t operator()(const Comparison& comparison) const {
    return std::max(depth_of(comparison.left), depth_of(comparison.right));
  }
  std::size_t operator()(const Presence&) const { return 0; }
  std::size_t operator()(const Rank&) const { return 0; }
  std::size_t operator()(const Call& call) const {
    std::size_t depth = 0;
    for (const Operand& argument : call.arguments) depth = std::max(depth, depth_of(argument));
    return depth;
  }
  std::size_t operator()(const Callable&) const { return 0; }
};

// Visits every path in one part, not in its parts.
struct PathVisitor {
  const std::function<void(const Path& path)>& visit;

  void operator()(const Operand& operand) const {
    if (const auto* path = std::get_if<Path>(&operand)) visit(*path);
  }
  void operator()(const Bare& bare) const { (*this)(bare.operand); }
  void operator()(const Comparison& comparison) const {
    (*this)(comparison.left);
    (*this)(comparison.right);
  }
  void operator()(const Presence& presence) const { visit(presence.path); }
  void operator()(const Rank& rank) const { (*this)(rank.score); }
  void operator()(const Call& call) const {
    for (const Operand& argument : call.arguments) (*this)(argument);
  }
  void operator()(const Conjunction&) const {}
  void operator()(const Disjunction&) const {}
  void operator()(const Negation&) const {}
  void operator()(const Callable&) const {}
};

// A part with other paths, in it and in its parts.
struct PathChange {
  const std::function<Path(const Path& path)>& become;

  Operand of(const Operand& operand) const {
    const auto* path = std::get_if<Path>(&operand);
    return path == nullptr ? operand : become(*path);
  }
  std::vector<Predicate> of(const std::vector<Predicate>& parts) const {
    std::vector<Predicate> out;
    out.reserve(parts.size());
    for (const Predicate& part : parts) out.push_back(with_paths(part, become));
    return out;
  }
  Part operator()(const Conjunction& all) const { return Conjunction{of(all.parts)}; }
  Part operator()(const Disjunction& any) const { return Disjunction{of(any.parts)}; }
  Part operator()(const Negation& negation) const {
    return Negation{with_paths(negation.part, become)};
  }
  Part operator()(const Bare& bare) const { return Bare{of(bare.operand)}; }
  Part operator()(const Comparison& comparison) const {
    return Comparison{of(comparison.left), comparison.op, of(comparison.right)};
  }
  Part operator()(const Presence& presence) const { return Presence{become(presence.path)}; }
  Part operator()(const Rank& rank) const { return Rank{of(rank.score)}; }
  Part operator()(const Call& call) const {
    Call changed{call.name, {}, call.offset};
    for (const Operand& argument : call.arguments) changed.arguments.push_back(of(argument));
    return changed;
  }
  Part operator()(const Callable& callable) const { return callable; }
};

}  // namespace

Predicate with_paths(const Predicate& predicate,
                     const std::function<Path(const Path& path)>& become) {
  return make(std::visit(PathChange{become}, top_of(predicate)));
}

void each_path(const Predicate& predicate, const std::function<void(const Path& path)>& visit) {
  walk(predicate, [&visit](const Predicate& part) {
    std::visit(PathVisitor{visit}, top_of(part));
    return true;
  });
}

Predicate make(Part part) {
  std::size_t depth = std::visit(Depth{}, part);
  if (depth > Predicate::max_depth) {
    throw InputError("a predicate nested deeper than " + std::to_string(Predicate::max_depth) +
                     " levels");
  }
  return InsidePredicate::make({std::move(part), depth});
}

template <typename Joined>
Predicate join(std::vector<Predicate> predicates) {
  if (predicates.size() == 1) return std::move(predicates.front());
  auto is_joined = [](const Predicate& one) { return is_any<Joined>(one); };
  if (std::none_of(predicates.begin(), predicates.end(), is_joined))
    return make(Joined{std::move(predicates)});
  Joined joined;
  for (const Predicate& predicate : predicates) {
    std::span<const Predicate> parts =
        is_joined(predicate) ? parts_of(predicate) : std::span(&predicate, 1);
    joined.parts.insert(joined.parts.end(), parts.begin(), parts.end());
  }
  return make(std::move(joined));
}

template Predicate join<Conjunction>(std::vector<Predicate>);
template Predicate join<Disjunction>(std::vector<Predicate>);

std::span<const Predicate> parts_of(const Predicate& predicate) {
  const Part& part = top_of(predicate);
  if (const auto* all = std::get_if<Conjunction>(&part)) return all->parts;
  if (const auto* any = std::get_if<Disjunction>(&part)) return any->parts;
  if (const auto* negation = std::get_if<Negation>(&part)) return {&negation->part, 1};
  return {};
}

}  // namespace reg::ast
