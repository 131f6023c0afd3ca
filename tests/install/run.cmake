# cmake -D BUILD=… -D SCRATCH=… -D GENERATOR=… -D COMPILER=… -D BUILD_TYPE=… -P run.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -B ${SCRATCH}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=${BUILD_TYPE} -D CMAKE_PREFIX_PATH=${SCRATCH}/prefix)
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/workspace DESTINATION ${SCRATCH})
run(${SCRATCH}/build/consumer ${SCRATCH}/workspace)

set(expected "codecs.png.PngCodec\ncodecs.base.AnyCodec\n")
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "the consumer printed\n${output}and not\n${expected}")
endif()
