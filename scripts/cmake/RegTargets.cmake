# What every target of this project has in common.

# reg_target(NAME): the language level, the warnings and the sanitizers of this project.
function(reg_target name)
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
  # GCC 12 warns of impossible overlaps and of optionals that are not read, deep inside its own library, when it
  # optimises (GCC bugs 105651 and 105329).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${name} PRIVATE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
  if(REG_SANITIZE)
    target_compile_options(${name} PUBLIC -fsanitize=${REG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${REG_SANITIZE})
  endif()
endfunction()
