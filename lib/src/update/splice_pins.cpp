#include <manifest/line.h>
#include <registration/pins.h>
#include <text/json_text.h>
#include <update/splice_pins.h>
#include <algorithm>

namespace reg {
namespace {

// What is pinned, escaped.
struct Pinned {
  explicit Pinned(const PinDeclaration& declared)
      : registry(escaped_text(declared.registry)),
        oid(escaped_text(declared.pin.oid)),
        target(escaped_text(declared.pin.target)) {}

  std::string registry, oid, target;
};

bool was_registered(const CacheFile& old, const Pinned& pinned) {
  bool was = false;
  old.each_oid_line(pinned.registry, pinned.oid, [&](std::string_view line) {
    was |= old.key_of(line).target == pinned.target;
  });
  return was;
}

const OidEdit* edit_of(const Splice& splice, const Pinned& pinned) {
  const auto found =
      std::find_if(splice.edits.begin(), splice.edits.end(), [&](const OidEdit& edit) {
        return edit.registry == pinned.registry && edit.oid == pinned.oid;
      });
  return found == splice.edits.end() ? nullptr : &*found;
}

bool has_target(const std::vector<std::string>& lines, const std::string& target) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line_key(line).value_or(LineKey{}).target == target;
  });
}

}  // namespace

bool look_at_pins(const CacheFile& old, const Gathered& gathered, std::span<const Source> sources,
                  Splice& splice) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (const PinDeclaration& pin : sources[i].declarations->pins) {
      const Pinned pinned(pin);
      const OidEdit* edit = edit_of(splice, pinned);
      const bool is =
          edit == nullptr ? was_registered(old, pinned) : has_target(edit->after, pinned.target);
      if (gathered[i].is_read()) {
        if (!is) splice.findings.push_back(pin_without_effect(sources[i], pin));
      } else if (edit != nullptr && is != has_target(edit->before, pinned.target)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace reg
