#pragma once
// Python text cut into pieces that are small enough for tree-sitter.
//
// tree-sitter 0.20 counts a node's children in 16 bits, and frees the wrong memory where there are
// more. A node has no more children than there are tokens in the text that is parsed at once:
// comments in a row are children of one node, and so is all that stands unfinished when a text that
// is no Python ends (70,000 opening brackets). So no more than so many tokens are parsed at once.
// That is a matter of the text alone, whatever is wrong with it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Some statements of the module.
struct PythonPiece {
  std::size_t begin = 0, end = 0;  // begins where a line does
  std::uint32_t row = 0;           // of `begin`, from 0
  bool too_large = false;          // one statement that has too many tokens
  // Too large, but neither comments nor texts in it can overflow the count: the parser may try as
  // long as it finds no error.
  bool may_be_tried = false;
};

struct PythonPieces {
  // The text, with blanks for lines that are comments: they mean nothing, and many in a row take
  // the parser a time that is quadratic.
  std::string code;
  std::vector<PythonPiece> pieces;      // a small file is one piece
  std::vector<PythonPiece> statements;  // what the pieces are made of
};

PythonPieces python_pieces(std::string_view text);

}  // namespace reg
