#include <cache/line_reader.h>

#include <algorithm>

namespace reg {

namespace {

constexpr std::size_t first_block = std::size_t{4} << 10;
constexpr std::size_t largest_block = std::size_t{1} << 20;

}  // namespace

void LineReader::prefetch(std::uint64_t begin, std::uint64_t end) {
  if (begin >= start_ && end <= loaded_end()) return;
  buffer_.resize(static_cast<std::size_t>(end - begin));
  start_ = begin;
  file_.read_into(buffer_.data(), buffer_.size(), begin);
}

void LineReader::grow_block() { block_ = std::clamp(block_ * 2, first_block, largest_block); }

void LineReader::load(std::uint64_t offset) {
  if (offset >= start_ && offset < loaded_end()) return;
  if (offset != loaded_end()) block_ = 0;
  grow_block();
  prefetch(offset, std::min<std::uint64_t>(part_.end, offset + block_));
}

// Adds the next block, as large as what there is, so that a long line is not read in many small
// steps.
void LineReader::extend() {
  grow_block();
  std::size_t had = buffer_.size();
  std::size_t more = std::min<std::uint64_t>(part_.end - loaded_end(), std::max(block_, had));
  buffer_.resize(had + more);
  file_.read_into(buffer_.data() + had, more, start_ + had);
}

std::string_view LineReader::loaded_from(std::uint64_t offset) const {
  return std::string_view(buffer_).substr(static_cast<std::size_t>(offset - start_));
}

std::string_view LineReader::raw_line(std::uint64_t offset) {
  load(offset);
  std::size_t newline = loaded_from(offset).find('\n');
  while (newline == std::string_view::npos) {
    std::size_t searched = loaded_from(offset).size();
    if (loaded_end() >= part_.end) file_.broken("a line does not end");
    if (searched > layout::max_line) file_.broken("a line is too long");
    buffer_.erase(0, static_cast<std::size_t>(offset - start_));
    start_ = offset;
    extend();
    newline = loaded_from(offset).find('\n', searched);
  }
  return loaded_from(offset).substr(0, newline + 1);
}

std::uint64_t LineReader::line_start(std::uint64_t from, std::uint64_t limit) {
  if (from == part_.begin) return from;
  for (std::uint64_t at = from - 1; at + 1 < limit;) {
    load(at);
    std::size_t newline = loaded_from(at).find('\n');
    if (newline != std::string_view::npos) return std::min(limit, at + newline + 1);
    at = loaded_end();
  }
  return limit;
}

std::string_view bare_line(std::string_view raw) {
  if (raw.ends_with('\n')) raw.remove_suffix(1);
  if (raw.ends_with(',')) raw.remove_suffix(1);
  return raw;
}

}  // namespace reg
