# Run by CPack on the tree that it packs, before it describes the package; what is set here is CPack's.
set(tree ${CPACK_TEMPORARY_INSTALL_DIRECTORY})

# What Debian wants compressed (policy 12.1, 12.7).
file(GLOB pages ${tree}/usr/share/man/man1/*.1 ${tree}/usr/share/man/*/man1/*.1)
execute_process(COMMAND gzip -9n ${pages} ${tree}/usr/share/doc/gilir/changelog COMMAND_ERROR_IS_FATAL ANY)

# The libraries that the programs load. gilir does not work without its own; without those of the hooks only these do
# not, so apt installs them unless told to leave out what is recommended. Not CPACK_DEBIAN_PACKAGE_SHLIBDEPS: it makes
# every library of every file a condition. dpkg-shlibdeps wants to stand in a source package.
file(GLOB hooks ${tree}/usr/libexec/gilir/plugins/webhook)
list(TRANSFORM hooks PREPEND -e)
file(WRITE ${CPACK_TOPLEVEL_DIRECTORY}/shlibs/debian/control "Source: gilir\n\nPackage: gilir\nArchitecture: any\n")
execute_process(
  COMMAND dpkg-shlibdeps -O -dDepends -e${tree}/usr/bin/gilir -e${tree}/usr/libexec/gilir/gilir-full -dRecommends ${hooks}
  WORKING_DIRECTORY ${CPACK_TOPLEVEL_DIRECTORY}/shlibs
  OUTPUT_VARIABLE found
  COMMAND_ERROR_IS_FATAL ANY)
foreach(strength IN ITEMS Depends Recommends)
  if(found MATCHES "shlibs:${strength}=([^\n]+)")
    string(TOUPPER CPACK_DEBIAN_PACKAGE_${strength} field)
    string(REPLACE ", " ";" packages ${CMAKE_MATCH_1})
    # cmake/install.cmake names a newer libssh than programs that were linked with it would ask for.
    list(FILTER packages EXCLUDE REGEX "^libssh-4 ")
    list(JOIN packages ", " packages)
    string(JOIN ", " ${field} ${${field}} ${packages})
  endif()
endforeach()
