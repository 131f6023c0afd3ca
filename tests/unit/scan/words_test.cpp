#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <scan/words.h>
#include <string>
#include <vector>

using reg::WordFilter;

namespace {

std::string any_word() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(
      std::string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_\xC3\xA9"))));
}

std::string any_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += word + *rc::gen::elementOf(std::string(" .,()[]\n\t'\"#=@-"));
  return text;
}

}  // namespace

TEST_CASE("a word that a file has is never said to be missing") {
  CHECK(rc::check([] {
    std::vector<std::string> words(*rc::gen::inRange<std::size_t>(0, 300));
    for (std::string& word : words) word = any_word();
    const WordFilter filter(any_text(words));
    for (const std::string& word : words) RC_ASSERT(filter.may_have(word));
  }));
}

TEST_CASE("its bits say the same when they are given back") {
  CHECK(rc::check([] {
    const std::vector<std::string> words = {any_word(), any_word()};
    const WordFilter filter(any_text(words));
    const WordFilter again = WordFilter::from_bits(filter.bits());
    const std::string asked = any_word();
    RC_ASSERT(again.may_have(asked) == filter.may_have(asked));
    RC_ASSERT(again.may_have(words[1]));
  }));
}

TEST_CASE("words end where no letter, digit or underscore goes on") {
  const WordFilter filter("@MODELS.register_module(name='ResNet') # caf\xC3\xA9");
  CHECK(filter.may_have("MODELS"));
  CHECK(filter.may_have("register_module"));
  CHECK(filter.may_have("ResNet"));
  CHECK(filter.may_have("caf\xC3\xA9"));
  CHECK_FALSE(filter.may_have("register"));
  CHECK_FALSE(filter.may_have("MODELS.register_module"));
}

TEST_CASE("a byte order mark is no part of the first word") {
  CHECK(WordFilter("\xEF\xBB\xBFREG(a)").may_have("REG"));
  CHECK_FALSE(WordFilter("\xEF\xBB\xBF").may_have("REG"));
}

TEST_CASE("a word beyond ASCII may be written in any encoding") {
  const WordFilter latin("# coding: latin-1\ncaf\xE9 = register");
  CHECK(latin.may_have("caf\xC3\xA9"));
  CHECK(latin.may_have("register"));
  CHECK_FALSE(latin.may_have("REG"));
  CHECK_FALSE(WordFilter("plain").may_have("caf\xC3\xA9"));
}

TEST_CASE("most words that a file does not have are said to be missing") {
  std::string text;
  for (int number = 0; number < 2000; ++number) text += "word" + std::to_string(number) + " = 1\n";
  const WordFilter filter(text);
  int wrong = 0;
  for (int number = 0; number < 1000; ++number)
    wrong += filter.may_have("other" + std::to_string(number)) ? 1 : 0;
  CHECK(wrong < 100);
}

TEST_CASE("an empty file has no words, and bits of an impossible size are none") {
  CHECK_FALSE(WordFilter("").may_have("a"));
  CHECK_FALSE(WordFilter().may_have("a"));
  CHECK_FALSE(WordFilter::from_bits("abc").may_have("a"));
}
