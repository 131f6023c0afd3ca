# What every target of this project has in common.

# The compilers that find nothing to warn of here; another version may.
set(REG_KNOWN_COMPILER OFF)
if("${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" MATCHES "^(GNU 12|Clang 14)\\.")
  set(REG_KNOWN_COMPILER ON)
elseif(REG_WARNINGS_AS_ERRORS)
  message(WARNING "Warnings are no errors with this compiler, but with GCC 12 and clang 14 only")
endif()

# reg_target(NAME): the language level, the warnings, the sanitizers and the precompiled header of this project.
function(reg_target name)
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
  # A shared library can be a host, too. For programs as well, since they have the precompiled header in common; what is
  # hidden costs nothing, and nothing is meant to be replaced by a program's own.
  target_compile_options(${name} PRIVATE -fPIC -fno-semantic-interposition)
  # GCC 12 warns of impossible overlaps and sizes and of optionals that are not read, deep inside its own library, when
  # it optimises (GCC bugs 105651 and 105329); of sizes only where that library comes out of a precompiled header.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${name} PRIVATE
      -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
  endif()
  if(REG_WARNINGS_AS_ERRORS)
    set_target_properties(${name} PROPERTIES COMPILE_WARNING_AS_ERROR ${REG_KNOWN_COMPILER})
  endif()
  # Not vptr: it asks whether memory is there by system calls, which tests make fail.
  if(REG_SANITIZE)
    target_compile_options(${name} PUBLIC
      -fsanitize=${REG_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${REG_SANITIZE})
  endif()
  if(NOT name STREQUAL "reg_precompiled")
    target_precompile_headers(${name} REUSE_FROM reg_precompiled)
  endif()
endfunction()

# What nearly every file includes sooner or later, compiled once: it took a third of a file's time. Files still include
# what they use; a build with CMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows that they do.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
add_library(reg_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
reg_target(reg_precompiled)
target_link_libraries(reg_precompiled PRIVATE nlohmann_json::nlohmann_json)
target_precompile_headers(reg_precompiled PRIVATE
  <nlohmann/json.hpp> <charconv> <filesystem> <functional> <optional> <set> <span> <unordered_map>)
