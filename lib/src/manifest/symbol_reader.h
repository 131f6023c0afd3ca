#pragma once
// Reads `[[symbols]]`.

#include <manifest/element.h>
#include <manifest/info_shapes.h>
#include <manifest/origin_info.h>
#include <manifest/predicate_texts.h>
#include <manifest/problems.h>
#include <manifest/summaries.h>
#include <manifest/symbol_lines.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class SymbolReader {
 public:
  SymbolReader(const std::string& path, Declarations& out, Problems& problems,
               PredicateTexts& predicates)
      : path_(path),
        out_(out),
        problems_(problems),
        predicates_(predicates),
        lines_(out),
        shapes_(out.shapes),
        summaries_(out.summaries) {}

  // Makes room for the symbols of a source of that size.
  void expect_source(std::size_t bytes) { lines_.expect(bytes + bytes / 2); }
  // Adds a symbol, unless it is abstract or anything is wrong with it.
  // `declared`: where a symbol of an object file stands in the C++ source.
  void read(const Element& symbol, const std::optional<DeclaredPlace>& declared = {});
  static bool is_key(std::string_view key);
  // From here on, symbols are those that an origin publishes.
  void publish(const OriginInfo& origin) { origin_ = &origin; }
  // Reports what was left out of them.
  void finish();

 private:
  struct Slots;
  void read_registries(const Element& symbol, const Slots& slots);
  void read_names(const Element& symbol, const Slots& slots, LineParts& parts);
  void read_predicates(const Element& symbol, const Slots& slots, LineParts& parts);
  void read_allow(const Element& symbol, const Slots& slots, LineParts& parts);
  void refuse_calls(const Element& select);
  void read_declared(const Element& symbol, const Slots& slots, LineParts& parts);
  bool read_info(const Slots& slots, LineParts& parts);
  bool add_of_origin(Position at);
  bool note_written(const Node& value, WrittenNumber& number);
  void record(LineParts& parts);

  const std::string& path_;
  Declarations& out_;
  Problems& problems_;
  PredicateTexts& predicates_;
  SymbolLines lines_;
  InfoShapes shapes_;
  CanonicalWriter writer_;
  Summaries summaries_;
  // Of the symbol that is being read; kept for their capacity.
  std::vector<std::string_view> registries_;
  std::vector<const Member*> info_;
  std::string oid_, info_text_, allow_;
  const KnownPredicate *select_ = nullptr, *when_ = nullptr;
  const OriginInfo* origin_ = nullptr;  // null: it is the workspace's own
  std::size_t of_origin_ = 0;           // bytes that were added for it
  std::size_t forged_ = 0;              // symbols that say of themselves whose they are
  Position first_forged_;
  std::vector<Member> whole_info_;
  std::string checked_registry_;  // the last name that was found good
};

}  // namespace reg
