#include <scan/python_grammar.h>
#include <scan/python_pieces.h>
#include <scan/python_tree.h>
#include <text/utf8.h>
#include <tree_sitter/api.h>
#include <algorithm>
#include <memory>

namespace reg {
namespace {

// The last resort: what is read must not depend on how busy the machine is, so this is far beyond
// what the worst of texts takes.
constexpr std::uint64_t longest_parse_in_microseconds = 60'000'000;

struct Delete {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

using Parser = std::unique_ptr<TSParser, Delete>;
using Tree = std::unique_ptr<TSTree, Delete>;

Parser new_parser() {
  Parser parser(ts_parser_new());
  ts_parser_set_timeout_micros(parser.get(), longest_parse_in_microseconds);
  if (!ts_parser_set_language(parser.get(), python_grammar().language())) return nullptr;
  return parser;
}

// Null: it took too long.
Tree parsed(TSParser& parser, std::string_view text) {
  return Tree(ts_parser_parse_string(&parser, nullptr, text.data(),
                                     static_cast<std::uint32_t>(text.size())));
}

class Cursor {
 public:
  explicit Cursor(const TSTree& tree) : cursor_(ts_tree_cursor_new(ts_tree_root_node(&tree))) {}
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  TSNode node() const { return ts_tree_cursor_current_node(&cursor_); }
  TSFieldId field() const { return ts_tree_cursor_current_field_id(&cursor_); }
  bool down() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool along() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  bool up() { return ts_tree_cursor_goto_parent(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

// Sets a flag when the parser begins to recover from an error.
void stop_at_error(void* flag, TSLogType type, const char* message) {
  if (type == TSLogTypeParse && std::string_view(message).starts_with("resume "))
    *static_cast<std::size_t*>(flag) = 1;
}

// Whether no statement goes on beyond so many bytes.
bool ends_at(const TSTree& tree, std::size_t size) {
  Cursor cursor(tree);
  bool ends = true;
  for (bool more = cursor.down(); more && ends; more = cursor.along()) {
    const TSNode statement = cursor.node();
    ends = ts_node_start_byte(statement) >= size || ts_node_end_byte(statement) <= size;
  }
  return ends;
}

// Without an error no node has many children, however long the text is. Where there is one, the
// parser goes on for some hundred steps before it looks at the flag, in which it must not come to
// the end: only there it makes one node of all that is unfinished. More statements follow,
// therefore, of which it can take no more than the first for a part of what is unfinished. Null:
// there is an error, or it took too long.
Tree parsed_without_error(std::string_view text) {
  std::string padded(text);
  padded += '\n';
  for (int count = 0; count < 1'000; ++count) padded += "pass\n";
  std::size_t stop = 0;
  const Parser parser = new_parser();
  ts_parser_set_cancellation_flag(parser.get(), &stop);
  ts_parser_set_logger(parser.get(), {&stop, stop_at_error});
  Tree tree = parsed(*parser, padded);
  return tree && stop == 0 && ends_at(*tree, text.size()) ? std::move(tree) : nullptr;
}

// Adds to `nodes` by walking over the whole tree of a piece; its module is the one that is there.
class Flattening {
 public:
  Flattening(const TSTree& tree, const PythonPiece& piece, std::vector<PythonNode>& nodes)
      : cursor_(tree), piece_(piece), nodes_(nodes) {}

  void run() {
    do {
      const bool is_module =
          open_.empty() && python_grammar().kind_of(cursor_.node()) == PythonKind::Module;
      open_.push_back(is_module ? join() : kept() ? add() : none);
      if (open_.back() != none && cursor_.down()) continue;
      do {
        close();
        if (cursor_.along()) break;
      } while (cursor_.up());
    } while (!open_.empty());
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  Cursor cursor_;
  const PythonPiece& piece_;
  std::vector<PythonNode>& nodes_;
  std::vector<std::uint32_t> open_;  // the numbers of the nodes around, and of the one just left

  // Comments and continued lines may stand anywhere; punctuation says nothing, except where it is
  // missing.
  bool kept() const {
    const TSNode node = cursor_.node();
    if (ts_node_is_missing(node)) return true;
    if (!ts_node_is_named(node)) return python_grammar().kind_of(node) != PythonKind::Other;
    return !ts_node_is_extra(node) || python_grammar().kind_of(node) == PythonKind::Error;
  }

  std::uint32_t join() {
    nodes_.front().has_error = nodes_.front().has_error || ts_node_has_error(cursor_.node());
    return 0;
  }

  std::uint32_t add() {
    const TSNode node = cursor_.node();
    const TSPoint point = ts_node_start_point(node);
    PythonNode& added = nodes_.emplace_back();
    added.kind = ts_node_is_missing(node) ? PythonKind::Error : python_grammar().kind_of(node);
    added.field = python_grammar().field(cursor_.field());
    added.has_error = added.kind == PythonKind::Error || ts_node_has_error(node);
    added.start = begin() + ts_node_start_byte(node);
    added.end = std::min(begin() + ts_node_end_byte(node), static_cast<std::uint32_t>(piece_.end));
    added.row = piece_.row + point.row;
    added.line_start = added.start - point.column;
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  std::uint32_t begin() const { return static_cast<std::uint32_t>(piece_.begin); }

  void close() {
    if (open_.back() != none) nodes_[open_.back()].next = static_cast<std::uint32_t>(nodes_.size());
    open_.pop_back();
  }
};

PythonNode module_of(std::string_view text) {
  PythonNode module;
  module.kind = PythonKind::Module;
  module.end = static_cast<std::uint32_t>(text.size());
  module.next = 1;
  return module;
}

// Parses all pieces of a text.
class Reading {
 public:
  Reading(PythonPieces pieces, std::vector<PythonNode>& nodes)
      : pieces_(std::move(pieces)), nodes_(nodes) {}

  // False: it took too long.
  bool run() {
    return parser_ && std::all_of(pieces_.pieces.begin(), pieces_.pieces.end(),
                                  [this](const PythonPiece& piece) { return read(piece); });
  }

 private:
  PythonPieces pieces_;
  std::vector<PythonNode>& nodes_;
  Parser parser_ = new_parser();

  // An error (a bracket that is not closed) is kept to the statement that it is in.
  bool read(const PythonPiece& piece) {
    if (piece.too_large) return try_too_large(piece);
    const Tree tree = parsed(*parser_, piece_text(piece));
    if (!tree) return false;
    const TSNode root = ts_tree_root_node(tree.get());
    if (ts_node_has_error(root)) return read_statements(piece);
    Flattening(*tree, piece, nodes_).run();
    return true;
  }

  bool read_statements(const PythonPiece& piece) {
    const auto begin =
        std::find_if(pieces_.statements.begin(), pieces_.statements.end(),
                     [&](const PythonPiece& each) { return each.begin >= piece.begin; });
    return std::all_of(begin, pieces_.statements.end(), [&](const PythonPiece& each) {
      return each.begin >= piece.end || read_statement(each);
    });
  }

  bool try_too_large(const PythonPiece& piece) {
    Tree tree;
    if (piece.may_be_tried) tree = parsed_without_error(piece_text(piece));
    if (!tree) return add_too_large(piece);
    Flattening(*tree, piece, nodes_).run();
    while (nodes_.back().start >= piece.end) nodes_.pop_back();
    return true;
  }

  bool add_too_large(const PythonPiece& piece) {
    PythonNode& added = nodes_.emplace_back();
    added.kind = PythonKind::TooLarge;
    added.has_error = true;
    added.start = added.line_start = static_cast<std::uint32_t>(piece.begin);
    added.end = static_cast<std::uint32_t>(piece.end);
    added.row = piece.row;
    added.next = static_cast<std::uint32_t>(nodes_.size());
    return true;
  }

  bool read_statement(const PythonPiece& statement) {
    if (statement.too_large) return try_too_large(statement);
    const Tree tree = parsed(*parser_, piece_text(statement));
    if (tree) Flattening(*tree, statement, nodes_).run();
    return tree != nullptr;
  }

  std::string_view piece_text(const PythonPiece& piece) const {
    return std::string_view(pieces_.code).substr(piece.begin, piece.end - piece.begin);
  }
};

constexpr std::size_t block_size = 256;

}  // namespace

std::optional<PythonTree> PythonTree::parse(std::string_view text) {
  PythonTree tree;
  tree.text_ = text;
  tree.nodes_.reserve(text.size() / 6 + 16);
  tree.nodes_.push_back(module_of(text));
  if (!Reading(python_pieces(text), tree.nodes_).run()) return std::nullopt;
  tree.nodes_.front().next = tree.size();
  tree.count_blocks();
  return tree;
}

void PythonTree::count_blocks() {
  if (std::none_of(text_.begin(), text_.end(), continues_code_point)) return;
  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= text_.size(); at += block_size) {
    code_points_.push_back(count);
    count += static_cast<std::uint32_t>(count_code_points(text_.substr(at, block_size)));
  }
}

std::uint32_t PythonTree::code_points_before(std::uint32_t offset) const {
  if (code_points_.empty()) return offset;
  const std::size_t block = offset / block_size;
  const std::size_t begin = block * block_size;
  return code_points_[block] +
         static_cast<std::uint32_t>(count_code_points(text_.substr(begin, offset - begin)));
}

Position PythonTree::position(Number number) const {
  const PythonNode& node = nodes_[number];
  return {node.row + 1, code_points_before(node.start) - code_points_before(node.line_start) + 1};
}

std::optional<PythonTree::Number> PythonTree::child(Number parent, PythonField field) const {
  for (Number each = first(parent); each < end(parent); each = next(each))
    if (nodes_[each].field == field) return each;
  return std::nullopt;
}

std::optional<PythonTree::Number> PythonTree::child(Number parent, PythonKind kind) const {
  for (Number each = first(parent); each < end(parent); each = next(each))
    if (nodes_[each].kind == kind) return each;
  return std::nullopt;
}

}  // namespace reg
