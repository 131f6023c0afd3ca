#include <scan/cpp_templates.h>
#include <algorithm>
#include <utility>

namespace reg {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool opens(const CppToken& token) { return token.is("(") || token.is("[") || token.is("{"); }
bool closes(const CppToken& token) { return token.is(")") || token.is("]") || token.is("}"); }

}  // namespace

void CppTemplates::take(const CppToken& token, std::string_view word, std::size_t braces) {
  if (angles_ > 0) return take_parameter(token, word);
  if (std::exchange(begins_, false) && token.is("<")) {
    declared_.emplace_back().braces = braces;
    angles_ = 1;
    brackets_ = 0;
    has_default_ = false;
    last_word_.clear();
    return;
  }
  end_declared(token, braces);
  begins_ = word == "template";
}

void CppTemplates::take_parameter(const CppToken& token, std::string_view word) {
  if (!word.empty()) {
    if (angles_ == 1 && brackets_ == 0 && !has_default_) last_word_ = word;
    return;
  }
  if (opens(token)) ++brackets_;
  if (closes(token) && brackets_ > 0) --brackets_;
  if (brackets_ > 0) return;
  if (token.is("<")) ++angles_;
  if (token.is(">") || token.is(">=")) --angles_;  // `enable_if_t<B, int>= 0` is one, too
  if (token.is(";")) angles_ = 0;                  // it is none
  if ((token.is("=") || token.is(">=")) && angles_ == 1) has_default_ = true;
  if (angles_ == 0 || (angles_ == 1 && token.is(","))) add_parameter();
}

void CppTemplates::add_parameter() {
  has_default_ = false;
  if (last_word_.empty()) return;
  ++names_[last_word_];
  declared_.back().names.push_back(std::exchange(last_word_, {}));
}

// A constructor's `: a{b}` ends in a brace as its body does.
void CppTemplates::end_declared(const CppToken& token, std::size_t braces) {
  const bool goes_on = token.is("{") || token.is(",");
  while (!declared_.empty()) {
    Declared& last = declared_.back();
    if (std::exchange(last.ended, false) && !goes_on) {
      pop();
      continue;
    }
    if (braces >= last.braces && !(braces == last.braces && token.is(";"))) break;
    pop();
  }
  if (!declared_.empty() && token.is("}") && declared_.back().braces == braces)
    declared_.back().ended = true;
}

void CppTemplates::pop() {
  for (const std::string& name : declared_.back().names) {
    const auto place = names_.find(name);
    if (--place->second == 0) names_.erase(place);
  }
  declared_.pop_back();
}

void CppTemplates::describe(Expression& call) const {
  if (names_.empty()) return;
  for (const std::string& text : call.templates) add_mentioned(call, text);
  for (const Argument& argument : call.arguments) {
    const Expression& value = argument.value.front();
    if (value.kind == Expression::Kind::Name) add_mentioned(call, value.text);
    for (const Expression& item : value.items)
      if (item.kind == Expression::Kind::Name) add_mentioned(call, item.text);
  }
}

void CppTemplates::add_mentioned(Expression& call, std::string_view text) const {
  constexpr std::size_t most = 64;
  while (!text.empty() && call.items.size() < most) {
    const auto begin = std::find_if(text.begin(), text.end(), is_word_byte);
    const auto end = std::find_if_not(begin, text.end(), is_word_byte);
    const std::string word(begin, end);
    const bool is_there = std::any_of(call.items.begin() + 1, call.items.end(),
                                      [&](const Expression& item) { return item.text == word; });
    if (!is_there && names_.contains(word)) {
      Expression& named = call.items.emplace_back();
      named.kind = Expression::Kind::Name;
      named.text = word;
      named.at = call.at;
    }
    text = std::string_view(end, text.end());
  }
}

}  // namespace reg
