# What is installed: program, both libraries, header, pkg-config file, data, manual pages,
# completions; and the Debian package made of them.
add_library(calque_shared SHARED $<TARGET_OBJECTS:calque_objects>)
target_link_libraries(calque_shared PRIVATE PkgConfig::DEPS Threads::Threads m)
set_target_properties(calque_shared PROPERTIES OUTPUT_NAME calque
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
if(CALQUE_SANITIZE)
  target_link_options(calque_shared PRIVATE -fsanitize=${CALQUE_SANITIZE})
endif()

# One object whose internal symbols are local: the archive exports calque.h and no more.
set(STATIC_LIB ${PROJECT_BINARY_DIR}/libcalque.a)
add_custom_command(OUTPUT ${STATIC_LIB}
  COMMAND ${CMAKE_COMMAND} -E rm -f ${STATIC_LIB}
  COMMAND ${CMAKE_LINKER} -r -o calque_static.o $<TARGET_OBJECTS:calque_objects>
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden calque_static.o
  COMMAND ${CMAKE_AR} rcs ${STATIC_LIB} calque_static.o
  DEPENDS calque_objects $<TARGET_OBJECTS:calque_objects>
  COMMAND_EXPAND_LISTS VERBATIM)
add_custom_target(calque_static ALL DEPENDS ${STATIC_LIB})

# The manual and the completions say what the program says. Sanitizers may object to
# running within a build; nothing is installed from such a build.
set(GENERATED ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED})
set(GENERATED_FILES)
foreach(what man bash zsh fish)
  add_custom_command(OUTPUT ${GENERATED}/${what}
    COMMAND calque help ${what} > ${GENERATED}/${what}
    DEPENDS calque VERBATIM)
  list(APPEND GENERATED_FILES ${GENERATED}/${what})
endforeach()
add_custom_command(OUTPUT ${GENERATED}/calque.3
  COMMAND sh ${PROJECT_SOURCE_DIR}/src/manual.sh ${PROJECT_SOURCE_DIR}/src/calque.h
          > ${GENERATED}/calque.3
  DEPENDS ${PROJECT_SOURCE_DIR}/src/manual.sh ${PROJECT_SOURCE_DIR}/src/calque.h VERBATIM)
add_custom_target(calque_generated ALL DEPENDS ${GENERATED_FILES} ${GENERATED}/calque.3)

# Relative to the file itself, so that it holds wherever the tree is put.
file(RELATIVE_PATH PC_PREFIX /x/${CMAKE_INSTALL_LIBDIR}/pkgconfig /x)
list(JOIN CALQUE_REQUIRES " " PC_REQUIRES)
configure_file(src/calque.pc.in ${PROJECT_BINARY_DIR}/calque.pc @ONLY)

install(TARGETS calque RUNTIME)
install(TARGETS calque_shared LIBRARY)
install(FILES ${STATIC_LIB} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES src/calque.h TYPE INCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/calque.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY rules dictionaries DESTINATION ${CMAKE_INSTALL_DATADIR}/calque
  PATTERN "*.py" EXCLUDE PATTERN "*.sh" EXCLUDE PATTERN "*.c" EXCLUDE
  PATTERN "*.h" EXCLUDE)
install(FILES ${GENERATED}/man DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME calque.1)
install(FILES ${GENERATED}/calque.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)
install(FILES ${GENERATED}/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME calque)
install(FILES ${GENERATED}/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
  RENAME _calque)
install(FILES ${GENERATED}/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
  RENAME calque.fish)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "the calque developers")
set(CPACK_PACKAGE_CONTACT "calque developers <calque@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "check machine-translated French articles")
set(CPACK_PACKAGE_DESCRIPTION "calque reads an article that a machine translated from English to French, says
what is wrong with it and what to write instead, and gives one report per article.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/src/debian/postinst
  ${PROJECT_SOURCE_DIR}/src/debian/prerm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Data it reads and a library it loads at run time, which no library dependency tells.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "hunspell-fr-comprehensive, hunspell-en-us, wordnet-base, libhunspell-1.7-0")
# What is read where it is there: without it, less is found beside a source.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "dict-freedict-eng-fra, dict-freedict-fra-eng")
include(CPack)
