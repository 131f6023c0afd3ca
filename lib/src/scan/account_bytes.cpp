#include <reg/text.h>
#include <scan/account_bytes.h>
#include <algorithm>
#include <cstring>
#include <utility>

namespace reg {

void ByteWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7F) | 0x80);
  bytes_ += static_cast<char>(value);
}

void ByteWriter::fixed(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>((value >> shift) & 0xFF);
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  bytes_ += value;
}

std::string_view ByteReader::take(std::uint64_t size) {
  if (size > bytes_.size()) {
    fail();
    return {};
  }
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::string_view byte = take(1);
    if (byte.empty()) return 0;
    const auto bits = static_cast<unsigned char>(byte.front());
    value |= std::uint64_t{bits & 0x7FU} << shift;
    if (bits < 0x80) return value;
  }
  fail();
  return 0;
}

std::uint64_t ByteReader::fixed() {
  const std::string_view eight = take(8);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < eight.size(); ++i)
    value |= std::uint64_t{static_cast<unsigned char>(eight[i])} << (8 * i);
  return value;
}

std::string_view ByteReader::text() { return take(number()); }

std::size_t ByteReader::count() {
  const std::uint64_t value = number();
  if (value <= bytes_.size()) return value;
  fail();
  return 0;
}

void ByteReader::fail() {
  failed_ = true;
  bytes_ = {};
}

namespace {

// Expressions are cut at a depth far below this when they are read.
constexpr int deepest = 1000;

template <typename T, typename Write>
void put_list(ByteWriter& out, const std::vector<T>& list, Write write) {
  out.number(list.size());
  for (const T& each : list) write(each);
}

template <typename T, typename Read>
void take_list(ByteReader& in, std::vector<T>& list, Read read) {
  const std::size_t count = in.count();
  list.reserve(count);
  for (std::size_t i = 0; i < count && !in.failed(); ++i) list.push_back(read());
}

template <typename Enum>
Enum enum_from(std::uint64_t number, Enum last, ByteReader& in) {
  const bool is_one = number <= static_cast<std::uint64_t>(last);
  if (!is_one) in.fail();
  return is_one ? static_cast<Enum>(number) : Enum{};
}

class AccountWriter {
 public:
  explicit AccountWriter(ByteWriter& out) : out_(out) {}

  void write(const Account& account) {
    put_list(out_, account.scopes, [this](const Scope& each) { scope(each); });
    put_list(out_, account.statements, [this](const Statement& each) { statement(each); });
    put_list(out_, account.packaged, [this](const Packaged& each) { packaged(each); });
    put_list(out_, account.problems, [this](const Diagnostic& each) { problem(each); });
  }

 private:
  void position(Position at) {
    out_.number(at.line);
    out_.number(at.column);
  }
  void text(const std::string& value) { out_.text(value); }
  void texts(const std::vector<std::string>& list) {
    put_list(out_, list, [this](const std::string& each) { text(each); });
  }

  void scope(const Scope& scope) {
    out_.number(static_cast<std::uint64_t>(scope.kind));
    text(scope.name);
    out_.number(scope.parent);
  }

  void expression(const Expression& value) {
    out_.number(static_cast<std::uint64_t>(value.kind));
    text(value.text);
    text(value.kind == Expression::Kind::Literal ? to_text(value.value) : std::string());
    put_list(out_, value.items, [this](const Expression& each) { expression(each); });
    arguments(value.arguments);
    texts(value.templates);
    position(value.at);
  }
  void arguments(const std::vector<Argument>& list) {
    put_list(out_, list, [this](const Argument& each) {
      text(each.keyword);
      put_list(out_, each.value, [this](const Expression& value) { expression(value); });
    });
  }

  void statement(const Statement& each) {
    out_.number(static_cast<std::uint64_t>(each.kind));
    out_.number(each.scope);
    out_.number(each.body);
    out_.number((each.guarded ? 1U : 0U) | (each.repeated ? 2U : 0U) |
                (each.script_only ? 4U : 0U) | (each.renamed ? 8U : 0U));
    text(each.name);
    text(each.module);
    out_.number(each.level);
    put_list(out_, each.imported, [this](const ImportedName& name) {
      text(name.name);
      text(name.as);
    });
    expression(each.value);
    arguments(each.arguments);
    put_list(out_, each.decorators, [this](const Expression& value) { expression(value); });
    text(each.doc);
    position(each.at);
  }

  void packaged(const Packaged& each) {
    for (const std::string* part : {&each.group, &each.name, &each.target}) text(*part);
    texts(each.extras);
    text(each.library);
    text(each.doc);
    position(each.at);
  }

  void problem(const Diagnostic& each) {
    out_.flag(each.severity == Severity::Error);
    position({each.place.line, each.place.column});
    for (const std::string* part : {&each.message, &each.hint, &each.excerpt}) text(*part);
  }

  ByteWriter& out_;
};

class AccountReader {
 public:
  explicit AccountReader(ByteReader& in) : in_(in) {}

  Account read() {
    Account account;
    take_list(in_, account.scopes, [this] { return scope(); });
    take_list(in_, account.statements, [this] { return statement(); });
    take_list(in_, account.packaged, [this] { return packaged(); });
    take_list(in_, account.problems, [this] { return problem(); });
    return account;
  }

 private:
  std::uint32_t small() { return static_cast<std::uint32_t>(in_.number()); }
  Position position() {
    const std::uint32_t line = small();
    return {line, small()};
  }
  std::string text() { return std::string(in_.text()); }
  std::vector<std::string> texts() {
    std::vector<std::string> list;
    take_list(in_, list, [this] { return text(); });
    return list;
  }

  Scope scope() {
    Scope scope;
    scope.kind = enum_from(in_.number(), Scope::Kind::Namespace, in_);
    scope.name = text();
    scope.parent = small();
    return scope;
  }

  Expression expression(int depth = 0) {
    Expression value;
    if (depth > deepest) return value;
    value.kind = enum_from(in_.number(), Expression::Kind::Or, in_);
    value.text = text();
    const std::string_view literal = in_.text();
    if (value.kind == Expression::Kind::Literal) value.value = Json::parse(literal, nullptr, false);
    take_list(in_, value.items, [&] { return expression(depth + 1); });
    value.arguments = arguments(depth + 1);
    value.templates = texts();
    value.at = position();
    return value;
  }
  std::vector<Argument> arguments(int depth) {
    std::vector<Argument> list;
    take_list(in_, list, [&] {
      Argument argument;
      argument.keyword = text();
      take_list(in_, argument.value, [&] { return expression(depth); });
      return argument;
    });
    return list;
  }

  Statement statement() {
    Statement each;
    each.kind = enum_from(in_.number(), Statement::Kind::Call, in_);
    each.scope = small();
    each.body = small();
    const std::uint64_t flags = in_.number();
    each.guarded = (flags & 1U) != 0;
    each.repeated = (flags & 2U) != 0;
    each.script_only = (flags & 4U) != 0;
    each.renamed = (flags & 8U) != 0;
    each.name = text();
    each.module = text();
    each.level = small();
    take_list(in_, each.imported, [this] {
      ImportedName name;
      name.name = text();
      name.as = text();
      return name;
    });
    each.value = expression();
    each.arguments = arguments(0);
    take_list(in_, each.decorators, [this] { return expression(); });
    each.doc = text();
    each.at = position();
    return each;
  }

  Packaged packaged() {
    Packaged each;
    for (std::string* part : {&each.group, &each.name, &each.target}) *part = text();
    each.extras = texts();
    each.library = text();
    each.doc = text();
    each.at = position();
    return each;
  }

  Diagnostic problem() {
    Diagnostic each;
    each.severity = in_.flag() ? Severity::Error : Severity::Warning;
    const Position at = position();
    each.place = {{}, at.line, at.column};
    for (std::string* part : {&each.message, &each.hint, &each.excerpt}) *part = text();
    return each;
  }

  ByteReader& in_;
};

// Whoever follows scopes to those around comes to the module.
bool has_its_scopes(const Account& account) {
  const std::size_t count = account.scopes.size();
  for (std::size_t scope = 0; scope < count; ++scope)
    if (account.scopes[scope].parent >= std::max<std::size_t>(scope, 1)) return false;
  return std::all_of(
      account.statements.begin(), account.statements.end(),
      [&](const Statement& each) { return each.scope < count && each.body < count; });
}

}  // namespace

std::string to_bytes(const Account& account) {
  ByteWriter out;
  AccountWriter(out).write(account);
  return out.take();
}

std::optional<Account> account_from(std::string_view bytes) {
  ByteReader in(bytes);
  Account account = AccountReader(in).read();
  if (in.failed() || !in.at_end() || !has_its_scopes(account)) return std::nullopt;
  return account;
}

}  // namespace reg
