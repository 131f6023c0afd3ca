#include "wanted_text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace reg::fleet {

WantedText::WantedText(std::string origin, KeyValue kv, Head head, std::string here)
    : origin_(std::move(origin)),
      kv_(std::move(kv)),
      head_(std::move(head)),
      here_(std::move(here)) {
  const std::vector<Chunk> chunks = chunks_of(here_);
  same_order_ = !here_.empty() && head_.lists(chunks);
  std::size_t at = 0;
  for (const Chunk& chunk : chunks) {
    parts_.try_emplace(chunk.id, at, chunk.text.size());
    at += chunk.text.size();
  }
  std::set<std::string_view> seen;
  for (const std::string& id : head_.chunks)
    if (seen.insert(id).second && parts_.count(id) == 0) missing_.push_back(id);
}

std::size_t WantedText::expected_chunk_bytes() const {
  return std::min(most_chunk_bytes,
                  head_.bytes / std::max<std::size_t>(1, head_.chunks.size()) + 1);
}

void WantedText::add(const std::string& id, std::string_view stored) {
  if (!wrong_.empty()) return;
  std::optional<std::string> text = unpacked(stored, id);
  if (!text) {
    wrong_ = "its chunk " + id + " is damaged (`reg publish --force` there puts it anew)";
    return;
  }
  fetched_bytes_ += text->size();
  if (fetched_bytes_ > head_.bytes) {
    wrong_ = "its chunks are longer than its head says";
    fetched_.clear();
    return;
  }
  fetched_.insert_or_assign(id, *std::move(text));
}

std::optional<std::string> WantedText::whole() {
  std::string text;
  if (wrong_.empty()) text.reserve(head_.bytes);
  for (const std::string& id : head_.chunks) {
    if (!wrong_.empty()) break;
    const auto fetched = fetched_.find(id);
    const auto part = parts_.find(id);
    if (fetched != fetched_.end()) {
      text += fetched->second;
    } else if (part != parts_.end()) {
      text.append(here_, part->second.first, part->second.second);
    } else {
      wrong_ = "its chunk " + id + " is not there";
    }
    if (text.size() > head_.bytes) wrong_ = "its chunks are longer than its head says";
  }
  if (wrong_.empty() && text.size() != head_.bytes)
    wrong_ = "its chunks are shorter than its head says";
  if (!wrong_.empty()) return std::nullopt;
  return text;
}

}  // namespace reg::fleet
