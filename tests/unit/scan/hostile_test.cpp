// Whatever the bytes, a scanner returns an account that holds together, and the same one each time.

#include <doctest/doctest.h>
#include <scan/account_bytes.h>
#include <scan/languages.h>
#include <scan/scanner.h>
#include <random>
#include <string>
#include <vector>

namespace {

struct Sample {
  reg::Language language;
  std::string text;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = {
      {reg::Language::Python,
       "# coding: utf-8\nfrom . import (a as b, c)\n@b.register('\xC3\xA9', x=[1, {'k': -2.5}])\n"
       "class A(B, metaclass=C):\n    '''Doc\n    more'''\n    x: int = f'{y!r:>{z}}'\n"
       "    async def f(self, *a, **k):\n        global q; q = lambda v: register(v)(A)\n"
       "        match q:\n            case {'a': [s, *t]} if s: pass\n"
       "for i, in (j := range(3)): register(i); __all__ += ['a' \"b\" r'\\n' b'c']\n"},
      {reg::Language::Cpp,
       "#if 0\nREG(A)\n#else\nnamespace a::b {\nREG(a::B<int, 2>, \"x\\\"y\" R\"z(w)z\", 'c');\n"
       "template <typename T> void f() { g.register_it<T, C<D>>(1.5e3, {2, [](int) { return 3; "
       "}}); }"
       "\n}\n#endif /* end */ // of it \\\nREG(no)\n"},
      {reg::Language::PluginXml,
       "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e \"x\">]>\n<class_libraries><library "
       "path=\"lib"
       "x\">\n<class name=\"a/B\" type=\"a::B\" base_class_type=\"c::D\"><description>&e; &lt; "
       "<![CDA"
       "TA[<]]></description></class></library></class_libraries>\n"},
      {reg::Language::EntryPoints,
       "[console_scripts]\nname = pkg.module:attr.sub [extra1, extra2]\n; comment\n# other\n\n"
       "[a.b]\nx=y\n z = w : v\n"}};
  return all;
}

void check(const Sample& sample) {
  const reg::Scanner& scanner = reg::scanner_of(sample.language);
  const reg::Words words = {"register", "REG", "register_it"};
  const reg::Account account = scanner.scan(sample.text, words);
  for (const reg::Statement& each : account.statements) {
    REQUIRE(each.scope < account.scopes.size());
    REQUIRE(each.body < account.scopes.size());
  }
  const std::string bytes = reg::to_bytes(account);
  REQUIRE(bytes == reg::to_bytes(scanner.scan(sample.text, words)));
  const auto read = reg::account_from(bytes);
  REQUIRE(read.has_value());
  REQUIRE(reg::to_bytes(*read) == bytes);
}

}  // namespace

TEST_CASE("a file that is cut off anywhere is read up to there") {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size <= sample.text.size(); ++size) {
      check({sample.language, sample.text.substr(0, size)});
      check({sample.language, sample.text.substr(size)});
    }
  }
}

TEST_CASE("bytes that are exchanged, put in or left out do no harm") {
  std::mt19937 random(7);
  for (const Sample& sample : samples()) {
    for (int round = 0; round < 300; ++round) {
      Sample damaged = sample;
      for (int times = 0; times < 4; ++times) {
        const std::size_t at = random() % damaged.text.size();
        const char other = random() % 2 == 0 ? sample.text[random() % sample.text.size()]
                                             : static_cast<char>(random() % 256);
        if (random() % 3 == 0)
          damaged.text[at] = other;
        else if (random() % 2 == 0)
          damaged.text.insert(at, 1 + random() % 3, other);
        else
          damaged.text.erase(at, 1 + random() % 5);
        damaged.text += ' ';
      }
      check(damaged);
    }
  }
}

TEST_CASE("random bytes are no more than a problem") {
  std::mt19937 random(11);
  for (const Sample& sample : samples()) {
    for (int round = 0; round < 100; ++round) {
      std::string bytes(random() % 2000, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random() % (round % 2 == 0 ? 256 : 128));
      check({sample.language, bytes});
    }
  }
}

TEST_CASE("nesting without end, closed or not, does no harm to any scanner") {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"(", ")"},         {"REG(", ")"},
      {"<a>", "</a>"},    {"a<", ">"},
      {"{", "}"},         {"[", "]"},
      {"\n[", "]"},       {"#if A\n", "#endif\n"},
      {"register(", ")"}, {"namespace a {", "}"}};
  for (const Sample& sample : samples()) {
    for (const auto& pair : pairs) {
      std::string open, close;
      for (int level = 0; level < 30'000; ++level) {
        open += pair.first;
        close += pair.second;
      }
      CAPTURE(pair.first);
      check({sample.language, open});
      check({sample.language, open + close});
      check({sample.language, close});
    }
  }
}
