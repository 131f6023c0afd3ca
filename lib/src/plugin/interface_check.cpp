#include <plugin/interface_check.h>
#include <reg/text.h>
#include <algorithm>
#include <vector>

namespace reg {
namespace {

using Rows = std::vector<const plugin::Row*>;

std::string_view text(const char* text) { return text == nullptr ? std::string_view() : text; }

std::string both(const std::string& what, std::uint64_t there, std::uint64_t here) {
  return what + " is " + std::to_string(there) + " there and " + std::to_string(here) + " here";
}

template <typename Keep>
void narrow(Rows& rows, Keep keep) {
  Rows kept;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(kept), keep);
  if (!kept.empty()) rows = std::move(kept);
}

Rows rows_named(plugin::Table table, std::string_view name, std::vector<std::string>& others) {
  Rows rows;
  for (const plugin::Row* const* row = table.begin; row != table.end; ++row) {
    if (*row == nullptr) continue;
    if (text((*row)->name) == name) {
      rows.push_back(*row);
    } else {
      others.emplace_back(text((*row)->name));
    }
  }
  return rows;
}

std::string no_factory(std::string_view name, const plugin::Table& table,
                       const std::vector<std::string>& others) {
  if (table.begin == table.end)
    return "it has no factory at all: nothing in it is a REG_SYMBOL or REG_FACTORY";
  std::string reason = "it has no factory " + in_quotes(name);
  const std::string near = nearest(name, others);
  return near.empty() ? reason : reason + ", but " + in_quotes(near);
}

std::string several(std::string_view name, const Rows& rows) {
  std::string reason = "it has several factories " + in_quotes(name) + ':';
  for (const plugin::Row* row : rows)
    reason += ' ' + std::string(text(row->file)) + ':' + std::to_string(row->line);
  return reason;
}

// Compilers write one type in two ways, where the texts may be both (plugin/type_name.hpp).
std::string_view why_alike(std::string_view there, std::string_view here) {
  const auto last = [](std::string_view name) {
    const std::string_view base = name.substr(0, name.find('<'));
    return base.substr(base.rfind(':') + 1);
  };
  return last(there) == last(here)
             ? " (if they are one: GCC and clang name inline namespaces and default template "
               "arguments differently; keep the interface out of them, or build both with one)"
             : "";
}

}  // namespace

InterfaceMismatch compare_interfaces(const plugin::InterfaceInfo& there,
                                     const plugin::InterfaceInfo& here) {
  const std::string type(text(here.type));
  if (text(there.type) != type)
    return {PluginFailure::OtherInterface, "its factory makes " + std::string(text(there.type)) +
                                               ", not " + type +
                                               std::string(why_alike(text(there.type), type))};
  const auto other = [&](const std::string& reason) {
    return InterfaceMismatch{PluginFailure::OtherVersion, reason};
  };
  if (there.version != here.version)
    return other("it is built for version " + std::to_string(there.version) + " of " + type +
                 ", and this program for version " + std::to_string(here.version));
  if (text(there.abi) != text(here.abi))
    return other("it is built for the C++ ABI " + in_quotes(text(there.abi)) +
                 ", and this program for " + in_quotes(text(here.abi)));
  if (there.size != here.size) return other(both("the size of " + type, there.size, here.size));
  if (there.alignment != here.alignment)
    return other(both("the alignment of " + type, there.alignment, here.alignment));
  if (there.arguments != here.arguments)
    return other(both("the number of arguments that a factory of " + type + " takes",
                      there.arguments, here.arguments));
  if (there.argument_kinds != here.argument_kinds)
    return other("a factory of " + type + " takes arguments of other types there than here");
  return {};
}

const plugin::Row* find_row(plugin::Table table, std::string_view name, const Symbol& symbol,
                            const plugin::InterfaceInfo& wanted, InterfaceMismatch& mismatch) {
  std::vector<std::string> others;
  Rows rows = rows_named(table, name, others);
  if (rows.empty()) {
    mismatch = {PluginFailure::NoFactory, no_factory(name, table, others)};
    return nullptr;
  }
  narrow(rows,
         [&](const plugin::Row* row) { return text(row->interface.type) == text(wanted.type); });
  narrow(rows, [&](const plugin::Row* row) { return text(row->oid) == symbol.oid; });
  narrow(rows, [&](const plugin::Row* row) { return text(row->registry) == symbol.registry; });
  if (rows.size() > 1) {
    mismatch = {PluginFailure::NoFactory, several(name, rows)};
    return nullptr;
  }
  if (rows.front()->size < sizeof(plugin::Row)) {
    mismatch = {PluginFailure::OtherVersion, "its factories are laid out as by an older reg"};
    return nullptr;
  }
  mismatch = compare_interfaces(rows.front()->interface, wanted);
  return mismatch.reason.empty() ? rows.front() : nullptr;
}

// A row grows at its end, and says where that is.
const void* functions_behind(const plugin::Row& row) {
  return reinterpret_cast<const char*>(&row) + row.size;
}

}  // namespace reg
