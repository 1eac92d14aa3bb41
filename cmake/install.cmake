# What `cmake --install` puts where. gilir finds its other half and its catalogues relative to itself:
# bin/gilir, libexec/gilir/gilir-full, share/locale. Installed programs search no directory of the build
# (CMAKE_BUILD_RPATH is left out of what is installed).
include(GNUInstallDirs)

gilir_install_program(gilir bin)
gilir_install_program(gilir-full libexec/gilir)
install(FILES completions/gilir.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME gilir)
install(FILES completions/_gilir DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES completions/gilir.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES README.md packaging/changelog packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For each user, whose desk it is; nobody's timer is switched on by installing.
install(FILES packaging/gilir-tick.service packaging/gilir-tick.timer DESTINATION lib/systemd/user)

# A Debian package, by `./dev package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gilir)
set(CPACK_PACKAGE_VENDOR gilir)
set(CPACK_PACKAGE_CONTACT "The gilir maintainers <gilir@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "take turns on help-desk tickets and on server logins")
set(CPACK_PACKAGE_DESCRIPTION
"A ticket desk for people who log in to remote servers: tickets go round the
agents in turn, a problem that is filed again goes to whoever has its twin,
and a server is locked for one agent before anyone connects.
.
The desk is one SQLite file. Hooks and plugins hear of what happens on it,
such as the webhook that is included, for which libcurl4 is recommended.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
  WORLD_EXECUTE)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# Beside the libraries, which packaging/prepare.cmake adds: the first version of Debian 12 without known holes.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libssh-4 (>= 0.10.6-0+deb12u3)")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, man-db, freerdp2-x11")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_SOURCE_DIR}/build/package)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/prepare.cmake)
include(CPack)
