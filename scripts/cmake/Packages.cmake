# cpack -G DEB: the packages reg (the program), libreg-dev (the library), and reg-fleet (what speaks to etcd). Made of a
# build with REG_STATIC, reg depends on nothing at all; reg-fleet alone depends on libcurl, and on reg.
set(packages program:reg development:libreg-dev)
if(REG_BUILD_FLEET)
  list(APPEND packages fleet:reg-fleet)
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME reg)
set(REG_PACKAGE_CONTACT "The developers of reg <reg@reg.invalid>" CACHE STRING "Maintainer of the Debian packages")
set(CPACK_PACKAGE_CONTACT "${REG_PACKAGE_CONTACT}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# What is of Debian alone comes last.
set(CPACK_COMPONENTS_ALL "")
foreach(package IN LISTS packages)
  string(REGEX REPLACE ":.*" "" component ${package})
  list(APPEND CPACK_COMPONENTS_ALL ${component} debian_${component})
endforeach()
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME reg)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "registries of interchangeable implementations
Reads the declarations of implementations (models, codecs, kernels, views)
in manifests, code, and shared objects, keeps them in one cache, and answers
from it: lists, tables, and the best implementation for a context, with the
reasons. It never runs, imports or loads what it is asked about.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libreg-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What a program that is linked with libreg.a is compiled and linked with, too. The program is what builds register
# their plugins with.
set(dependencies nlohmann-json3-dev libexpat1-dev libelf-dev zlib1g-dev)
if(REG_PYTHON)
  list(APPEND dependencies libtree-sitter-dev)
endif()
list(JOIN dependencies ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "reg (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "registries of interchangeable implementations, for C++
Headers and a static library for hosts, which list and select implementations
and load the library of the one that is selected, and headers alone for
plugins, which declare implementations where they are written. With what CMake
and pkg-config need to find them.")

set(CPACK_DEBIAN_FLEET_PACKAGE_NAME reg-fleet)
set(CPACK_DEBIAN_FLEET_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_FLEET_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FLEET_PACKAGE_DEPENDS "reg (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_FLEET_DESCRIPTION "registries of interchangeable implementations, shared by a fleet
What the commands publish, follow and fleet of reg run: puts what a workspace
registers into etcd, and brings what other machines publish into its registry,
as files that are read like its own.")

# What every package of Debian has. A changelog without a date of its own would not be the same for the same sources.
set(debian_folder ${PROJECT_BINARY_DIR}/debian)
string(CONFIGURE [[reg (@PROJECT_VERSION@) unstable; urgency=medium

  * Made from the sources by cpack.

 -- @CPACK_PACKAGE_CONTACT@  Thu, 01 Jan 1970 00:00:00 +0000
]] changelog @ONLY)
file(CONFIGURE OUTPUT ${debian_folder}/changelog CONTENT "${changelog}")
execute_process(COMMAND gzip -9nc ${debian_folder}/changelog OUTPUT_FILE ${debian_folder}/changelog.gz)
foreach(package IN LISTS packages)
  string(REPLACE ":" ";" package ${package})
  list(POP_FRONT package component name)
  install(FILES ${debian_folder}/changelog.gz ${PROJECT_SOURCE_DIR}/scripts/cmake/copyright
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT debian_${component} EXCLUDE_FROM_ALL)
endforeach()

# After the pages themselves.
install(CODE [[
  file(GLOB pages "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/share/man/man1/*.1")
  execute_process(COMMAND gzip -9nf ${pages} COMMAND_ERROR_IS_FATAL ANY)
]] COMPONENT debian_program EXCLUDE_FROM_ALL)

include(CPack)
foreach(package IN LISTS packages)
  string(REGEX REPLACE ":.*" "" component ${package})
  cpack_add_component_group(${component})
  foreach(part IN ITEMS ${component} debian_${component})
    cpack_add_component(${part} GROUP ${component})
  endforeach()
endforeach()
