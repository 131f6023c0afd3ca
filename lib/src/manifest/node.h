#pragma once
// What a manifest's text holds, with the place of every part: the form that TOML and JSON share.
//
// Nodes are plain values without destructors. Their strings and children lie in the text that was
// read or in the arena of whoever made them, and are gone with it.

#include <manifest/declarations.h>
#include <reg/json.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reg {

struct Node;
struct Member;

struct Null {};

// A value that the model has no room for; `check_tree` reports it.
enum class Flaw : std::uint8_t { DateOrTime, NotFinite, TooLarge };

// A number whose text reads as another version than its value does (2.10): what is written, in
// full.
struct KeptNumber {
  std::string_view text;
};

template <typename T>
struct Run {
  const T* first = nullptr;
  std::size_t count = 0;

  const T* begin() const { return first; }
  const T* end() const { return first + count; }
  std::size_t size() const { return count; }
};

using NodeValue = std::variant<Null, bool, std::int64_t, std::uint64_t, double, std::string_view,
                               Run<Node>, Run<Member>, Flaw, KeptNumber>;

struct Node {
  NodeValue value;
  Position at;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&value);
  }
};

struct Member {
  std::string_view key;
  Position key_at;
  Node value;
};

// A float and its text, as what the model has for it.
NodeValue number_value(double value, std::string_view text);

// The type that a field would need in order to hold the value; `Any` for null.
FieldType type_of(const Node& node);
// A finite number as a double, whatever it is written as; nothing for other kinds.
std::optional<double> number_of(const Node& node);
// Numbers keep their text where that matters (text/kept_number.h).
Json to_json(const Node& node);

// Writes nodes as canonical JSON text (text/json_text.h). Keeps its scratch space, so that many
// small nodes cost no allocation.
class CanonicalWriter {
 public:
  void append(std::string& out, const Node& node);
  // The members sorted by key, until the next call of a function of this writer.
  std::vector<const Member*>& sorted(Run<Member> members);

 private:
  void append_list(std::string& out, Run<Node> items);
  void append_table(std::string& out, Run<Member> members);
  std::size_t push_sorted(Run<Member> members);

  std::vector<const Member*> stack_;  // the sorted members of every table that is being written
  std::vector<const Member*> top_;
};

}  // namespace reg
