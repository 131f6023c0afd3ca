#pragma once
// The predicate of a class: its `__select__`, own or inherited.

#include <resolve/python_classes.h>
#include <resolve/select_translation.h>
#include <string>

namespace reg {

struct ClassSelect {
  enum class State : std::uint8_t {
    Missing,    // neither it nor any base has one: logilab registers no such class
    Known,      // `select`
    Assumed,    // bases that are not read may have one: taken for yes(), which wins the least
    Untellable  // `why`
  };
  State state = State::Missing;
  TranslatedSelect select;  // has a predicate if Known or Assumed
  std::string why;
};

ClassSelect select_of(PythonClasses& classes, PythonClasses::Id of);

}  // namespace reg
