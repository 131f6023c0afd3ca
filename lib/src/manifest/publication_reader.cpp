#include <manifest/publication_reader.h>
#include <manifest/remote_reader.h>
#include <manifest/table.h>

namespace reg {
namespace {

struct PublicationSlots {
  const Node *published{}, *registries{}, *symbols{};
};
constexpr KeyRule<PublicationSlots> root_rules[] = {
    {"published", &PublicationSlots::published, Kinds::Table, Presence::Required},
    {"registries", &PublicationSlots::registries, Kinds::Table},
    {"symbols", &PublicationSlots::symbols, Kinds::Array},
};

struct PublishedSlots {
  const Node *format{}, *origin{}, *workspace{}, *facts{};
};
constexpr KeyRule<PublishedSlots> published_rules[] = {
    {"format", &PublishedSlots::format, Kinds::Number, Presence::Required},
    {"origin", &PublishedSlots::origin, Kinds::String, Presence::Required},
    {"workspace", &PublishedSlots::workspace, Kinds::String},
    {"facts", &PublishedSlots::facts, Kinds::Table},
};

// What others declare is compared with what is known in time that grows faster than they do.
constexpr std::size_t most_registries = 10'000, most_parts = 1'000;

// Names of fields or facts, these in tables, too.
std::size_t parts_in(const Node& node) {
  if (const auto* list = node.as<Run<Node>>()) return list->size();
  const auto* table = node.as<Run<Member>>();
  if (table == nullptr) return 1;
  std::size_t parts = 0;
  for (const Member& member : *table) parts += parts_in(member.value);
  return parts;
}

const Node* member_of(const Node& table, std::string_view key) {
  for (const Member& member : *table.as<Run<Member>>()) {
    const bool is_table = member.value.as<Run<Member>>() != nullptr;
    if (member.key == key && is_table) return &member.value;
  }
  return nullptr;
}

}  // namespace

void PublicationReader::begin(const Element& root) {
  if (has_begun_) return;  // a second list of symbols, which is an error
  has_begun_ = true;
  published_ = member_of(root.node, "published");
  registries_ = member_of(root.node, "registries");
  if (published_ != nullptr) read_published(root.member("published", *published_));
  if (registries_ != nullptr) is_small_ = check_size(root.member("registries", *registries_));
}

const Node* PublicationReader::finish(const Element& root) {
  const auto slots = read_table<PublicationSlots>(problems_, root, root_rules);
  if (root.node.as<Run<Member>>() == nullptr) return nullptr;
  begin(root);
  const auto require_before = [&](const char* key, const Node* slot, const Node* before) {
    if (slot != nullptr && before == nullptr)
      problems_.add(root.member(key, *slot), {"has to stand before `symbols`"});
  };
  require_before("published", slots.published, published_);
  require_before("registries", slots.registries, registries_);
  return is_small_ && registries_ != nullptr ? slots.registries : nullptr;
}

void PublicationReader::read_published(const Element& table) {
  static constexpr std::int64_t known_format = 1;
  const auto slots = read_table<PublishedSlots>(problems_, table, published_rules);
  const Run<Member>* facts = nullptr;
  const auto* format = slots.format == nullptr ? &known_format : slots.format->as<std::int64_t>();
  if (format == nullptr || *format != known_format)
    problems_.add(table.member("format", *slots.format),
                  {"this reg reads format 1 only", "a newer one may have published it"});
  if (const std::string_view origin = text_or_empty(slots.origin);
      slots.origin != nullptr && origin != wanted_)
    problems_.add(
        table.member("origin", *slots.origin),
        {"it is what " + shown(origin) + " publishes, in the place of " + shown(wanted_)});
  if (slots.facts != nullptr) {
    check_origin_facts(problems_, table.member("facts", *slots.facts));
    facts = slots.facts->as<Run<Member>>();
  }
  origin_ = OriginInfo(wanted_, facts);
}

bool PublicationReader::check_size(const Element& registries) {
  const Run<Member> all = *registries.node.as<Run<Member>>();
  if (all.size() > most_registries) {
    problems_.add(registries, {"an origin declares 10,000 registries at most"});
    return false;
  }
  const std::size_t before = problems_.count();
  for (const Member& registry : all) {
    const auto* members = registry.value.as<Run<Member>>();
    if (members == nullptr) continue;
    const Element element = registries.member(registry.key, registry.value);
    for (const Member& member : *members) {
      if (parts_in(member.value) > most_parts)
        problems_.add(element.member(member.key, member.value),
                      {"a registry of an origin has 1,000 fields and 1,000 facts at most"});
    }
  }
  return problems_.count() == before;
}

}  // namespace reg
