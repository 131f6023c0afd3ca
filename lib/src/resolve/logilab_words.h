#pragma once
// What makes a file of Python worth reading for logilab's registries.

#include <scan/words.h>

namespace reg {

// The attributes that logilab asks a class for, and the function by which a module registers
// itself. A class that binds one of the attributes, or derives from one that does, matters to the
// files that derive from it: its name is a word, too.
const Words& logilab_words();

}  // namespace reg
