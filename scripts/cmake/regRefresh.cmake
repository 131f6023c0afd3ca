# cmake -D SETTINGS=FILE [-D PLUGIN=FILE -D DONE=FILE] -P regRefresh.cmake
#
# What reg_auto_register runs: for a PLUGIN that was just linked, registers it, and makes DONE; else registers all that
# changed, and makes `registered`, and a depfile that says what that was read from. Where that fails, neither is there.
#
# While one plugin is registered, others may be half linked: so nothing but that file is read then, and manifests where
# that is not enough. Only after all that is linked is there, all of it is looked at.
cmake_policy(VERSION 3.25)
include("${SETTINGS}")

# reg(WORD…): sets `result`, `output` (stdout) and `messages` (stderr).
function(reg)
  execute_process(COMMAND "${program}" ${ARGN} ${place} --color never
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE messages)
  if(NOT result MATCHES "^[0-9]+$")
    string(APPEND messages "${program}: ${result}\n")
  endif()
  set(result "${result}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
  set(messages "${messages}" PARENT_SCOPE)
endfunction()

# Sets `outdated`, the sources that are to be read and are not linked (absolute paths), and `cache_state`.
function(look)
  reg(status -o json)
  set(outdated "")
  set(cache_state "unknown")
  if(result EQUAL 0)
    list(GET place 1 workspace)
    string(JSON cache_state GET "${output}" cache state)
    string(JSON count LENGTH "${output}" sources)
    foreach(index RANGE ${count})
      if(index EQUAL count)
        break()
      endif()
      string(JSON source GET "${output}" sources ${index} source)
      string(JSON state GET "${output}" sources ${index} state)
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${workspace}" NORMALIZE)
      if(NOT state MATCHES "^(fresh|gone)$" AND NOT source IN_LIST plugin_files AND NOT source IN_LIST linked_files)
        list(APPEND outdated "${source}")
      endif()
    endforeach()
  endif()
  set(outdated "${outdated}" PARENT_SCOPE)
  set(cache_state "${cache_state}" PARENT_SCOPE)
endfunction()

# Whether what went wrong concerns another linked file, too, which may be about to be linked anew.
function(names_another out)
  set(${out} FALSE PARENT_SCOPE)
  foreach(file IN LISTS plugin_files linked_files)
    get_filename_component(name "${file}" NAME)
    string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" name "${name}")
    if(NOT file STREQUAL PLUGIN AND messages MATCHES "(^|[/ \n\"'(])${name}($|[: \n\"',;)])")
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

function(register_plugin)
  file(REMOVE "${DONE}")
  reg(auto-register "${PLUGIN}" ${options})
  if(NOT result EQUAL 0)
    look()
    if(NOT cache_state STREQUAL "well")
      # Without a cache all is read, what is half linked included; what is wrong with that is left out.
      reg(auto-register --keep-going --quiet ${options})
    endif()
    reg(auto-register "${PLUGIN}" ${outdated} ${options})
  endif()
  if(NOT result EQUAL 0)
    names_another(undecided)
    if(NOT undecided)
      message("${messages}")
      return()
    endif()
    message("${messages}"
      "${PLUGIN} is not registered yet: what is wrong concerns another file, too, and is looked at again when all are built")
  endif()
  file(TOUCH "${DONE}")
endfunction()

# Folders in which the build makes files change with each of these, and what it makes there is known.
function(leave_out_folders_of_build)
  file(READ "${folder}/registered.d" rule)
  string(REGEX REPLACE "([ #:])" "\\\\\\1" name "${build_folder}/")
  string(REPLACE "$" "$$" name "${name}")
  string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" name "${name}")
  string(REGEX REPLACE "\n ${name}([^\n]*/)? \\\\" "" rule "${rule}")
  file(WRITE "${folder}/registered.d" "${rule}")
endfunction()

function(register_all)
  file(REMOVE "${folder}/registered")
  reg(auto-register --depfile "${folder}/registered.d" ${options})
  # Make's generator adds what a depfile says to what it said before, so that a file that is gone would be missed in every
  # build; from this file it knows what that was.
  file(REMOVE "${folder}/compiler_depend.internal")
  string(STRIP "${messages}" messages)
  if(NOT result EQUAL 0 OR NOT messages MATCHES "^nothing changed[^\n]*$")
    message("${messages}")
  endif()
  if(result EQUAL 0)
    leave_out_folders_of_build()
    file(TOUCH "${folder}/registered")
  endif()
endfunction()

# What a plugin was before it got another name or place, or stopped to be one, would still be found, and be registered.
function(remove_former)
  set(former "")
  if(EXISTS "${folder}/former.cmake")
    include("${folder}/former.cmake")
  endif()
  foreach(file IN LISTS former)
    if(NOT file IN_LIST plugin_files AND NOT file IN_LIST linked_files AND EXISTS "${file}")
      message("Removing ${file}: no plugin is built there any more")
      file(REMOVE "${file}")
    endif()
  endforeach()
  if(NOT former STREQUAL plugin_files)
    file(WRITE "${folder}/former.cmake" "set(former [=[${plugin_files}]=])\n")
  endif()
endfunction()

# Those that are linked at the same time wait here for each other, for as long as it takes.
file(LOCK "${folder}/lock" GUARD PROCESS TIMEOUT 3600)
remove_former()
if(PLUGIN)
  register_plugin()
else()
  register_all()
endif()
