// Texts that people meet although no source of gilir holds them; never compiled, only read by xgettext, so that
// known_words() (cli/output/known_words.h) finds them in the catalogue.

// The C library, for what happens to files, connections and programs.
N_("Address already in use")
N_("Broken pipe")
N_("Cannot allocate memory")
N_("Connection refused")
N_("Connection reset by peer")
N_("Connection timed out")
N_("Device or resource busy")
N_("Disk quota exceeded")
N_("Exec format error")
N_("File exists")
N_("File name too long")
N_("File too large")
N_("Input/output error")
N_("Invalid argument")
N_("Is a directory")
N_("Network is unreachable")
N_("No child processes")
N_("No route to host")
N_("No space left on device")
N_("No such device or address")
N_("No such file or directory")
N_("Not a directory")
N_("Operation not permitted")
N_("Permission denied")
N_("Read-only file system")
N_("Resource temporarily unavailable")
N_("Text file busy")
N_("Too many levels of symbolic links")
N_("Too many open files")

// Its resolver.
N_("Name or service not known")
N_("No address associated with hostname")
N_("Temporary failure in name resolution")

// SQLite.
N_("attempt to write a readonly database")
N_("database disk image is malformed")
N_("database is locked")
N_("database or disk is full")
N_("disk I/O error")
N_("file is not a database")
N_("unable to open database file")

// How the log names why a session ended, and why a lease did.
N_("authentication_failed")
N_("cannot_run")
N_("connect_failed")
N_("connection_lost")
N_("expired")
N_("failed")
N_("host_key_changed")
N_("host_key_unknown")
N_("lost")
N_("own_session")
N_("released")

// Statuses and verbs of tickets as the protocol has them, with blanks; in an error's sentence.
N_("waiting reporter")
N_("waiting unit")
N_("wait for reporter")
N_("wait for unit")

// Reasons of the log for a likeness (core/duplicate/verdict.cpp); the others stand in cli/output/duplicate_words.cpp.
N_("{} days")

// What is before the colon in what is wrong with the index (core/operations/desk/index_look.cpp).
N_("event {}")
N_("text {}")
N_("ticket {}")
