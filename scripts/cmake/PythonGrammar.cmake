# What reads Python: tree-sitter and its grammar, whose generated sources scripts/setup fetches. Without either, reg
# is built all the same; a `[[scan]]` of Python is then an error that says so.
set(REG_PYTHON_GRAMMAR ${PROJECT_SOURCE_DIR}/build/packages/tree-sitter-python
  CACHE PATH "The unpacked npm package tree-sitter-python")
find_path(TREE_SITTER_INCLUDE_DIR tree_sitter/api.h)
find_library(TREE_SITTER_LIBRARY tree-sitter)

set(REG_PYTHON OFF)
if(TREE_SITTER_INCLUDE_DIR AND TREE_SITTER_LIBRARY AND EXISTS ${REG_PYTHON_GRAMMAR}/src/parser.c)
  set(REG_PYTHON ON)
  add_library(reg_python_grammar OBJECT ${REG_PYTHON_GRAMMAR}/src/parser.c ${REG_PYTHON_GRAMMAR}/src/scanner.c)
  target_include_directories(reg_python_grammar PRIVATE ${REG_PYTHON_GRAMMAR}/src)
  set_target_properties(reg_python_grammar PROPERTIES C_STANDARD 11 C_VISIBILITY_PRESET hidden
    POSITION_INDEPENDENT_CODE ON)
else()
  message(STATUS "Built without Python: scripts/setup fetches what reads it")
endif()
