#pragma once
/// @file text.h
/// Names and values as messages show them: which known name is near, what a glob matches, quoting.
///
/// Functions of their arguments; any thread may call them.
///
/// ```cpp
/// assert(reg::did_you_mean("resnet", {"ResNet", "VGG"}) == "did you mean \"ResNet\"?");
/// assert(reg::glob_match("*conv*", "timm.models.convnext"));
/// assert(reg::in_quotes("a\nb") == "\"a\\nb\"");
/// assert(reg::shell_word("a=b") == "a=b" && reg::shell_word("it's") == "'it'\\''s'");
/// assert(reg::score_text(2.0) == "2" && reg::score_text(0.5) == "0.5");
/// assert(reg::joined(std::vector<std::string>{"a", "b"}) == "a, b");
/// ```

#include <reg/json.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// The known name with the smallest edit distance to `name`, if it is near enough to be a slip;
/// else empty. A change of case costs nothing.
[[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string>& known);
/// `did you mean "x"?`, or nothing where no known name is near.
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string>& known);

/// fnmatch(3) without flags, on bytes, in time linear in text times pattern: `*` crosses `/` and
/// `.`, `?` takes one code point, `[a-z]`, `[!a-z]`, `\` quotes. A pattern with an unclosed `[`
/// takes it literally.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

/// The text in double quotes, escaped as in JSON; what is no UTF-8 in it is replaced by U+FFFD.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// The text as a POSIX shell takes it for one word: as it is, or in single quotes.
[[nodiscard]] std::string shell_word(std::string_view text);
/// The text, or as many whole code points of it as `most` bytes have, and `…`.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);
/// The number of bytes before the first that is not UTF-8 (RFC 3629).
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

/// The shortest text that reads back as that score, without a needless `.0`.
[[nodiscard]] std::string score_text(double score);
/// A string as it is; anything else as JSON.
[[nodiscard]] std::string value_text(const Json& value);

/// `a, b, c`.
template <typename Strings>
[[nodiscard]] std::string joined(const Strings& parts, std::string_view separator = ", ") {
  std::string out;
  bool first = true;
  for (const auto& part : parts) {
    if (!first) out += separator;
    first = false;
    out += part;
  }
  return out;
}

}  // namespace reg
