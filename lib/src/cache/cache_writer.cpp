#include <cache/cache_writer.h>
#include <cache/head_lines.h>

namespace reg {

CacheWriter::CacheWriter(const CacheLock& lock, const CacheHead& head) : file_(lock.cache()) {
  for (const RegistryInfo& info : head.registries) header_.count += info.symbols;
  // Its place only: an interrupted write must not look like a cache.
  file_.write(std::string(layout::header_size - 1, ' ') + '\n');
  header_.workspace.begin = file_.size();
  const std::string workspace =
      workspace_line({head.workspace, head.context, head.defines, head.facts, head.library_path,
                      head.lint, head.load_remote});
  header_.sum.head += head_line_hash(workspace, head_lines_++);
  file_.write(workspace + ",\n");
  header_.workspace.end = file_.size();
  start(header_.predicates, layout::before_predicates);
  for (const auto& [name, definition] : head.predicates.definitions()) {
    head_line(predicate_line(name, definition));
  }
  finish(header_.predicates);
  start(header_.registries, layout::before_registries);
  for (const RegistryInfo& info : head.registries) head_line(registry_line(info));
  finish(header_.registries);
  start(header_.symbols, layout::before_symbols);
}

void CacheWriter::start(CacheSection& section, std::string_view before) {
  file_.write(before);
  section.begin = file_.size();
  first_ = true;
}

void CacheWriter::finish(CacheSection& section) {
  if (!first_) file_.write("\n");
  section.end = file_.size();
}

void CacheWriter::head_line(std::string_view line) {
  header_.sum.head += head_line_hash(line, head_lines_++);
  write_line(line);
}

// The comma of a line is written with its successor, as only that shows it is not the section's
// last.
void CacheWriter::write_line(std::string_view line) {
  if (line.size() + 2 > layout::max_line) {
    throw InputError("a declaration of " + std::to_string(line.size()) +
                     " bytes is too long for the cache");
  }
  run(line);
}

void CacheWriter::run(std::string_view lines) {
  if (!first_) file_.write(",\n");
  file_.write(lines);
  first_ = false;
}

void CacheWriter::symbol(std::string_view line, std::size_t position) {
  header_.sum.lines += symbol_line_hash(line, position);
  write_line(line);
}

void CacheWriter::copy(const CacheFile& from, CacheSection lines, CacheSection whole) {
  if (lines.begin == lines.end) return;
  std::uint64_t separator = lines.end == whole.end ? 1 : 2;
  run({});
  file_.copy_from(from.descriptor(), lines.begin, lines.end - lines.begin - separator);
}

void CacheWriter::symbols(const CacheFile& from, CacheSection lines) {
  copy(from, lines, from.symbols());
}

void CacheWriter::oids(const CacheFile& from, CacheSection lines) {
  copy(from, lines, from.oids());
}

void CacheWriter::begin_oids() {
  finish(header_.symbols);
  start(header_.oids, layout::before_oids);
}

void CacheWriter::oid(std::string_view line) {
  header_.sum.lines += oid_line_hash(line);
  write_line(line);
}

void CacheWriter::commit(const std::function<void()>& before_publish) {
  finish(header_.oids);
  file_.write(layout::after_oids);
  header_.bytes = file_.size();
  file_.overwrite(0, header_line(header_));
  file_.prepare();
  if (before_publish) before_publish();
  file_.commit();
}

}  // namespace reg
