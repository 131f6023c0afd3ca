#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace codecs {

struct Codec {
  virtual ~Codec() = default;
  virtual std::string name() const = 0;
};
struct Other {
  virtual ~Other() = default;
};
struct Png : Codec {
  std::string name() const override { return "png"; }
};
struct Raw : Codec {
  explicit Raw(const Context& context) : depth(context.value("depth", 8)) {}
  std::string name() const override { return "raw" + std::to_string(depth); }
  int depth;
};

}  // namespace codecs

using codecs::Codec;
using codecs::Other;
using codecs::Png;
using codecs::Raw;

namespace {

RegistryStore filled() {
  RegistryStore store;
  store.register_class<Codec, Raw>("codecs", "image");
  store.register_class<Codec, Png>("codecs", "image", {.select = parse("ext == 'png'")});
  return store;
}

}  // namespace

TEST_CASE("a class is selected, and comes as an instance of its interface") {
  RegistryStore store = filled();
  std::unique_ptr<Codec> codec = store.select_instance<Codec>("codecs", "image", {{"ext", "png"}});
  CHECK(codec->name() == "png");
}

TEST_CASE("a class that takes the context is made with it, laid over the store's") {
  RegistryStore store = filled();
  store.set_base_context({{"depth", 12}});
  CHECK(store.select_instance<Codec>("codecs", "image", {})->name() == "raw12");
  CHECK(store.select_instance<Codec>("codecs", "image", {{"depth", 16}})->name() == "raw16");
}

TEST_CASE("a dispatcher gives the winner with its factory, over the store's base context") {
  RegistryStore store = filled();
  store.set_base_context({{"ext", "png"}});
  const Dispatcher dispatcher = store.dispatcher("codecs");
  CHECK(dispatcher.select("image", Context::object())->factory.create<Codec>()->name() == "png");
  CHECK(dispatcher.select("image", {{"ext", "gif"}})->factory.create<Codec>()->name() == "raw8");
  store.unregister("codecs", "image", "codecs::Png");
  CHECK(dispatcher.select("image", Context::object())->symbol.target == "codecs::Png");
}

TEST_CASE("a dispatcher scores by the registry's predicate what has none of its own") {
  Registry registry("codecs", {.extra_field = {{"ext"}}, .select = parse("ext == self.ext")});
  registry.register_module("a.Png", {{"ext", "png"}});
  const Dispatcher dispatcher = registry.dispatcher();
  CHECK(dispatcher.select("Png", {{"ext", "png"}}).score == 1);
  CHECK_FALSE(dispatcher.select("Png", {{"ext", "gif"}}));
}

TEST_CASE("a class's target is its name, and its oid the last component of that") {
  Registry registry("codecs");
  registry.register_class<Codec, Png>("");
  CHECK(registry.object_by_id("Png").target == "codecs::Png");
}

TEST_CASE("asking for another interface than was registered is an error that names both") {
  RegistryStore store = filled();
  CHECK(message_of<UsageError>([&] {
          (void)store.select_instance<Other>("codecs", "image", {});
        }) == "it was registered for the interface codecs::Codec, and not for codecs::Other");
}

TEST_CASE("an instance of a symbol without a factory is an error") {
  Registry registry("codecs");
  registry.register_module("nets.ResNet");
  CHECK_THROWS_AS((void)registry.instance_by_id<Codec>("ResNet"), UsageError);
}

TEST_CASE("an instance is null where none applies and that is allowed") {
  RegistryStore store;
  store.register_class<Codec, Png>("codecs", "image", {.select = parse("ext == 'png'")});
  CHECK(store.select_instance_or_none<Codec>("codecs", "image", {{"ext", "gif"}}) == nullptr);
  CHECK(store.select_instance_or_none<Codec>("codecs", "sound", {}) == nullptr);
  CHECK(store.select_instance_or_none<Codec>("codecs", "image", {{"ext", "png"}}) != nullptr);
  CHECK_THROWS_AS((void)store.select_instance<Codec>("codecs", "image", {}), NoSelectableObject);
}

TEST_CASE("the only implementation of an oid comes as an instance") {
  RegistryStore store;
  store.register_class<Codec, Png>("codecs", "image");
  CHECK(store.instance_by_id<Codec>("codecs", "image")->name() == "png");
  CHECK_THROWS_AS((void)filled().instance_by_id<Codec>("codecs", "image"), SelectAmbiguity);
}

TEST_CASE("a factory of one's own makes the instances") {
  Registry registry("codecs");
  Implementation deep = Implementation::of_target("codecs::deep", "image");
  deep.factory = Factory::of<Codec>([] { return std::make_unique<Raw>(Context{{"depth", 32}}); });
  registry.register_symbol(deep);
  CHECK(registry.select_instance<Codec>("image", {})->name() == "raw32");
}

TEST_CASE("what an instance's constructor throws is passed on") {
  struct Broken : Codec {
    Broken() { throw std::runtime_error("no device"); }
    std::string name() const override { return {}; }
  };
  Registry registry("codecs");
  registry.register_class<Codec, Broken>("image");
  CHECK_THROWS_WITH((void)registry.select_instance<Codec>("image", {}), "no device");
}

TEST_CASE("merged symbols keep their factories") {
  RegistryStore store = filled();
  Registry& all = store.registry("all");
  merge(all, store.require_registry("codecs"));
  CHECK(all.select_instance<Codec>("image", {{"ext", "png"}})->name() == "png");
  CHECK(store.make_global().select_instance<Codec>("image", {})->name() == "raw8");
}

TEST_CASE("the only implementation is made with the context laid over the store's") {
  RegistryStore store;
  store.register_class<Codec, Raw>("codecs", "image");
  store.set_base_context({{"depth", 12}});
  CHECK(store.instance_by_id<Codec>("codecs", "image")->name() == "raw12");
  CHECK(store.instance_by_id<Codec>("codecs", "image", {{"depth", 16}})->name() == "raw16");
  CHECK(store.select_instance_or_none<Codec>("codecs", "image", {})->name() == "raw12");
}
