# cmake -D INSTALLED=… -D SCRATCH=… -D VERSION=… -D GENERATOR=… -D COMPILER=… -D LAUNCHER=… -D BUILD_TYPE=…
#   -D WARNINGS_AS_ERRORS=… -D LIBDIR=… -D PKG_CONFIG=… -P run.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect what text)
  if(NOT output STREQUAL text)
    message(FATAL_ERROR "${what} printed\n${output}and not\n${text}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/workspace DESTINATION ${SCRATCH})
file(READ ${CMAKE_CURRENT_LIST_DIR}/printed.txt printed)

run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -B ${SCRATCH}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -D CMAKE_BUILD_TYPE=${BUILD_TYPE}
  -D CMAKE_PREFIX_PATH=${INSTALLED} -D WARNINGS_AS_ERRORS=${WARNINGS_AS_ERRORS})
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/consumer ${SCRATCH}/workspace)
expect("the consumer that CMake built" "${printed}")
run(${SCRATCH}/build/consumer_of_shared ${SCRATCH}/workspace)
expect("the consumer in a shared library" "${printed}")

# What a plugin is built with is found where none of what a host needs is.
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/plugin_alone -B ${SCRATCH}/plugin_alone -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${INSTALLED}
  -D CMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -D CMAKE_DISABLE_FIND_PACKAGE_Threads=ON)

set(ENV{PKG_CONFIG_PATH} ${INSTALLED}/${LIBDIR}/pkgconfig)
run(${PKG_CONFIG} --modversion reg)
expect("pkg-config --modversion" "${VERSION}\n")
run(${PKG_CONFIG} --cflags --libs reg)
separate_arguments(flags UNIX_COMMAND "${output}")
run(${COMPILER} -std=c++20 ${CMAKE_CURRENT_LIST_DIR}/consumer/consumer.cpp -o ${SCRATCH}/consumer ${flags})
run(${SCRATCH}/consumer ${SCRATCH}/workspace)
expect("the consumer that pkg-config's flags built" "${printed}")
