#include <manifest/document.h>
#include <update/saved.h>
#include <algorithm>

namespace reg {
namespace {

template <typename T>
const T& value_at(const Node& node) {
  if (const T* value = node.as<T>()) return *value;
  throw NotAsSaved();
}

class Reading : public DocumentSink {
 public:
  explicit Reading(const std::function<void(const Node&)>& read) : read_(read) {}
  // What is saved has no member of that name.
  void symbol(const Node&, std::size_t) override { throw NotAsSaved(); }
  void document(const Node& root) override {
    read_(root);
    is_read_ = true;
  }
  bool is_read() const { return is_read_; }

 private:
  const std::function<void(const Node&)>& read_;
  bool is_read_ = false;
};

}  // namespace

void with_saved(std::string_view text, const std::function<void(const Node& root)>& read) {
  const std::string path;
  std::vector<Diagnostic> diagnostics;
  Problems problems(path, ManifestFormat::JsonText, diagnostics);
  const auto source = check_text(text, problems);
  Reading reading(read);
  if (source) parse_json_document(*source, problems, reading);
  if (!reading.is_read()) throw NotAsSaved();
}

std::string_view text_at(const Node& node) { return value_at<std::string_view>(node); }

bool flag_at(const Node& node) { return value_at<bool>(node); }

std::uint64_t natural_at(const Node& node) {
  if (const auto* value = node.as<std::uint64_t>()) return *value;
  const std::int64_t value = value_at<std::int64_t>(node);
  if (value < 0) throw NotAsSaved();
  return static_cast<std::uint64_t>(value);
}

std::int64_t integer_at(const Node& node) {
  if (const auto* value = node.as<std::int64_t>()) return *value;
  const std::uint64_t value = value_at<std::uint64_t>(node);
  if (value > static_cast<std::uint64_t>(INT64_MAX)) throw NotAsSaved();
  return static_cast<std::int64_t>(value);
}

Run<Node> items_of(const Node& list) { return value_at<Run<Node>>(list); }

const Node& item(const Node& list, std::size_t index) {
  const Run<Node> items = items_of(list);
  if (index >= items.size()) throw NotAsSaved();
  return items.first[index];
}

const Node* find_member(const Node& object, std::string_view key) {
  const Run<Member> members = value_at<Run<Member>>(object);
  const Member* found = std::find_if(members.begin(), members.end(),
                                     [&](const Member& each) { return each.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

const Node& member(const Node& object, std::string_view key) {
  if (const Node* found = find_member(object, key)) return *found;
  throw NotAsSaved();
}

Run<Node> items_in(const Node& object, std::string_view key) {
  const Node* found = find_member(object, key);
  return found == nullptr ? Run<Node>() : items_of(*found);
}

std::vector<std::string> strings_of(Run<Node> items) {
  std::vector<std::string> strings;
  strings.reserve(items.size());
  for (const Node& each : items) strings.push_back(string_at(each));
  return strings;
}

std::set<std::string> names_of(Run<Node> items) {
  std::set<std::string> names;
  for (const Node& each : items) names.insert(string_at(each));
  return names;
}

}  // namespace reg
