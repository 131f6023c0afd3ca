#pragma once
/// @file shapes.h
/// The JSON of the command line, which scripts rely on, as text: members stay, and stay in order.
///
/// Functions append one line, without a newline. They read their arguments only; any thread may
/// call them, and use a `SymbolShapes` of its own.
///
/// ```cpp
/// reg::Symbol symbol;
/// symbol.registry = "Codec";
/// symbol.oid = "image";
/// symbol.target = "png.Codec";
/// std::string text;
/// reg::append_symbol(text, symbol, {"Codec", "", {{"ext"}}, {}});
/// assert(text == "{\"registry\":\"Codec\",\"oid\":\"image\",\"target\":\"png.Codec\","
///                "\"info\":{\"ext\":null},\"select\":null,\"doc\":\"\","
///                "\"source\":{\"path\":\"\",\"line\":null}}");
/// ```

#include <reg/cache.h>
#include <reg/difference.h>
#include <reg/error.h>
#include <reg/fact_uses.h>
#include <reg/reasoning.h>
#include <reg/registry_details.h>
#include <reg/selection.h>
#include <reg/symbol.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// A symbol: `{"registry","oid","target","info":{…},"select":"…"|null,"doc","source":{"path",
/// "line"}}`. Its info has every field of the registry, in the registry's order, null where it is
/// not given. What is given of these goes last: the score as `"score"`, and why it is pinned as
/// `"pinned"`. What the symbol holds must be UTF-8.
void append_symbol(std::string& out, const Symbol& symbol, const RegistryInfo& registry,
                   std::optional<double> score = {}, std::optional<std::string_view> pinned = {});

/// Symbols of a cache, one after the other: looks up each registry once, and copies the text of
/// what is plain.
class SymbolShapes {
 public:
  /// The cache must outlive it.
  explicit SymbolShapes(const Cache& cache);
  ~SymbolShapes();
  SymbolShapes(const SymbolShapes&) = delete;
  SymbolShapes& operator=(const SymbolShapes&) = delete;

  /// As `append_symbol`.
  void append(std::string& out, const Symbol& symbol, std::optional<double> score = {},
              std::optional<std::string_view> pinned = {});
  /// As above. @throws StorageError (kind Cache) for what is not laid out as it was written.
  void append(std::string& out, const SymbolView& symbol);

 private:
  class Fields;
  std::unique_ptr<Fields> fields_;
};

/// `{"registry","fields":[…],"symbols","doc"}`
void append_registry(std::string& out, const RegistryInfo& registry);

/// The same with `"oids","select","types","context","reads","predicates","sources"`
/// and `"pins":[{"oid","target","reason"}]`.
void append_registry_details(std::string& out, const RegistryDetails& registry);

/// `{"fact","type","declared","values":[…],"doc","context","compared":[{"test","value","version",
/// "fact"}],"more","through":[…],"candidates","places":[{"path","line","column"}]}`: `context` is
/// the fact's value in the base context, `fact` of a comparison the other fact; null where there is
/// none, or a line is not known.
void append_fact_use(std::string& out, const FactUse& use);

/// `{"oid","registry","context","winner":target|null,"ambiguous":[…],"candidates":[{"target",
/// "score","trace"}]}`, where a trace is `{"expr","score","children":[…],"note"}`. `origins`, where
/// each fact comes from, in the shape of the context, goes after that, as `"origins"`; null: not.
/// Where a candidate is pinned, `"pin":{"target","reason","applies","displaces":target|null}` goes
/// last: what would win without the pin, if that is another one.
void append_explanation(std::string& out, const Selection& selection, const Json& origins = {});

/// `{"oid","registry","target","context","wins","winner":target|null,"score","why":text|null,
/// "verdict","beaten_by":[targets],"by_order","rests_on":[facts],"changes":[{"facts":[{"fact",
/// "condition":text|null,"now","example"}],"context"}],"complete"}`, where the verdict is
/// `"never"`, `"sometimes"`, `"always"` or `"undecided"`, and a fact that is missing has no
/// `"now"`, one that is taken away no `"example"`. What wins is said with pins, the verdict and the
/// changes without; `"pin"` goes last, as in a selection. `selection` is explained, and made for
/// the same context.
void append_why(std::string& out, const Contest& contest, std::size_t symbol,
                const Selection& selection, const WhyNot& why);

/// `{"context":[{"member","before","after"}],"predicates":[{"change","name","members":[…]}],
/// "registries":[…],"symbols":[{"change","registry","oid","target","source":{"path","line"},
/// "members":[…]}],"pins":[{"change","registry","oid","before":target|null,"after":target|null,
/// "reason":{"before","after"}}],"moved":[{"registry","oid","target","before":{"path","line"},
/// "after":{…}}],
/// "selections":[{"registry","oid","is","reordered","changes":[{"context","before":target|null,
/// "after":target|null}]}],"refused":[{"registry","fact":path|null,"problem":text|null}],
/// "accepted":[…],"partial":[{"path","line","message"}]}`; `partial` is what was left out of either
/// side. `change` is added, removed or altered; `is` added, removed, changed, same or undecided. A
/// member that is not there has no `before`, or no `after`.
void append_difference(std::string& out, const CacheDifference& difference,
                       const std::vector<Diagnostic>& partial = {});

/// `{"error":{"kind","message","path","line","column","hint"}}`, null where nothing is known; of
/// NoSelectableObject with `"candidates":[{"target","score","why"}]`.
void append_error(std::string& out, const RegistryError& error);
/// The same of what is wrong in a source: `{"error":…}` or `{"warning":…}`.
void append_diagnostic(std::string& out, const Diagnostic& diagnostic);
/// The same of a message without a place; the kind may be left out.
void append_message(std::string& out, std::string_view level, std::string_view kind,
                    std::string_view text, std::string_view hint = {});

}  // namespace reg
