#pragma once
// Parsers of the two formats: from text to nodes.

#include <manifest/node.h>
#include <manifest/problems.h>
#include <manifest/source_text.h>
#include <cstddef>

namespace reg {

// The deepest nesting that a manifest may have.
inline constexpr std::size_t max_nesting = 200;

// Takes what a parser finds. The nodes live until the function returns.
class DocumentSink {
 public:
  virtual ~DocumentSink() = default;
  // An element of the root's array `symbols`: handed over as soon as it is read, so that a document
  // with a million of them needs the memory of one.
  virtual void symbol(const Node& node, std::size_t index) = 0;
  // The root's members that stand before its `symbols`, if those are an array; said of JSON only.
  // What is in them lives as long as the document, they themselves during the call.
  virtual void before_symbols(const Node& /*members*/) {}
  // The whole document; its `symbols`, if they are an array, stand there as an empty one. Not
  // called if the text is not well formed.
  virtual void document(const Node& root) = 0;
};

void parse_json_document(const SourceText& source, Problems& problems, DocumentSink& sink);
void parse_toml_document(const SourceText& source, Problems& problems, DocumentSink& sink);

}  // namespace reg
