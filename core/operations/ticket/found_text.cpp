#include "core/operations/ticket/found_text.h"

#include "core/base/json_reader.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

struct WrittenFacts {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(WrittenFacts, (), (text))

std::string said(const std::string& facts) {
  try {
    return from_json<WrittenFacts>(facts).text;
  } catch (const Error&) {
    // One damaged row is doctor's to tell of, and no reason to find nothing.
    return {};
  }
}

}  // namespace

FoundText found_text(store::Connection& connection, const index::IndexedText& text) {
  if (text.kind == index::TextKind::ticket) {
    auto row = find_ticket(connection, text.ticket);
    return row ? FoundText{std::move(row->title), std::move(row->body)} : FoundText{};
  }
  const auto facts = connection.first<std::string>("SELECT facts FROM event WHERE number = $1", text.source);
  return {{}, facts ? said(*facts) : std::string{}};
}

}  // namespace gilir
