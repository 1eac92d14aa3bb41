# Run by CPack on the tree that it packs: what Debian wants compressed (policy 12.1, 12.7).
file(GLOB pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/man1/*.1)
execute_process(COMMAND gzip -9n ${pages} ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/gilir/changelog
  COMMAND_ERROR_IS_FATAL ANY)
