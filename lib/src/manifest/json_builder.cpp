#include <manifest/json_builder.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

namespace reg {
namespace {

template <typename Number>
std::optional<Number> read_as(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

// Integers that fit into 64 bits stay integers; all others become floats, correctly rounded.
// `approximate` tells the too large from the too small, which are as good as zero.
NodeValue read_number(std::string_view text, double approximate) {
  if (auto integer = read_as<std::int64_t>(text)) return *integer;
  if (auto natural = read_as<std::uint64_t>(text)) return *natural;
  if (auto number = read_as<double>(text); number && std::isfinite(*number))
    return number_value(*number, text);
  return std::fabs(approximate) < 1 ? NodeValue(0.0) : NodeValue(Flaw::TooLarge);
}

}  // namespace

template <typename T>
T* JsonBuilder::allocate(std::size_t count) {
  return static_cast<T*>(arena_->allocate(count * sizeof(T), alignof(T)));
}

void JsonBuilder::begin_array() {
  const Position at = cursor_.next();
  cursor_.pass(1);
  const bool symbols =
      frames_.size() == 1 && frames_[0].object && children_.back().key == "symbols";
  frames_.push_back({children_.size(), at, false, symbols});
  if (!symbols) return;
  arena_ = &element_arena_;
  sink_.before_symbols({Run<Member>{children_.data(), children_.size() - 1}, frames_[0].at});
}

void JsonBuilder::end_array() {
  cursor_.next();
  cursor_.pass(1);
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.streamed) arena_ = &document_arena_;
  const std::size_t count = children_.size() - frame.first;
  Node* items = allocate<Node>(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::construct_at(items + i, children_[frame.first + i].value);
  }
  children_.resize(frame.first);
  add(Run<Node>{items, count}, frame.at);
}

void JsonBuilder::begin_object() {
  const Position at = cursor_.next();
  cursor_.pass(1);
  frames_.push_back({children_.size(), at, true, false});
}

void JsonBuilder::end_object() {
  cursor_.next();
  cursor_.pass(1);
  const Frame frame = frames_.back();
  frames_.pop_back();
  const std::size_t count = children_.size() - frame.first;
  auto* members = allocate<Member>(count);
  std::uninitialized_copy_n(children_.begin() + static_cast<std::ptrdiff_t>(frame.first), count,
                            members);
  children_.resize(frame.first);
  add(Run<Member>{members, count}, frame.at);
}

void JsonBuilder::add(NodeValue value, Position at) {
  const Node node{value, at};
  if (frames_.empty()) {
    root_ = node;
  } else if (frames_.back().object) {
    children_.back().value = node;
  } else if (frames_.back().streamed) {
    sink_.symbol(node, frames_.back().handed_over++);
    element_arena_.release();
  } else {
    children_.push_back({{}, {}, node});
  }
}

// The text of the string at the cursor, which it passes.
std::string_view JsonBuilder::finish_text(std::string_view part) {
  if (pending_.empty() && cursor_.owns(part)) {
    cursor_.pass(part.size() + 2);
    return part;
  }
  cursor_.pass_escaped_string();
  pending_ += part;
  char* kept = allocate<char>(pending_.size());
  std::memcpy(kept, pending_.data(), pending_.size());
  std::string_view text(kept, pending_.size());
  pending_.clear();
  return text;
}

void JsonBuilder::end_string(std::string_view part) {
  const Position at = cursor_.next();
  add(finish_text(part), at);
}

void JsonBuilder::end_key(std::string_view part) {
  const Position at = cursor_.next();
  children_.push_back({finish_text(part), at, {}});
}

void JsonBuilder::add_number(double approximate) {
  const Position at = cursor_.next();
  add(read_number(cursor_.pass_number(), approximate), at);
}

void JsonBuilder::add_bool(bool value) {
  const Position at = cursor_.next();
  cursor_.pass(value ? 4 : 5);
  add(value, at);
}

void JsonBuilder::add_null() {
  const Position at = cursor_.next();
  cursor_.pass(4);
  add(Null{}, at);
}

}  // namespace reg
