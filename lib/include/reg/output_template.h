#pragma once
/// @file output_template.h
/// Text with the values of columns in it: `{oid}\t{info.device}\n`.
///
/// A value; any thread may call const functions.
///
/// ```cpp
/// const reg::OutputTemplate line("{oid}\\t{info.device}{{}}\\n");
/// assert((line.names() == std::vector<std::string>{"oid", "info.device"}));
/// std::string text;
/// line.append(text, {"gemm", nullptr});
/// line.append(text, {"conv", {"cpu", "cuda"}});
/// assert(text == "gemm\t{}\nconv\t[\"cpu\",\"cuda\"]{}\n");
/// ```

#include <reg/json.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class OutputTemplate {
 public:
  /// `{name}` stands for a value, with a name that may have back-ticks, as in predicates; `\n`,
  /// `\t`,
  /// `\0` and `\\` for a newline, a tab, a null byte and a backslash; `{{` and `}}` for braces.
  /// @throws UsageError for anything else after a backslash, a brace without its other half,
  /// `{}`, and an empty text.
  explicit OutputTemplate(std::string_view text);

  /// The names, in their order; one that stands twice is there twice.
  const std::vector<std::string>& names() const { return names_; }

  /// Appends the text with these values, one for each name: a string as it is, nothing for null,
  /// anything else as JSON.
  void append(std::string& out, const std::vector<Json>& values) const;

 private:
  std::vector<std::string> texts_;  // before, between and behind the names
  std::vector<std::string> names_;
};

}  // namespace reg
