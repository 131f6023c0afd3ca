# cmake -D SETTINGS=FILE [-D PLUGIN=FILE] -P regRefresh.cmake
#
# What reg_auto_register runs: for a PLUGIN that was just linked, registers it; else all that changed, and says in a
# depfile what that was read from.
#
# While one plugin is registered, others may be half linked: so nothing but that file is read then, and manifests where
# that is not enough. Only after all plugins were linked is all of it looked at.
cmake_policy(VERSION 3.25)
include("${SETTINGS}")
get_filename_component(folder "${stamp}" DIRECTORY)

# reg(WORD…): sets `result`, `output` (stdout) and `messages` (stderr).
function(reg)
  execute_process(COMMAND "${program}" ${ARGN} ${place} --color never
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE messages)
  set(result "${result}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
  set(messages "${messages}" PARENT_SCOPE)
endfunction()

# The sources with their states, other than the plugins: sets `sources` (absolute paths) and `outdated`; also `cache`,
# its file, and `cache_state`.
function(look)
  reg(status -o json)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "reg status (${result})\n${messages}")
  endif()
  set(sources "")
  set(outdated "")
  list(GET place 1 workspace)
  string(JSON cache_state GET "${output}" cache state)
  string(JSON cache GET "${output}" cache path)
  string(JSON count LENGTH "${output}" sources)
  foreach(index RANGE ${count})
    if(index EQUAL count)
      break()
    endif()
    string(JSON source GET "${output}" sources ${index} source)
    string(JSON state GET "${output}" sources ${index} state)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${workspace}" NORMALIZE)
    if(source IN_LIST plugin_files OR state STREQUAL "gone")
      continue()
    endif()
    list(APPEND sources "${source}")
    if(NOT state STREQUAL "fresh")
      list(APPEND outdated "${source}")
    endif()
  endforeach()
  set(sources "${sources}" PARENT_SCOPE)
  set(outdated "${outdated}" PARENT_SCOPE)
  set(cache "${cache}" PARENT_SCOPE)
  set(cache_state "${cache_state}" PARENT_SCOPE)
endfunction()

# Whether what went wrong concerns another plugin's file, too, which may be about to be linked anew.
function(names_another_plugin out)
  set(${out} FALSE PARENT_SCOPE)
  foreach(file IN LISTS plugin_files)
    get_filename_component(name "${file}" NAME)
    string(FIND "${messages}" "${name}" position)
    if(NOT file STREQUAL PLUGIN AND NOT position EQUAL -1)
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

function(fail)
  message("${messages}")
  message(FATAL_ERROR "reg auto-register failed (${result})")
endfunction()

function(register_plugin)
  reg(auto-register "${PLUGIN}" ${options})
  if(result EQUAL 0)
    return()
  endif()
  look()
  if(NOT cache_state STREQUAL "well")
    # Without a cache all is read, other plugins that are half linked included; what is wrong with these is left out.
    reg(auto-register --keep-going --quiet ${options})
  endif()
  reg(auto-register "${PLUGIN}" ${outdated} ${options})
  if(result EQUAL 0)
    return()
  endif()
  names_another_plugin(undecided)
  if(NOT undecided)
    fail()
  endif()
  message("${messages}"
    "${PLUGIN} is not registered yet: what is wrong concerns another plugin, too, and is looked at again when all are built")
endfunction()

function(register_all)
  reg(auto-register ${options})
  if(NOT result EQUAL 0)
    fail()
  endif()
  string(STRIP "${messages}" messages)
  if(NOT messages MATCHES "^nothing changed[^\n]*$")
    message("${messages}")
  endif()
  look()
  # The cache, too, so that it is made anew where it was removed.
  string(REGEX REPLACE "([ #])" "\\\\\\1" escaped "${sources};${cache}")
  string(REPLACE "$" "$$" escaped "${escaped}")
  list(JOIN escaped " \\\n " escaped)
  file(WRITE "${stamp}.d" "${stamp}: ${escaped}\n")
  file(TOUCH "${stamp}")
endfunction()

# Those that are linked at the same time wait here for each other, for as long as it takes.
file(LOCK "${folder}/lock" GUARD PROCESS TIMEOUT 3600)
if(PLUGIN)
  register_plugin()
else()
  register_all()
endif()
