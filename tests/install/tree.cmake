# cmake -D BUILD=… -D MOVED=… -P tree.cmake
set(first ${MOVED}.first)
file(REMOVE_RECURSE ${first} ${MOVED})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${first} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${first} ${MOVED})
