# Toolchain file of the web build: finds Emscripten where tools/toolchain left it, else by EMSDK or
# emcc on PATH, and hands over to Emscripten's own toolchain file.
set(gradpad_emscripten_candidates ${CMAKE_CURRENT_LIST_DIR}/../.toolchain/emscripten
    $ENV{EMSDK}/upstream/emscripten)
find_program(gradpad_emcc emcc NO_CMAKE_FIND_ROOT_PATH)
if(gradpad_emcc)
  file(REAL_PATH ${gradpad_emcc} gradpad_emcc_file)
  cmake_path(GET gradpad_emcc_file PARENT_PATH gradpad_emcc_folder)
  list(APPEND gradpad_emscripten_candidates ${gradpad_emcc_folder}
       ${gradpad_emcc_folder}/../share/emscripten ${gradpad_emcc_folder}/../libexec)
endif()
foreach(gradpad_folder IN LISTS gradpad_emscripten_candidates)
  if(EXISTS ${gradpad_folder}/cmake/Modules/Platform/Emscripten.cmake)
    file(REAL_PATH ${gradpad_folder} gradpad_folder)
    include(${gradpad_folder}/cmake/Modules/Platform/Emscripten.cmake)
    return()
  endif()
endforeach()
message(FATAL_ERROR "Emscripten is not found.\nRun tools/toolchain once and configure again: on Debian 12 "
                    "it installs what the build needs, elsewhere it says what to install. Or set "
                    "EMSDK, or put emcc on PATH.")
