#include <reg/symbol.h>
#include <resolve/cpp_idioms.h>
#include <resolve/idioms.h>
#include <resolve/packages.h>
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace reg {
namespace {

// `a::b`, `a.b` and `a->b`, from the last part to the first, as far as names go.
std::vector<std::string_view> parts_from_last(std::string_view name) {
  constexpr std::string_view signs = ".:->";
  std::vector<std::string_view> parts;
  while (!name.empty()) {
    const std::size_t before = name.find_last_of(signs);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    if (begin < name.size()) parts.push_back(name.substr(begin));
    name = name.substr(0, begin == 0 ? 0 : begin - 1);
  }
  return parts;
}

bool is_meant(std::string_view written, std::string_view name) {
  const std::vector<std::string_view> has = parts_from_last(written), wants = parts_from_last(name);
  return wants.size() <= has.size() && std::equal(wants.begin(), wants.end(), has.begin());
}

bool is_meant(const Statement& statement, const Idiom& idiom) {
  const bool here = idiom.language == Language::Cpp && idiom.does == Idiom::Does::Registers &&
                    (idiom.form == Idiom::Form::Macro || idiom.form == Idiom::Form::Call);
  return here && std::any_of(idiom.names.begin(), idiom.names.end(), [&](const std::string& name) {
           return is_meant(statement.value.items[0].text, name);
         });
}

std::optional<CppSite> site_of(const ResolveInput& input, std::size_t file,
                               const Statement& statement) {
  for (const std::size_t number : input.files[file].scans) {
    const Scan& scan = input.scans[number];
    const auto idiom = std::find_if(scan.idioms.begin(), scan.idioms.end(),
                                    [&](const Idiom& each) { return is_meant(statement, each); });
    if (idiom != scan.idioms.end()) return CppSite{file, &statement, &scan, &*idiom};
  }
  return std::nullopt;
}

// A macro's arguments are split at commas that C++ does not split calls at.
std::vector<const Expression*> arguments_of(const CppSite& site) {
  std::vector<const Expression*> arguments;
  for (const Argument& argument : site.statement->value.arguments) {
    const Expression& value = argument.value.front();
    const bool split = site.idiom->form == Idiom::Form::Macro && !value.items.empty();
    if (!split) arguments.push_back(&value);
    for (std::size_t i = 0; split && i < value.items.size(); ++i)
      arguments.push_back(&value.items[i]);
  }
  return arguments;
}

// A value of a site, or why there is none.
struct Taken {
  enum class How : std::uint8_t { Missing, Computed, Parameter, Variable, Known };
  How how = How::Missing;
  std::string text;
};

// In a call, a name stands for a variable, whose value is not known. In a macro it is the text that
// it is written with.
Taken taken_from(const Expression& value, Idiom::Form form) {
  if (value.kind == Expression::Kind::Literal) {
    const bool text = value.value.is_string();
    return {Taken::How::Known, text ? value.value.get<std::string>() : to_text(value.value)};
  }
  if (value.kind != Expression::Kind::Name) return {Taken::How::Computed, value.text};
  return {form == Idiom::Form::Macro ? Taken::How::Known : Taken::How::Variable, value.text};
}

// Whether a word stands in a text as a whole.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end])))
      return true;
  }
  return false;
}

// What is written as a type may say that it is another: that of a template's parameter, or of an
// expression.
Taken as_type(const CppSite& site, Taken taken) {
  const std::vector<Expression>& items = site.statement->value.items;
  const bool is_parameter =
      std::any_of(items.begin() + 1, items.end(),
                  [&](const Expression& each) { return has_word(taken.text, each.text); });
  if (is_parameter) taken.how = Taken::How::Parameter;
  if (has_word(taken.text, "decltype")) taken.how = Taken::How::Computed;
  return taken;
}

Taken taken(const CppSite& site, const ValueFrom& from) {
  if (from.given) return {Taken::How::Known, *from.given};
  const std::vector<std::string>& templates = site.statement->value.templates;
  for (const std::size_t number : from.templates) {
    if (number >= templates.size()) continue;
    const bool known = !templates[number].empty();
    return as_type(site, {known ? Taken::How::Known : Taken::How::Computed, templates[number]});
  }
  const std::vector<const Expression*> arguments = arguments_of(site);
  for (const ArgumentName& name : from.arguments) {
    if (!name.keyword.empty() || name.position >= arguments.size()) continue;
    const Expression& value = *arguments[name.position];
    Taken found = taken_from(value, site.idiom->form);
    return value.kind == Expression::Kind::Name ? as_type(site, std::move(found)) : found;
  }
  return {};
}

ValueFrom target_from(const CppSite& site) {
  if (site.idiom->target.is_set()) return site.idiom->target;
  ValueFrom from;
  from.templates = {0};
  from.arguments = {ArgumentName{}};
  return from;
}

std::string why(std::string_view what, const Taken& value) {
  const std::string name(what);
  if (value.how == Taken::How::Missing) return "its " + name + " is not given";
  if (value.how == Taken::How::Known) return "its " + name + " is empty";
  if (value.how == Taken::How::Parameter)
    return "its " + name + " is a parameter of a template: " + value.text;
  return "its " + name + " is computed: " + value.text;
}

// The default of a target with template arguments keeps them: they tell one from the other.
std::string oid_of_templated(std::string_view target) {
  const std::size_t open = target.find('<');
  if (open == std::string_view::npos || open == 0) return {};
  return default_oid(target.substr(0, open)) + std::string(target.substr(open));
}

class SiteReader {
 public:
  SiteReader(const CppSite& site, Found& found) : site_(site), found_(found) {}

  std::optional<FoundSymbol> read() {
    found_.found_by(*site_.scan);
    if (site_.statement->guarded && site_.scan->guarded == Guarded::Drop)
      return seen("it is under a condition of the preprocessor");
    const Taken target = taken(site_, target_from(site_));
    const bool named = target.how == Taken::How::Known || target.how == Taken::How::Variable;
    if (!named || target.text.empty()) return seen(why("target", target));
    FoundSymbol symbol;
    symbol.at = site_.statement->at;
    symbol.target = target.text;
    if (!read_oid(symbol) || !read_registry(symbol) || !read_force(symbol)) return std::nullopt;
    return symbol;
  }

 private:
  std::nullopt_t seen(const std::string& reason) {
    found_.seen.push_back(
        {site_.statement->at, site_.statement->value.items[0].text + ": " + reason});
    return std::nullopt;
  }

  bool read_oid(FoundSymbol& symbol) {
    if (!site_.idiom->oid.is_set()) {
      symbol.oid = oid_of_templated(symbol.target);
      return true;
    }
    const Taken oid = taken(site_, site_.idiom->oid);
    symbol.oid = oid.text;
    if (oid.how == Taken::How::Known && !oid.text.empty()) return true;
    seen(why("oid", oid));
    return false;
  }

  bool read_registry(FoundSymbol& symbol) {
    const Taken registry = taken(site_, site_.idiom->registry);
    symbol.registries = {compared_type(registry.text)};
    if (registry.how == Taken::How::Known && !symbol.registries[0].empty()) return true;
    const bool keep =
        registry.how == Taken::How::Variable && site_.scan->unresolved == Unresolved::Keep;
    if (keep || site_.scan->unresolved == Unresolved::Error) {
      report(why("registry", registry), keep ? Severity::Warning : Severity::Error);
    } else {
      seen(why("registry", registry));
    }
    return keep;
  }

  bool read_force(FoundSymbol& symbol) {
    if (!site_.idiom->force.is_set()) return true;
    const Taken force = taken(site_, site_.idiom->force);
    symbol.force = force.how == Taken::How::Known && force.text == "true";
    const bool known = force.how == Taken::How::Known || force.how == Taken::How::Missing;
    if (!known) seen(why("force", force));
    return known;
  }

  void report(const std::string& message, Severity severity) {
    Diagnostic problem;
    problem.severity = severity;
    problem.place.line = site_.statement->at.line;
    problem.place.column = site_.statement->at.column;
    problem.message = site_.statement->value.items[0].text + ": " + message;
    found_.diagnostics.push_back(std::move(problem));
  }

  const CppSite& site_;
  Found& found_;
};

using TypeAndBase = std::pair<std::string, std::string>;

// A macro use, and what it would register by itself.
struct Registering {
  const CppSite* site;
  FoundSymbol symbol;
  std::optional<TypeAndBase> described_as;  // of a macro: what a description of it would say
};

std::vector<Registering> registering(const std::vector<CppSite>& sites, std::vector<Found>& found) {
  std::vector<Registering> all;
  for (const CppSite& site : sites) {
    std::optional<FoundSymbol> symbol = cpp_symbol(site, found[site.file]);
    if (!symbol) continue;
    std::optional<TypeAndBase> key;
    if (site.idiom->form == Idiom::Form::Macro)
      key = TypeAndBase(compared_type(symbol->target), symbol->registries[0]);
    all.push_back({&site, std::move(*symbol), std::move(key)});
  }
  return all;
}

}  // namespace

std::vector<CppSite> cpp_sites(const ResolveInput& input) {
  std::vector<CppSite> sites;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const CodeFile& file = input.files[i];
    if (file.language != Language::Cpp || file.account == nullptr) continue;
    for (const Statement& statement : file.account->statements) {
      if (statement.kind != Statement::Kind::Call || statement.value.items.empty()) continue;
      if (std::optional<CppSite> site = site_of(input, i, statement)) sites.push_back(*site);
    }
  }
  return sites;
}

std::optional<FoundSymbol> cpp_symbol(const CppSite& site, Found& found) {
  return SiteReader(site, found).read();
}

void find_cpp(const ResolveInput& input, std::vector<Found>& found) {
  const std::vector<CppSite> sites = cpp_sites(input);
  const std::vector<PluginClass> plugins = plugin_classes(input, found);
  std::vector<Registering> macros = registering(sites, found);
  std::multimap<TypeAndBase, const CppSite*> places;
  for (const Registering& each : macros) {
    if (each.described_as) places.emplace(*each.described_as, each.site);
  }
  std::set<TypeAndBase> described;
  for (const PluginClass& plugin : plugins) {
    const TypeAndBase key(plugin.type, plugin.base);
    described.insert(key);
    FoundSymbol symbol = plugin.symbol;
    std::size_t file = plugin.file;
    // Of several macros none is the place.
    if (places.count(key) == 1) {
      const CppSite& site = *places.find(key)->second;
      file = site.file;
      symbol.at = site.statement->at;
    }
    found[file].found_by(*plugin.scan);
    found[file].symbols.push_back(std::move(symbol));
  }
  for (Registering& each : macros) {
    if (each.described_as && described.count(*each.described_as) != 0) continue;
    found[each.site->file].symbols.push_back(std::move(each.symbol));
  }
}

}  // namespace reg
