#include <manifest/info_shapes.h>
#include <text/version.h>
#include <cstdint>

namespace reg {
namespace {

// With its length, so that different lists never give the same bytes.
void append_name(std::string& out, std::string_view name) {
  for (std::size_t left = name.size(); left != 0; left >>= 7) {
    out += static_cast<char>((left & 0x7F) | 0x80);
  }
  out += '\0';
  out += name;
}

// As `type_of`, and which strings read as versions.
FieldType precise_type_of(const Node& node) {
  const auto* text = node.as<std::string_view>();
  return text != nullptr && VersionText::of(*text) ? FieldType::Version : type_of(node);
}

}  // namespace

void InfoShapes::add(std::string_view registry, const std::vector<const Member*>& members,
                     std::size_t symbol) {
  write_signature(registry, members);
  if (signature_ == last_) return;
  last_ = signature_;
  if (!seen_.insert(signature_).second) return;
  InfoShape shape{std::string(registry), {}, symbol};
  for (const Member* member : members) {
    shape.fields.emplace_back(member->key, precise_type_of(member->value));
  }
  out_.push_back(std::move(shape));
}

void InfoShapes::write_signature(std::string_view registry,
                                 const std::vector<const Member*>& members) {
  signature_.clear();
  append_name(signature_, registry);
  for (const Member* member : members) {
    append_name(signature_, member->key);
    signature_ += static_cast<char>(precise_type_of(member->value));
  }
}

}  // namespace reg
