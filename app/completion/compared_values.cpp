#include "compared_values.h"

#include "offer.h"

#include <reg/predicate.h>
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace reg::app {

namespace {

// An atom prints in one way only, so that its text tells what is compared with what: the fact's
// path, a blank, the operator, a blank, and the rest.
constexpr std::array<std::string_view, 7> operators = {
    " == ", " != ", " < ", " <= ", " > ", " >= ", " in "};

// What the fact is compared with, as it is printed.
struct Compared {
  std::string operand;
  bool is_list = false;
};

std::optional<Compared> compared_with(const std::string& atom, const std::string& path) {
  for (const std::string_view op : operators) {
    const std::string left = path + std::string(op), right = std::string(op) + path;
    if (atom.starts_with(left)) return Compared{atom.substr(left.size()), op == " in "};
    if (atom.ends_with(right) && op != " in ")
      return Compared{atom.substr(0, atom.size() - right.size()), false};
  }
  return std::nullopt;
}

class Collector {
 public:
  Collector(const Cache& cache, std::string path) : cache_(cache), path_(std::move(path)) {}

  void add_predicate(const std::string& text, const Json& info) {
    const Predicate predicate = Predicate::parse(text);
    const PredicateSet named = cache_.predicates(predicate.calls());
    add_atoms(predicate, named, info);
    for (const auto& [name, definition] : named.definitions()) {
      if (definition.expr) add_atoms(*definition.expr, named, info);
    }
  }
  std::vector<ComparedValue> take() { return std::move(values_); }

 private:
  void add_atoms(const Predicate& predicate, const PredicateSet& named, const Json& info) {
    (void)predicate.search_selector([&](const Predicate& part) {
      if (part.kind() == PredicateKind::Atom) add_atom(part, named, info);
      return false;
    });
  }

  void add_atom(const Predicate& atom, const PredicateSet& named, const Json& info) {
    const std::string text = atom.to_string();
    if (const auto compared = compared_with(text, path_)) add_operand(*compared, info);
    const std::size_t open = text.find('(');
    if (open == std::string::npos || !text.ends_with(')')) return;
    const std::string arguments = text.substr(open + 1, text.size() - open - 2);
    if (const PredicateDefinition* called = named.find(text.substr(0, open)))
      add_call(text.substr(0, open), *called, arguments, info);
  }

  // `user_group("staff")` tests the fact of its name; `at_least(v12.0)` may compare one with its
  // only parameter.
  void add_call(const std::string& name, const PredicateDefinition& called,
                const std::string& arguments, const Json& info) {
    if (called.is_fact()) {
      if (name == path_) add_operand({'[' + arguments + ']', true}, info);
    } else if (called.params.size() == 1) {
      (void)called.expr->search_selector([&](const Predicate& part) {
        const auto compared = compared_with(part.to_string(), path_);
        if (compared && compared->operand == called.params.front())
          add_operand({arguments, compared->is_list}, info);
        return false;
      });
    }
  }

  void add_operand(const Compared& compared, const Json& info) {
    const std::string& text = compared.operand;
    if (text.starts_with("self.")) {
      add_field(compared, info);
    } else if (text.size() > 1 && text[0] == 'v' && text[1] >= '0' && text[1] <= '9') {
      add_value({text.substr(1), FieldType::Version});
    } else if (Json::accept(text)) {
      add_values(Json::parse(text), compared.is_list);
    }
  }

  void add_field(const Compared& compared, const Json& info) {
    const Json* value = &info;
    for (const std::string& name : parse_path(compared.operand.substr(5))) {
      if (!value->is_object() || !value->contains(name)) return;
      value = &(*value)[name];
    }
    add_values(*value, compared.is_list);
  }

  void add_values(const Json& value, bool is_list) {
    if (!is_list) return add_value({value});
    if (!value.is_array()) return;
    for (const Json& element : value) add_value({element});
  }

  void add_value(ComparedValue one) {
    if (one.value.is_null() || values_.size() >= most_offers) return;
    if (std::find(values_.begin(), values_.end(), one) == values_.end())
      values_.push_back(std::move(one));
  }

  const Cache& cache_;
  std::string path_;
  std::vector<ComparedValue> values_;
};

void add_symbol(Collector& collector, const RegistryInfo& registry, const Symbol& symbol) {
  const std::optional<std::string>& select = symbol.select ? symbol.select : registry.select;
  if (select) collector.add_predicate(*select, symbol.info);
}

}  // namespace

std::vector<ComparedValue> compared_values(const Cache& cache,
                                           const std::vector<RegistryInfo>& registries,
                                           const std::string& oid, const std::string& path) {
  Collector collector(cache, path);
  std::size_t left = most_offers;
  for (const RegistryInfo& registry : registries) {
    if (!oid.empty()) {
      for (const Symbol& symbol : cache.implementations(registry.name, oid))
        add_symbol(collector, registry, symbol);
      continue;
    }
    cache.each_symbol(registry.name, [&](const SymbolView& view) {
      add_symbol(collector, registry, view.symbol());
      return left > 0 && --left > 0;
    });
  }
  return collector.take();
}

}  // namespace reg::app
