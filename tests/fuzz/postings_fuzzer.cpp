#include "tests/fuzz/postings_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  gilir::index::require_postings_of_any_bytes({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
