// Read by the leak sanitizer (its interface, sanitizer/lsan_interface.h). ssh_userauth_agent() forgets the buffers of
// keys that the server refused, in a thread beside the test's. gilir makes no such buffer itself.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:^ssh_buffer_new$\n";
}
#endif
