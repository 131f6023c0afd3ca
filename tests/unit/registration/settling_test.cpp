#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <registration/settling.h>
#include <algorithm>
#include <deque>
#include <set>
#include <string>

using namespace reg;

namespace {

// Entrants made of short words: "o:a" is the target a under the oid o, unconditional; then, after
// blanks, `if` (conditional), `force`, `clear`, `copy`, `>b` (replaces b).
class Scene {
 public:
  Scene& add(const std::string& words) {
    std::vector<std::string> parts = split(words);
    Entrant one;
    one.oid = keep(parts[0].substr(0, parts[0].find(':')));
    one.target = keep(parts[0].substr(parts[0].find(':') + 1));
    one.declaration.at.line = static_cast<std::uint32_t>(++lines_);
    for (std::size_t i = 1; i < parts.size(); ++i) apply(one, parts[i]);
    entrants_.push_back(one);
    return *this;
  }
  // A copy of the entrant with that number.
  Scene& copy(std::size_t number, bool force = false) {
    Entrant one = entrants_.at(number);
    one.copied = true;
    one.force = force;
    one.clear = false;
    one.replaces = {};
    entrants_.push_back(one);
    return *this;
  }
  // From the same place as the one before: a `[[match]]`, a list of names.
  Scene& beside(const std::string& words) {
    --lines_;
    return add(words);
  }
  Scene& unwanted(const std::string& oid, const std::string& target) {
    unwanted_.push_back({keep(oid), keep(target)});
    return *this;
  }

  // What stays, in order: "o:a o:b".
  std::string stays() {
    settled_ = settle(entrants_, unwanted_);
    std::string text;
    for (std::size_t index : settled_.present) {
      const Entrant& one = entrants_[index];
      text += (text.empty() ? "" : " ") + std::string(one.oid) + ":" + std::string(one.target);
    }
    return text;
  }
  std::vector<SettlingNote::Kind> notes() {
    settled_ = settle(entrants_, unwanted_);
    std::vector<SettlingNote::Kind> kinds;
    for (const SettlingNote& note : settled_.notes) kinds.push_back(note.kind);
    return kinds;
  }

 private:
  static std::vector<std::string> split(const std::string& words) {
    std::vector<std::string> parts(1);
    for (char c : words) {
      if (c == ' ') {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    return parts;
  }

  void apply(Entrant& one, const std::string& word) {
    if (word == "if") one.conditional = true;
    if (word == "force") one.force = true;
    if (word == "clear") one.clear = true;
    if (word == "copy") one.copied = true;
    if (word.starts_with('>')) one.replaces = keep(word.substr(1));
  }

  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::deque<std::string> texts_;
  std::vector<Entrant> entrants_;
  std::vector<Unwanted> unwanted_;
  Settled settled_;
  std::size_t lines_ = 0;
};

using Kind = SettlingNote::Kind;
using Kinds = std::vector<Kind>;

}  // namespace

TEST_CASE("what nobody acts on stays as it is declared") {
  CHECK(Scene().add("o:a").add("p:b").add("o:c if").stays() == "o:a p:b o:c");
}

TEST_CASE("force takes the place of the unconditional one, or of the same target, in its order") {
  CHECK(Scene().add("o:a").add("o:b if").add("o:c force").stays() == "o:c o:b");
  CHECK(Scene().add("o:a if").add("o:b if").add("o:a if force").stays() == "o:a o:b");
  CHECK(Scene().add("o:b if").add("o:c if").add("o:d").add("o:c force").stays() == "o:b o:c");
  CHECK(Scene().add("o:a").add("p:b force").stays() == "o:a p:b");
}

TEST_CASE("clear drops all under its oid that came before, and nothing that comes after") {
  CHECK(Scene().add("o:a if").add("o:b").add("p:c").add("o:d clear").add("o:e if").stays() ==
        "p:c o:d o:e");
}

TEST_CASE("neither clear nor force reaches copies, which come later") {
  CHECK(Scene().add("o:a clear").add("o:b copy if").stays() == "o:a o:b");
  CHECK(Scene().add("o:a force").add("o:b copy").stays() == "o:a o:b");
}

TEST_CASE("a forced merge lets a copy take a place as force does for a symbol") {
  CHECK(Scene().add("o:a").add("o:b if").add("o:c copy force").stays() == "o:c o:b");
}

TEST_CASE("a declaration that is there already is one, by whatever way it came") {
  CHECK(Scene().add("o:a").copy(0).copy(0, true).stays() == "o:a");
  CHECK(Scene().add("o:a copy").copy(0).stays() == "o:a");
}

TEST_CASE("of one place that declares many symbols all are copied") {
  Scene scene;
  scene.add("o:a copy").beside("o:b copy if").beside("p:a copy").copy(0).copy(1).copy(2);
  CHECK(scene.stays() == "o:a o:b p:a");
}

TEST_CASE("a declaration that was displaced may come back as a copy") {
  CHECK(Scene().add("o:a").add("o:b clear if").copy(0).stays() == "o:b o:a");
}

TEST_CASE("unregister takes out copies too, and says where there is nothing") {
  CHECK(Scene().add("o:a").add("o:b copy if").unwanted("o", "b").stays() == "o:a");
  CHECK(Scene().add("o:a").unwanted("o", "b").unwanted("p", "a").notes() ==
        Kinds{Kind::NothingToUnregister, Kind::NothingToUnregister});
}

TEST_CASE("what is unregistered replaces nothing") {
  CHECK(Scene().add("o:a").add("o:b if >a").unwanted("o", "b").stays() == "o:a");
}

TEST_CASE("replaces takes out a target under any oid, copies and later ones included") {
  CHECK(Scene().add("o:b if >a").add("o:a").add("p:a").add("p:a copy if").stays() == "o:b");
  CHECK(Scene().add("o:b >x").notes() == Kinds{Kind::NothingToReplace});
}

TEST_CASE("of a chain of replacements the last stays, in whatever order they stand") {
  std::vector<std::string> chain = {"o:a", "o:b >a", "o:c >b"};
  std::sort(chain.begin(), chain.end());
  do {
    Scene scene;
    for (const std::string& one : chain) scene.add(one);
    CHECK(scene.stays() == "o:c");
    CHECK(scene.notes().empty());
  } while (std::next_permutation(chain.begin(), chain.end()));
}

TEST_CASE("to replace oneself, or in a circle, is an error and leaves those out") {
  CHECK(Scene().add("o:a >a").add("p:b").stays() == "p:b");
  CHECK(Scene().add("o:a >a").notes() == Kinds{Kind::ReplacesItself});
  Scene circle;
  circle.add("o:a >c").add("o:b >a").add("o:c >b").add("o:d if >a").add("p:x");
  CHECK(circle.stays() == "o:d p:x");
  CHECK(circle.notes() ==
        Kinds{Kind::ReplacesInCircle, Kind::ReplacesInCircle, Kind::ReplacesInCircle});
}

TEST_CASE("two that replace the same one are no circle") {
  CHECK(Scene().add("o:a").add("o:b if >a").add("o:c if >a").stays() == "o:b o:c");
}

namespace {

// DESIGN §4, step by step and without any index.
std::vector<std::size_t> naive(const std::vector<Entrant>& all,
                               const std::vector<Unwanted>& unwanted) {
  std::vector<std::size_t> here;
  auto conflict = [&](std::size_t a, std::size_t b) {
    return all[a].oid == all[b].oid &&
           (all[a].target == all[b].target || (!all[a].conditional && !all[b].conditional));
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto same = [&](std::size_t other) {
      return all[other].declaration == all[i].declaration && all[other].oid == all[i].oid &&
             all[other].target == all[i].target;
    };
    if (all[i].copied && std::any_of(here.begin(), here.end(), same)) continue;
    if (all[i].clear)
      std::erase_if(here, [&](std::size_t other) { return all[other].oid == all[i].oid; });
    auto place = here.end();
    if (all[i].force && !all[i].clear) {
      place = std::find_if(here.begin(), here.end(), [&](std::size_t o) { return conflict(o, i); });
      if (place != here.end()) {
        const auto at = place - here.begin();
        std::vector<std::size_t> kept;
        for (std::size_t other : here) {
          if (static_cast<std::ptrdiff_t>(kept.size()) == at) kept.push_back(i);
          if (!conflict(other, i)) kept.push_back(other);
        }
        if (static_cast<std::ptrdiff_t>(kept.size()) == at) kept.push_back(i);
        here = kept;
        continue;
      }
    }
    here.push_back(i);
  }
  for (const Unwanted& one : unwanted) {
    std::erase_if(here, [&](std::size_t other) {
      return all[other].oid == one.oid && all[other].target == one.target;
    });
  }
  std::set<std::string_view> replaced;
  for (std::size_t i : here) {
    if (!all[i].replaces.empty()) replaced.insert(all[i].replaces);
  }
  std::erase_if(here, [&](std::size_t other) { return replaced.contains(all[other].target); });
  return here;
}

}  // namespace

TEST_CASE("settling with indexes is settling step by step") {
  CHECK(rc::check("settle is naive", [] {
    static const std::vector<std::string> names = {"a", "b", "c", "d", "e", "f"};
    std::vector<Entrant> all;
    const int declared = *rc::gen::inRange(0, 12), copies = *rc::gen::inRange(0, 6);
    for (int i = 0; i < declared + copies; ++i) {
      Entrant one;
      one.oid = names[static_cast<std::size_t>(*rc::gen::inRange(0, 3))];
      const auto target = *rc::gen::inRange<std::size_t>(0, names.size());
      one.target = names[target];
      one.copied = i >= declared;
      // Only earlier letters, so that there is no circle.
      if (!one.copied && target > 0 && *rc::gen::inRange(0, 4) == 0)
        one.replaces = names[*rc::gen::inRange<std::size_t>(0, target)];
      one.declaration.at.line = static_cast<std::uint32_t>(*rc::gen::inRange(0, 4));
      if (one.copied && declared != 0) {
        const Entrant& original = all[static_cast<std::size_t>(*rc::gen::inRange(0, declared))];
        one.oid = original.oid;
        one.target = original.target;
        one.declaration = original.declaration;
      }
      one.conditional = *rc::gen::inRange(0, 3) != 0;
      one.force = *rc::gen::inRange(0, 3) == 0;
      one.clear = !one.copied && *rc::gen::inRange(0, 8) == 0;
      all.push_back(one);
    }
    std::vector<Unwanted> unwanted;
    if (*rc::gen::inRange(0, 3) == 0) unwanted.push_back({"a", "b"});
    const Settled settled = settle(all, unwanted);
    std::vector<std::size_t> expected = naive(all, unwanted);
    for (const std::string& oid : names) {
      auto of_oid = [&](const std::vector<std::size_t>& indices) {
        std::vector<std::size_t> found;
        for (std::size_t i : indices) {
          if (all[i].oid == oid) found.push_back(i);
        }
        return found;
      };
      RC_ASSERT(of_oid(settled.present) == of_oid(expected));
    }
  }));
}
