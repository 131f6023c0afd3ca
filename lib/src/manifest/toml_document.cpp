#include <manifest/document.h>
#include <manifest/toml_depth.h>
#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

namespace reg {
namespace {

Position begin_of(const toml::source_region& region) {
  return {region.begin.line, region.begin.column};
}

// Makes nodes of the parser's tree, whose strings they share.
class Converter {
 public:
  explicit Converter(DocumentSink& sink) : sink_(sink) {}

  void convert_document(const toml::table& root) {
    sink_.document({convert_members(root, Symbols::HandOver), begin_of(root.source())});
  }

 private:
  enum class Symbols : bool { Keep, HandOver };

  Node convert(const toml::node& node) {
    const Position at = begin_of(node.source());
    switch (node.type()) {
      case toml::node_type::table:
        return {convert_members(*node.as_table(), Symbols::Keep), at};
      case toml::node_type::array:
        return {convert_items(*node.as_array()), at};
      case toml::node_type::string:
        return {std::string_view(node.as_string()->get()), at};
      case toml::node_type::integer:
        return {node.as_integer()->get(), at};
      case toml::node_type::floating_point:
        return {convert_float(node.as_floating_point()->get()), at};
      case toml::node_type::boolean:
        return {node.as_boolean()->get(), at};
      default:
        return {Flaw::DateOrTime, at};
    }
  }

  static NodeValue convert_float(double value) {
    return std::isfinite(value) ? NodeValue(value) : NodeValue(Flaw::NotFinite);
  }

  NodeValue convert_items(const toml::array& array) {
    Node* items = allocate<Node>(array.size());
    Node* next = items;
    for (const toml::node& item : array) std::construct_at(next++, convert(item));
    return Run<Node>{items, array.size()};
  }

  NodeValue convert_members(const toml::table& table, Symbols symbols) {
    Member* members = allocate<Member>(table.size());
    Member* next = members;
    for (auto&& [key, value] : table) {
      const bool hand_over =
          symbols == Symbols::HandOver && key.str() == "symbols" && value.is_array();
      std::construct_at(next++,
                        Member{key.str(), begin_of(key.source()),
                               hand_over ? hand_over_items(*value.as_array()) : convert(value)});
    }
    // The parser sorts by key; what is declared first comes first.
    std::sort(members, next, [](const Member& a, const Member& b) { return a.key_at < b.key_at; });
    return Run<Member>{members, table.size()};
  }

  Node hand_over_items(const toml::array& array) {
    std::pmr::memory_resource* const document_arena = arena_;
    arena_ = &element_arena_;
    std::size_t index = 0;
    for (const toml::node& item : array) {
      sink_.symbol(convert(item), index++);
      element_arena_.release();
    }
    arena_ = document_arena;
    return {Run<Node>{}, begin_of(array.source())};
  }

  template <typename T>
  T* allocate(std::size_t count) {
    return static_cast<T*>(arena_->allocate(count * sizeof(T), alignof(T)));
  }

  DocumentSink& sink_;
  std::pmr::monotonic_buffer_resource document_arena_;
  std::vector<std::byte> element_block_ = std::vector<std::byte>(64 * 1024);
  std::pmr::monotonic_buffer_resource element_arena_{element_block_.data(), element_block_.size()};
  std::pmr::memory_resource* arena_ = &document_arena_;
};

// The library's message without its opening words.
std::string plain_message(std::string_view description) {
  constexpr std::string_view opening = "Error while parsing ";
  if (!description.starts_with(opening)) return std::string("not valid TOML: ").append(description);
  description.remove_prefix(opening.size());
  const std::size_t colon = std::min(description.find(": "), description.size());
  return std::string("not valid TOML (")
      .append(description.substr(0, colon))
      .append(")")
      .append(description.substr(colon));
}

std::optional<toml::table> parse(std::string_view text, Problems& problems) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    problems.add(begin_of(error.source()), {plain_message(error.description())});
    return std::nullopt;
  }
}

}  // namespace

void parse_toml_document(const SourceText& source, Problems& problems, DocumentSink& sink) {
  if (auto deep = toml_too_deep(source.text, max_nesting)) {
    problems.add(position_at(source.text, *deep),
                 {"nested deeper than " + std::to_string(max_nesting) + " levels"});
    return;
  }
  if (auto root = parse(source.text, problems)) Converter(sink).convert_document(*root);
}

}  // namespace reg
