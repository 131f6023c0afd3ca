#pragma once
// Builds nodes from the events of a JSON parser.

#include <manifest/document.h>
#include <manifest/json_cursor.h>
#include <manifest/node.h>
#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class JsonBuilder {
 public:
  JsonBuilder(const SourceText& source, DocumentSink& sink) : cursor_(source), sink_(sink) {}

  void begin_array();
  void end_array();
  void begin_object();
  void end_object();
  // The last (or only) part of a string or key; the parts before it went to `add_part`.
  void end_string(std::string_view part);
  void end_key(std::string_view part);
  void add_part(std::string_view part) { pending_ += part; }
  // The number itself is read from the text: the parser's conversion does not round correctly.
  void add_number(double approximate);
  void add_bool(bool value);
  void add_null();
  void end_document() { sink_.document(root_); }

 private:
  struct Frame {
    std::size_t first;  // index of its first child in `children_`
    Position at;
    bool object;
    bool streamed;  // the root's `symbols`
    std::size_t handed_over = 0;
  };

  void add(NodeValue value, Position at);
  std::string_view finish_text(std::string_view part);
  template <typename T>
  T* allocate(std::size_t count);

  JsonCursor cursor_;
  DocumentSink& sink_;
  Node root_;
  std::vector<Frame> frames_;
  std::vector<Member> children_;  // of all open containers; the key is unused in arrays
  std::string pending_;
  std::pmr::monotonic_buffer_resource document_arena_;
  std::vector<std::byte> element_block_ =
      std::vector<std::byte>(64 * 1024);  // enough for most elements; used again for each
  std::pmr::monotonic_buffer_resource element_arena_{element_block_.data(), element_block_.size()};
  std::pmr::monotonic_buffer_resource* arena_ = &document_arena_;
};

}  // namespace reg
