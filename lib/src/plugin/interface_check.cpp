#include <plugin/interface_check.h>
#include <reg/text.h>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <vector>

namespace reg {
namespace {

// Of a row of the first version. A member that comes later is not there where `Row::size` ends
// before it.
constexpr std::size_t first_size =
    offsetof(plugin::Row, interface) + offsetof(plugin::InterfaceInfo, abi) + sizeof(const char*);

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

struct NamedRows {
  Rows rows;
  std::vector<std::string> others;  // names
  bool has_older = false;           // some cannot be read
};

NamedRows rows_named(plugin::Table table, std::string_view name) {
  NamedRows named;
  for (const plugin::Row* const* row = table.begin; row != table.end; ++row) {
    if (*row == nullptr) continue;
    if (!is_readable(**row))
      named.has_older = true;
    else if (text((*row)->name) == name)
      named.rows.push_back(*row);
    else
      named.others.emplace_back(text((*row)->name));
  }
  return named;
}

std::string no_factory(std::string_view name, const plugin::Table& table,
                       const std::vector<std::string>& others) {
  if (table.begin == table.end)
    return "it has no factory at all: nothing in it is a REG_SYMBOL or REG_FACTORY";
  std::string reason = "it has no factory " + in_quotes(name);
  const std::string near = nearest(name, others);
  return near.empty() ? reason : reason + ", but " + in_quotes(near);
}

// What `Factory` has after the row: `create` and `destroy`.
using Functions = std::array<const void*, 2>;

Functions functions_of(const plugin::Row& row) {
  Functions functions{};
  std::memcpy(functions.data(), functions_behind(row), sizeof functions);
  return functions;
}

bool is_one_factory(const Rows& rows) {
  const plugin::Row& first = *rows.front();
  return std::all_of(rows.begin(), rows.end(), [&](const plugin::Row* row) {
    return functions_of(*row) == functions_of(first) &&
           compare_interfaces(row->interface, first.interface).reason.empty();
  });
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

bool is_readable(const plugin::Row& row) { return row.size >= first_size; }

const plugin::Row* find_row(plugin::Table table, std::string_view name, const Symbol& symbol,
                            const plugin::InterfaceInfo& wanted, InterfaceMismatch& mismatch) {
  auto [rows, others, has_older] = rows_named(table, name);
  if (rows.empty()) {
    mismatch = {PluginFailure::NoFactory, no_factory(name, table, others)};
    if (has_older)
      mismatch = {PluginFailure::OtherVersion, "its factories are laid out as by no known reg"};
    return nullptr;
  }
  narrow(rows,
         [&](const plugin::Row* row) { return text(row->interface.type) == text(wanted.type); });
  if (!symbol.declared.path.empty())
    narrow(rows, [&](const plugin::Row* row) {
      return text(row->file) == symbol.declared.path && row->line == symbol.declared.line;
    });
  narrow(rows, [&](const plugin::Row* row) { return text(row->oid) == symbol.oid; });
  narrow(rows, [&](const plugin::Row* row) { return text(row->registry) == symbol.registry; });
  if (!is_one_factory(rows)) {
    mismatch = {PluginFailure::NoFactory, several(name, rows)};
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
