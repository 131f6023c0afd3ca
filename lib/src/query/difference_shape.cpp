// The shape of how two caches differ.

#include <query/json_members.h>
#include <reg/shapes.h>

namespace reg {
namespace {

void append_value(std::string& out, std::string_view key, const std::optional<Json>& value) {
  if (!value) return;
  append_key(out, key);
  out += to_text(*value);
}

void append_place(std::string& out, std::string_view key, const Place& place) {
  append_key(out, key);
  out += '{';
  append_text_member(out, "path", place.path);
  append_key(out, "line");
  out += place.line == 0 ? "null}" : std::to_string(place.line) + '}';
}

void append_symbol_key(std::string& out, const SymbolKey& symbol) {
  append_text_member(out, "registry", symbol.registry);
  append_text_member(out, "oid", symbol.oid);
  append_text_member(out, "target", symbol.target);
}

void append_members(std::string& out, const std::vector<MemberChange>& members) {
  append_array(out, members, [](std::string& text, const MemberChange& change) {
    text += '{';
    append_text_member(text, "member", change.member);
    append_value(text, "before", change.before);
    append_value(text, "after", change.after);
    text += '}';
  });
}

void append_named(std::string& out, const std::vector<NamedDifference>& named) {
  append_array(out, named, [](std::string& text, const NamedDifference& each) {
    text += '{';
    append_text_member(text, "change", to_string(each.kind));
    append_text_member(text, "name", each.name);
    append_key(text, "members");
    append_members(text, each.members);
    text += '}';
  });
}

void append_symbol_change(std::string& out, const SymbolDifference& each) {
  out += '{';
  append_text_member(out, "change", to_string(each.kind));
  append_symbol_key(out, each.symbol);
  append_place(out, "source", each.source);
  append_key(out, "members");
  append_members(out, each.members);
  out += '}';
}

std::string pinned_text(const std::optional<Pin>& pin, std::string Pin::*member) {
  return pin ? in_quotes((*pin).*member) : "null";
}

void append_before_after(std::string& out, const PinDifference& each, std::string Pin::*member) {
  append_key(out, "before");
  out += pinned_text(each.before, member);
  append_key(out, "after");
  out += pinned_text(each.after, member);
}

void append_pin_change(std::string& out, const PinDifference& each) {
  out += '{';
  append_text_member(out, "change", to_string(each.kind));
  append_text_member(out, "registry", each.registry);
  append_text_member(out, "oid", each.oid);
  append_before_after(out, each, &Pin::target);
  append_key(out, "reason");
  out += '{';
  append_before_after(out, each, &Pin::reason);
  out += "}}";
}

void append_move(std::string& out, const SymbolMove& move) {
  out += '{';
  append_symbol_key(out, move.symbol);
  append_place(out, "before", move.before);
  append_place(out, "after", move.after);
  out += '}';
}

void append_selection_change(std::string& out, const SelectionChange& change) {
  const auto target = [](const std::optional<std::string>& winner) {
    return winner ? in_quotes(*winner) : std::string("null");
  };
  out += '{';
  append_key(out, "context");
  out += to_text(change.context);
  append_key(out, "before");
  out += target(change.before);
  append_key(out, "after");
  out += target(change.after);
  if (!change.before_origin.empty()) append_text_member(out, "before_origin", change.before_origin);
  if (!change.after_origin.empty()) append_text_member(out, "after_origin", change.after_origin);
  out += '}';
}

void append_oid(std::string& out, const OidDifference& oid) {
  out += '{';
  append_text_member(out, "registry", oid.registry);
  append_text_member(out, "oid", oid.oid);
  append_text_member(out, "is", to_string(oid.kind));
  append_key(out, "reordered");
  out += oid.reordered ? "true" : "false";
  append_key(out, "changes");
  append_array(out, oid.changes, append_selection_change);
  out += '}';
}

void append_refused(std::string& out, const RefusedFact& refused) {
  out += '{';
  append_text_member(out, "registry", refused.registry);
  append_text_or_null(out, "fact", refused.path);
  append_text_or_null(out, "problem", refused.problem);
  out += '}';
}

void append_left_out(std::string& out, const Diagnostic& problem) {
  out += '{';
  append_text_member(out, "path", problem.place.path);
  append_key(out, "line");
  out += problem.place.line == 0 ? "null" : std::to_string(problem.place.line);
  append_text_member(out, "message", problem.message);
  out += '}';
}

}  // namespace

void append_difference(std::string& out, const CacheDifference& difference,
                       const std::vector<Diagnostic>& partial) {
  out += '{';
  append_key(out, "context");
  append_members(out, difference.context);
  append_key(out, "predicates");
  append_named(out, difference.predicates);
  append_key(out, "registries");
  append_named(out, difference.registries);
  append_key(out, "symbols");
  append_array(out, difference.symbols, append_symbol_change);
  append_key(out, "pins");
  append_array(out, difference.pins, append_pin_change);
  append_key(out, "moved");
  append_array(out, difference.moved, append_move);
  append_key(out, "selections");
  append_array(out, difference.oids, append_oid);
  append_key(out, "refused");
  append_array(out, difference.refused, append_refused);
  append_key(out, "accepted");
  append_array(out, difference.accepted, append_refused);
  append_key(out, "partial");
  append_array(out, partial, append_left_out);
  out += '}';
}

}  // namespace reg
