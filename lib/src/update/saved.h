#pragma once
// What was saved as JSON, read again: accessors for nodes (manifest/node.h), which cost a fraction
// of what documents with owners do. All but `with_saved` throw NotAsSaved where a value is missing
// or of another kind.

#include <manifest/node.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Another program wrote it.
struct NotAsSaved {};

// Calls `read` with the document's root, which is gone afterwards. Throws NotAsSaved if the text is
// no JSON, and what `read` throws.
void with_saved(std::string_view text, const std::function<void(const Node& root)>& read);

std::string_view text_at(const Node& node);
bool flag_at(const Node& node);
std::uint64_t natural_at(const Node& node);
std::int64_t integer_at(const Node& node);
inline std::string string_at(const Node& node) { return std::string(text_at(node)); }
inline std::uint32_t small_at(const Node& node) {
  return static_cast<std::uint32_t>(natural_at(node));
}

Run<Node> items_of(const Node& list);
const Node& item(const Node& list, std::size_t index);
// Null: there is none of that name.
const Node* find_member(const Node& object, std::string_view key);
const Node& member(const Node& object, std::string_view key);
// The elements of a member, none if it is not there.
Run<Node> items_in(const Node& object, std::string_view key);

std::vector<std::string> strings_of(Run<Node> items);
std::set<std::string> names_of(Run<Node> items);

}  // namespace reg
