// What an indexed text says, from the desk's own rows.
#pragma once

#include <string>

#include "core/index/text_index.h"
#include "core/store/connection.h"

namespace gilir {

struct FoundText {
  std::string title;  // of the ticket's own text
  std::string body;
};
// Empty where its ticket or event is missing or cannot be read.
FoundText found_text(store::Connection& connection, const index::IndexedText& text);

}  // namespace gilir
