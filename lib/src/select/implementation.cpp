#include <cxxabi.h>
#include <reg/implementation.h>
#include <algorithm>
#include <cstdlib>

namespace reg {
namespace {

std::string readable(const std::type_index& type) {
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  int status = 0;
  std::unique_ptr<char, Free> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status));
  return status == 0 ? name.get() : type.name();
}

}  // namespace

std::string type_target(const std::type_index& type) {
  std::string name = readable(type);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

Implementation Implementation::of_target(std::string target, std::string oid,
                                         ImplementationOptions options) {
  Implementation made;
  made.symbol.oid = std::move(oid);
  made.symbol.target = std::move(target);
  made.symbol.info = std::move(options.info);
  made.symbol.doc = std::move(options.doc);
  made.predicate = std::move(options.select);
  made.when = std::move(options.when);
  made.on_registered = std::move(options.on_registered);
  return made;
}

const void* Factory::require(const std::type_index& interface) const {
  if (!maker_) {
    throw UsageError("it was registered without a factory, so that this program has no instance",
                     "register it with register_class, or with a factory");
  }
  if (interface_ == interface) return maker_.get();
  throw UsageError("it was registered for the interface " + readable(interface_) +
                   ", and not for " + readable(interface));
}

}  // namespace reg
