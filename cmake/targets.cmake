# The three kinds of target this project has, so that a folder's CMakeLists.txt only lists its files and what it may
# include. The compiler finds the headers of a library for those that link to it and for nobody else: a layer that is
# not named in LINKS cannot be reached.

include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)

# fmt's implementation, which Debian has compiled as a shared library only.
add_library(gilir_format STATIC core/base/format.cpp)
target_include_directories(gilir_format SYSTEM PRIVATE ${FMT_INCLUDE})

add_library(gilir_options INTERFACE)
target_compile_options(gilir_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${GILIR_WERROR}>:-Werror>)
target_compile_definitions(gilir_options INTERFACE BOOST_ALL_NO_LIB)
target_include_directories(gilir_options SYSTEM INTERFACE ${FMT_INCLUDE} ${Boost_INCLUDE_DIRS})
target_link_libraries(gilir_options INTERFACE gilir_format)
if(GILIR_SANITIZE)
  # The check of vptr wants a descriptor to look at memory, and calls an object bad when a test leaves it none.
  target_compile_options(gilir_options INTERFACE -fsanitize=${GILIR_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -fno-sanitize=vptr)
  target_link_options(gilir_options INTERFACE -fsanitize=${GILIR_SANITIZE})
else()
  # As Debian builds its own packages, with CET, which acts where the system's libraries have it too.
  check_cxx_compiler_flag(-fcf-protection=full GILIR_CONTROL_FLOW_PROTECTION)
  target_compile_options(gilir_options INTERFACE -fstack-protector-strong -fstack-clash-protection
    $<$<BOOL:${GILIR_CONTROL_FLOW_PROTECTION}>:-fcf-protection=full>)
  # The C library checks bounds in optimised code only.
  target_compile_options(gilir_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=2>)
  # What the loader has resolved cannot be changed in memory afterwards.
  target_link_options(gilir_options INTERFACE -Wl,-z,relro,-z,now)
  # Each library, each name that is looked up in one and each page that is filled in adds to every start: those of
  # the compiler are linked in, and what nothing uses is left out.
  target_link_options(gilir_options INTERFACE -static-libstdc++ -static-libgcc -Wl,--gc-sections)
  # Ten thousand pointers to relocate at each start, in a hundredth of the room.
  check_linker_flag(CXX -Wl,-z,pack-relative-relocs GILIR_PACKED_RELOCATIONS)
  if(GILIR_PACKED_RELOCATIONS)
    target_link_options(gilir_options INTERFACE -Wl,-z,pack-relative-relocs)
  endif()
endif()

# What nearly every file of a kind includes, parsed once: of parts without a store (base) and with one (common), of what
# acts on a desk (desk), of the commands, and of tests.
set(language_headers <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <utility> <vector> <boost/describe.hpp> <boost/mp11/algorithm.hpp> <fmt/format.h>)
set(base_headers core/base/clock.h core/base/error.h core/base/ids.h core/base/json.h core/base/text.h)
set(common_headers ${base_headers} core/store/connection.h)
set(desk_headers ${common_headers} core/base/json_reader.h core/event/event_table.h core/lock/types.h core/operations/operation.h
  core/ticket/ticket.h)
set(command_headers ${desk_headers} cli/arguments.h cli/desk_session.h cli/output/output.h cli/output/table.h cli/time_words.h)
set(test_headers <gtest/gtest.h>)
file(WRITE ${CMAKE_BINARY_DIR}/empty.cpp "")
foreach(kind IN ITEMS base common desk command test)
  add_library(gilir_${kind}_headers OBJECT ${CMAKE_BINARY_DIR}/empty.cpp)
  target_link_libraries(gilir_${kind}_headers PRIVATE gilir_options)
  target_include_directories(gilir_${kind}_headers PRIVATE ${CMAKE_SOURCE_DIR})
  list(TRANSFORM ${kind}_headers PREPEND ${CMAKE_SOURCE_DIR}/ REGEX "^[^<]")
  target_precompile_headers(gilir_${kind}_headers PRIVATE ${language_headers} ${${kind}_headers})
  if(GILIR_CCACHE)
    # ccache knows one by what the preprocessor says: with comments, since the compiler knows its files by their whole
    # texts (#pragma once), and of the headers themselves, not of what was precompiled before.
    get_target_property(options gilir_${kind}_headers COMPILE_OPTIONS)
    if(NOT options)
      set(options "")  # Clang's
    endif()
    list(REMOVE_ITEM options -fpch-preprocess)
    set_target_properties(gilir_${kind}_headers PROPERTIES
      COMPILE_OPTIONS "${options}" CXX_COMPILER_LAUNCHER "env;CCACHE_COMMENTS=1;${CMAKE_CXX_COMPILER_LAUNCHER}")
  endif()
endforeach()

# The headers of this folder, by their names in the project, for the library and for what links to it.
function(gilir_show_headers name)
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(shown ${CMAKE_BINARY_DIR}/headers/${name})
  cmake_path(GET folder PARENT_PATH above)
  file(MAKE_DIRECTORY ${shown}/${above})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${shown}/${folder} SYMBOLIC)
  target_include_directories(${name} PUBLIC ${shown})
endfunction()

# gilir_library(NAME [HEADERS base|desk|command] SOURCES … LINKS …): HEADERS names what its sources need not parse again.
function(gilir_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADERS" "SOURCES;LINKS")
  if(NOT arg_HEADERS)
    set(arg_HEADERS common)
  endif()
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC gilir_options ${arg_LINKS})
  target_precompile_headers(${name} REUSE_FROM gilir_${arg_HEADERS}_headers)
  gilir_show_headers(${name})
endfunction()

# gilir_program(NAME SOURCES … LINKS …)
function(gilir_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE gilir_options ${arg_LINKS})
  target_precompile_headers(${name} REUSE_FROM gilir_common_headers)
  gilir_show_headers(${name})
endfunction()

# gilir_install_program(NAME DESTINATION [DIRECTORY…]): the directories are where the program of the build tree finds its
# libraries, beside those where all look; an installed one looks only where the system does. CMake itself would write
# these down with an empty entry behind them, which is the working directory of whoever runs it.
function(gilir_install_program name destination)
  install(TARGETS ${name} RUNTIME DESTINATION ${destination})
  set_target_properties(${name} PROPERTIES SKIP_BUILD_RPATH ON)
  set(directories ${CMAKE_BUILD_RPATH} ${ARGN})
  list(REMOVE_DUPLICATES directories)
  if(directories)
    list(JOIN directories ":" path)
    target_link_options(${name} PRIVATE -Wl,-rpath,${path})
    install(CODE "file(RPATH_CHANGE FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${destination}/${name}\"
      OLD_RPATH \"${path}\" NEW_RPATH \"\")")
  endif()
endfunction()

# gilir_test(NAME SOURCES … LINKS … [TIMEOUT seconds] [LABELS …] [ALONE]): a GoogleTest program whose cases ctest
# counts. ALONE: they hold real time to a bound, so nothing else runs beside them.
function(gilir_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALONE" "TIMEOUT" "SOURCES;LINKS;LABELS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE gilir_options ${arg_LINKS} GTest::gtest_main)
  target_precompile_headers(${name} REUSE_FROM gilir_test_headers)
  # GCC 12 sees overlapping or overlong copies in `"text" + string` where there are none (GCC bug 105651).
  target_compile_options(${name} PRIVATE "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow>")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    RUN_SERIAL ${arg_ALONE})
endfunction()
