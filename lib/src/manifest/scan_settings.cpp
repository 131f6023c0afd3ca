#include <manifest/scan_settings.h>
#include <string_view>
#include <type_traits>

namespace reg {
namespace {

// Every part tells its own end (a text its length, a list its count), so that no two values have
// one text.
class Writer {
 public:
  void add(std::string_view text) {
    add(text.size());
    out_ += text;
  }
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(std::size_t number) { out_.append(std::to_string(number)) += ';'; }
  void add(bool flag) { out_ += flag ? 't' : 'f'; }
  template <typename Enum>
  requires std::is_enum_v<Enum>
  void add(Enum value) { add(static_cast<std::size_t>(value)); }
  template <typename T>
  void add(const std::vector<T>& items) {
    add(items.size());
    for (const T& item : items) add(item);
  }
  template <typename T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }

  void add(const Position& at) {
    add(std::size_t{at.line});
    add(std::size_t{at.column});
  }
  void add(const SourceEntry& entry) { all(entry.pattern, entry.at); }
  void add(const ArgumentName& name) { all(name.keyword, name.position); }
  void add(const ValueFrom& from) {
    all(from.given, from.more_given, from.receiver, from.arguments, from.templates, from.attribute);
  }
  void add(const InfoFrom& info) { all(info.which, info.names, info.each); }
  void add(const DefinitionFrom& define) {
    all(define.calls, define.name, define.fields, define.scope);
  }
  void add(const Idiom& idiom) {
    all(idiom.language, idiom.form, idiom.does, idiom.names, idiom.bare, idiom.registry, idiom.oid,
        idiom.target, idiom.force, idiom.each, idiom.match, idiom.merge, idiom.info, idiom.define,
        idiom.at);
  }
  void add(const Scan& scan) {
    all(scan.preset, scan.sources, scan.exclude, scan.roots, scan.python, scan.unresolved,
        scan.guarded, scan.conflicts, scan.idioms, scan.at);
  }

  std::string finish() { return std::move(out_); }

 private:
  template <typename... Parts>
  void all(const Parts&... parts) {
    (add(parts), ...);
  }

  std::string out_;
};

}  // namespace

std::string to_text(std::span<const Scan> scans) {
  Writer writer;
  for (const Scan& scan : scans) writer.add(scan);
  return writer.finish();
}

}  // namespace reg
