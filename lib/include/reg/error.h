#pragma once
/// @file error.h
/// What goes wrong, as values and as exceptions.
///
/// Problems in sources are collected as `Diagnostic` values, so that one run reports all of them;
/// an operation that cannot go on throws a class derived from `RegistryError`. All types here are
/// plain values: copying is safe from any thread, and nothing is shared.
///
/// ```cpp
/// try {
///   std::cout << cache.select("views", "primary", context).winner()->symbol.target << '\n';
/// } catch (const reg::NoSelectableObject& error) {
///   std::cerr << error.what() << '\n' << error.hint() << '\n';
/// }
/// ```

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace reg {

/// A position in a source. `line` and `column` count from 1, columns in code points; 0 is "not
/// known".
struct Place {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  /// `path:line:column`, without the parts that are not known.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Place&, const Place&) = default;
};

/// The kinds of error; `reg` maps each to an exit code.
enum class ErrorKind : std::uint8_t {
  Usage,               ///< a wrong option or argument
  Input,               ///< a manifest, predicate, context or argument that cannot be used
  RegistryNotFound,    ///< logilab's RegistryNotFound
  ObjectNotFound,      ///< logilab's ObjectNotFound
  NoSelectableObject,  ///< logilab's NoSelectableObject
  NothingFound,        ///< a query that matched nothing, or a `--check` that found a difference
  SelectAmbiguity,  ///< logilab's SelectAmbiguity, or several implementations where one is expected
  Workspace,        ///< no workspace, or one that cannot be used
  Cache,            ///< a cache that is missing, broken, or of another version
  Locked,           ///< the cache is frozen by `reg lock`
  LockTimeout,      ///< another process held the cache's lock for too long
  Io,               ///< a system call failed
  Plugin,           ///< an implementation could not be loaded, or made no instance
};

/// The name of a kind as it stands in JSON: `"no-selectable-object"`.
[[nodiscard]] const char* to_string(ErrorKind kind);

enum class Severity : std::uint8_t { Warning, Error };

/// One problem found in a source.
struct Diagnostic {
  Severity severity = Severity::Error;
  Place place;
  std::string message;
  std::string hint;     ///< what to do about it; may be empty
  std::string excerpt;  ///< the text in question with a caret below it, two lines; may be empty
  ErrorKind kind = ErrorKind::Input;  ///< or Io: the source could not be read

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// The base of every exception that this library throws (logilab: `RegistryException`).
class RegistryError : public std::runtime_error {
 public:
  RegistryError(ErrorKind kind, const std::string& message, std::string hint = {},
                Place place = {});
  ~RegistryError() override;
  RegistryError(const RegistryError&) = default;
  RegistryError& operator=(const RegistryError&) = default;
  RegistryError(RegistryError&&) = default;
  RegistryError& operator=(RegistryError&&) = default;

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  /// What the user could do about it; may be empty.
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }
  /// Where it is; without a path where there is no place.
  [[nodiscard]] const Place& place() const noexcept { return place_; }

 private:
  ErrorKind kind_;
  std::string hint_;
  Place place_;
};

/// A wrong option or argument.
class UsageError : public RegistryError {
 public:
  explicit UsageError(const std::string& message, std::string hint = {})
      : RegistryError(ErrorKind::Usage, message, std::move(hint)) {}
};

/// Input that cannot be used: a manifest, a predicate, a context, an argument.
class InputError : public RegistryError {
 public:
  explicit InputError(const std::string& message, std::string hint = {}, Place place = {})
      : RegistryError(ErrorKind::Input, message, std::move(hint), std::move(place)) {}
  explicit InputError(std::vector<Diagnostic> diagnostics);

  /// All that was found, in the order of the sources; empty if `what()` is all.
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A predicate that does not parse; `offset()` counts bytes from the start of its text. It is bad
/// input like any other: who only wants to know that what a person gave cannot be used catches
/// InputError, whether a predicate, a fact or a field was wrong; who points at the place in the
/// text catches this first.
class PredicateError : public InputError {
 public:
  PredicateError(const std::string& message, std::string text, std::size_t offset,
                 std::string hint = {});

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  /// The text (or the part around the offset, if it is long) with a caret below it: two lines.
  [[nodiscard]] std::string excerpt() const;

 private:
  std::string text_;
  std::size_t offset_;
};

/// An unknown registry was asked for (logilab: `RegistryNotFound`).
class RegistryNotFound : public RegistryError {
 public:
  explicit RegistryNotFound(const std::string& message, std::string hint = {})
      : RegistryError(ErrorKind::RegistryNotFound, message, std::move(hint)) {}
};

/// An oid that is not registered was asked for (logilab: `ObjectNotFound`).
class ObjectNotFound : public RegistryError {
 public:
  explicit ObjectNotFound(const std::string& message, std::string hint = {})
      : RegistryError(ErrorKind::ObjectNotFound, message, std::move(hint)) {}
};

/// The file that holds or should hold the registries cannot be used: kinds Workspace, Cache,
/// Locked, LockTimeout and Io.
class StorageError : public RegistryError {
 public:
  using RegistryError::RegistryError;
};

/// A network file system no longer has the cache that is open, because another machine replaced it
/// (ESTALE); kind Io. Open the cache again, and ask again.
class StaleCache : public StorageError {
 public:
  using StorageError::StorageError;
};

}  // namespace reg
