# For projects that have plugins; `find_package(reg CONFIG)` includes it.
#
#   reg_add_plugin(NAME [STATIC] SOURCE…)
#   reg_auto_register([WORKSPACE FOLDER] [CACHE FILE] [PLUGINS TARGET…] [NEEDED_BY TARGET…] [OPTIONS WORD…] [NAME TARGET])
#   reg_link_whole(TARGET LIBRARY…)

cmake_policy(PUSH)
cmake_policy(VERSION 3.25)

set(REG_REFRESH_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/regRefresh.cmake)

# reg_add_plugin(NAME [STATIC] SOURCE…)
#
# A library of its own for a host to load, built of sources that declare implementations with `reg/plugin.hpp`. It shows
# nothing but its declarations, and these name the sources by their paths from the project's folder, or, of generated
# sources, from the build folder.
#
# STATIC: for a host to link, all of it: `target_link_libraries(host PRIVATE NAME)` brings every declaration. It is an
# object library, because of an archive a linker takes only what something refers to. A static library between the two
# does not pass its objects on: link the host with NAME itself.
function(reg_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "STATIC" "" "")
  if(NOT arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "reg_add_plugin(${name}): sources are missing")
  endif()
  if(arg_STATIC)
    add_library(${name} OBJECT ${arg_UNPARSED_ARGUMENTS})
  else()
    add_library(${name} MODULE ${arg_UNPARSED_ARGUMENTS})
    # What reg_auto_register, which may be called in another folder, has to add to the target; nothing without it.
    add_custom_command(TARGET ${name} POST_BUILD
      COMMAND "$<GENEX_EVAL:$<TARGET_PROPERTY:${name},REG_POST_BUILD>>"
      COMMAND "$<GENEX_EVAL:$<TARGET_PROPERTY:${name},REG_POST_BUILD_CHECK>>" COMMAND_EXPAND_LISTS VERBATIM)
    set_property(GLOBAL APPEND PROPERTY REG_PLUGINS ${name})
  endif()
  target_link_libraries(${name} PRIVATE reg::plugin)
  _reg_relative_sources(${name})
  set_target_properties(${name} PROPERTIES
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
endfunction()

# What is in several of these folders takes the innermost: of options that fit, the last one counts for GCC, the longest
# for clang. Ninja names what is below the build folder by its path from there, so this is done with a relative one, too.
function(_reg_relative_sources name)
  cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${PROJECT_SOURCE_DIR}" NORMALIZE sources_in_build)
  set(folders "${PROJECT_SOURCE_DIR}" "${CMAKE_BINARY_DIR}")
  if(sources_in_build)
    cmake_path(RELATIVE_PATH PROJECT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_BINARY_DIR}" OUTPUT_VARIABLE relative)
    set(folders "${CMAKE_BINARY_DIR}" "${PROJECT_SOURCE_DIR}")
    if(NOT relative STREQUAL ".")
      list(APPEND folders "${relative}")
    endif()
  endif()
  foreach(folder IN LISTS folders)
    # Not -ffile-prefix-map, which would hide the sources from debuggers.
    target_compile_options(${name} PRIVATE
      "$<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang>:-fmacro-prefix-map=${folder}/=>")
  endforeach()
endfunction()

# reg_link_whole(TARGET LIBRARY…)
#
# Links static libraries that there are already so that all their objects are in TARGET, and with them what these declare.
function(reg_link_whole target)
  foreach(library IN LISTS ARGN)
    # Also where another library that TARGET links needs it: the linker would be given it twice, and differently.
    set_property(TARGET ${target} PROPERTY LINK_LIBRARY_OVERRIDE_${library} WHOLE_ARCHIVE)
    target_link_libraries(${target} PRIVATE ${library})
  endforeach()
endfunction()

# reg_auto_register([WORKSPACE FOLDER] [CACHE FILE] [PLUGINS TARGET…] [NEEDED_BY TARGET…] [OPTIONS WORD…] [NAME TARGET])
#
# Keeps the cache of a workspace up to date as part of the build. The build of a plugin ends with registering its file,
# so that a build of it alone is registered, too; the target NAME, which is part of all, comes after all plugins, and
# after all libraries and programs of this folder of the project and below, and reads whatever else changed. What is wrong
# in the sources fails the build. Nothing is done where nothing changed.
#
#   WORKSPACE  the folder with registry.toml, whose `sources` have to name the plugins; default: the project's folder
#   CACHE      default: where the workspace keeps it. One for each build folder, for workspaces with several of these;
#              may have $<CONFIG> in it
#   PLUGINS    libraries or programs with declarations; default: all that reg_add_plugin makes in this folder of the
#              project and below. What reg_add_plugin did not make has to be of this folder
#   NEEDED_BY  targets that are built after NAME, such as tests that are run by the build. Those that are by
#              add_dependencies are known
#   OPTIONS    for `reg auto-register`, such as --define build=release
#   NAME       default: auto_register
#
# What plugins, PLUGINS or those of before, left behind under another name, or in another place, is removed.
function(reg_auto_register)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "WORKSPACE;CACHE;NAME" "PLUGINS;NEEDED_BY;OPTIONS")
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "reg_auto_register: what is ${arg_UNPARSED_ARGUMENTS} ${arg_KEYWORDS_MISSING_VALUES}?")
  endif()
  if(NOT TARGET reg::program)
    message(FATAL_ERROR "reg_auto_register needs the program reg: REG_PROGRAM says where it is")
  endif()
  if(NOT arg_NAME)
    set(arg_NAME auto_register)
  endif()
  if(TARGET ${arg_NAME})
    message(FATAL_ERROR "reg_auto_register: there is a target ${arg_NAME} already; NAME gives another name")
  endif()
  if(NOT arg_WORKSPACE)
    set(arg_WORKSPACE "${PROJECT_SOURCE_DIR}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_WORKSPACE BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  set(place --workspace "${arg_WORKSPACE}")
  if(arg_CACHE)
    cmake_path(ABSOLUTE_PATH arg_CACHE BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
    list(APPEND place --cache "${arg_CACHE}")
  endif()
  # Each configuration has its own files, where a build folder has several.
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${arg_NAME}.dir")
  get_property(several GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(several)
    string(APPEND folder "/$<CONFIG>")
  endif()
  add_custom_target(${arg_NAME} ALL DEPENDS "${folder}/registered")
  set_target_properties(${arg_NAME} PROPERTIES REG_PLACE "${place}" REG_OPTIONS "${arg_OPTIONS}"
    REG_PLUGINS "${arg_PLUGINS}" REG_NEEDED_BY "${arg_NEEDED_BY}" REG_FOLDER "${folder}"
    REG_CALLED_IN "${CMAKE_CURRENT_SOURCE_DIR}")
  # Plugins may be added until this folder of the project has been read, and dependencies until all of it has been.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL _reg_register_all [[${arg_NAME}]])
    cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]] CALL _reg_order_targets [[${arg_NAME}]])")
endfunction()

function(_reg_register_all name)
  get_target_property(plugins ${name} REG_PLUGINS)
  get_target_property(folder ${name} REG_FOLDER)
  if(NOT plugins)
    _reg_plugins_below(plugins)
    set_target_properties(${name} PROPERTIES REG_PLUGINS "${plugins}")
  endif()
  set(settings "${folder}/settings.cmake")
  foreach(plugin IN LISTS plugins)
    _reg_register_after_build(${plugin} "${folder}")
  endforeach()
  add_custom_command(OUTPUT "${folder}/registered" DEPFILE "${folder}/registered.d"
    COMMAND ${CMAKE_COMMAND} -D "SETTINGS=${settings}" -P "${REG_REFRESH_SCRIPT}"
    COMMAND ${CMAKE_COMMAND} -E compare_files "${folder}/registered" "${folder}/registered"
    DEPENDS ${plugins} "${settings}" "${REG_REFRESH_SCRIPT}" "$<TARGET_FILE:reg::program>"
    COMMENT "Registering for ${name}" VERBATIM)
endfunction()

# Libraries and programs may be among the sources, or be matched, and are no good before they are linked.
function(_reg_order_targets name)
  foreach(property IN ITEMS place options plugins needed_by folder called_in)
    string(TOUPPER REG_${property} key)
    get_target_property(${property} ${name} ${key})
    if(NOT ${property})
      set(${property} "")
    endif()
  endforeach()
  if(needed_by)
    foreach(target IN LISTS needed_by)
      add_dependencies(${target} ${name})
    endforeach()
  endif()
  _reg_linked_below("${called_in}" FALSE linked excluded)
  foreach(target IN LISTS linked)
    _reg_depends(${target} ${name} is_later)
    if(NOT is_later)
      add_dependencies(${name} ${target})
    endif()
  endforeach()
  set(others ${linked} ${excluded})
  foreach(list IN ITEMS plugins others)
    list(TRANSFORM ${list} REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE ${list}_files)
  endforeach()
  file(GENERATE OUTPUT "${folder}/settings.cmake" CONTENT "set(program [=[$<TARGET_FILE:reg::program>]=])
set(place [=[${place}]=])
set(options [=[${options}]=])
set(plugin_files [=[${plugins_files}]=])
set(linked_files [=[${others_files}]=])
set(build_folder [=[${CMAKE_BINARY_DIR}]=])
set(folder [=[${folder}]=])
")
endfunction()

# The libraries and programs of a folder of the project and below: those that are part of all, and those that are not.
function(_reg_linked_below folder is_excluded linked_out excluded_out)
  set(linked "")
  set(excluded "")
  get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type MATCHES "^(SHARED_LIBRARY|MODULE_LIBRARY|EXECUTABLE)$")
      get_target_property(target_is_excluded ${target} EXCLUDE_FROM_ALL)
      if(is_excluded OR target_is_excluded)
        list(APPEND excluded ${target})
      else()
        list(APPEND linked ${target})
      endif()
    endif()
  endforeach()
  get_property(subfolders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(subfolder IN LISTS subfolders)
    get_property(folder_is_excluded DIRECTORY "${subfolder}" PROPERTY EXCLUDE_FROM_ALL)
    if(is_excluded OR folder_is_excluded)
      set(folder_is_excluded TRUE)
    else()
      set(folder_is_excluded FALSE)
    endif()
    _reg_linked_below("${subfolder}" ${folder_is_excluded} more_linked more_excluded)
    list(APPEND linked ${more_linked})
    list(APPEND excluded ${more_excluded})
  endforeach()
  set(${linked_out} "${linked}" PARENT_SCOPE)
  set(${excluded_out} "${excluded}" PARENT_SCOPE)
endfunction()

# Whether one target is built after another one, as far as targets tell.
function(_reg_depends target other out)
  set(waiting ${target})
  set(seen ${target})
  while(waiting)
    list(POP_FRONT waiting next)
    foreach(property IN ITEMS MANUALLY_ADDED_DEPENDENCIES LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(needed ${next} ${property})
      foreach(each IN LISTS needed)
        if(NOT TARGET "${each}" OR each IN_LIST seen)
          continue()
        endif()
        list(APPEND seen ${each})
        list(APPEND waiting ${each})
      endforeach()
    endforeach()
  endwhile()
  if(other IN_LIST seen)
    set(${out} TRUE PARENT_SCOPE)
  else()
    set(${out} FALSE PARENT_SCOPE)
  endif()
endfunction()

# Those of reg_add_plugin in this folder and below.
function(_reg_plugins_below out)
  get_property(all GLOBAL PROPERTY REG_PLUGINS)
  set(found "")
  foreach(plugin IN LISTS all)
    get_target_property(binary ${plugin} BINARY_DIR)
    cmake_path(IS_PREFIX CMAKE_CURRENT_BINARY_DIR "${binary}" NORMALIZE below)
    if(below)
      list(APPEND found ${plugin})
    endif()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# The second command fails where there is no such file, as the first one, which has said why then, did not end well: where
# a script fails itself, CMake says much about the script.
function(_reg_register_after_build plugin folder)
  set(command ${CMAKE_COMMAND} -D "SETTINGS=${folder}/settings.cmake" -D "PLUGIN=$<TARGET_FILE:${plugin}>"
    -D "DONE=${folder}/${plugin}.done" -P "${REG_REFRESH_SCRIPT}")
  set(check ${CMAKE_COMMAND} -E compare_files "${folder}/${plugin}.done" "${folder}/${plugin}.done")
  get_property(own GLOBAL PROPERTY REG_PLUGINS)
  if(plugin IN_LIST own)
    get_target_property(before ${plugin} REG_POST_BUILD)
    if(before)
      message(FATAL_ERROR "reg_auto_register: ${plugin} is in another one's PLUGINS, too")
    endif()
    set_target_properties(${plugin} PROPERTIES REG_POST_BUILD "${command}" REG_POST_BUILD_CHECK "${check}")
    add_dependencies(${plugin} reg::program)
    return()
  endif()
  get_target_property(folder ${plugin} BINARY_DIR)
  if(NOT folder STREQUAL CMAKE_CURRENT_BINARY_DIR)
    message(FATAL_ERROR "reg_auto_register: ${plugin} is of another folder, and was not made by reg_add_plugin")
  endif()
  add_custom_command(TARGET ${plugin} POST_BUILD COMMAND ${command} COMMAND ${check} VERBATIM)
endfunction()

cmake_policy(POP)
