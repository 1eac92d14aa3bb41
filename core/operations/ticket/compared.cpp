#include "core/operations/ticket/compared.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/base/name_key.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// How many more were merged into a ticket changes nothing.
constexpr int most_parts_counted = 1'000;

// What stands beside a ticket's terms, in one statement: many are read for each new ticket.
struct ComparedRow {
  std::string title;
  TicketStatus status{};
  std::string category;
  std::optional<std::string> server;
  WallTime created{};
  WallTime updated{};
  std::optional<TicketNumber> merged_into;
  std::string reporter;
  std::string office;
  std::size_t parts = 0;
};
BOOST_DESCRIBE_STRUCT(ComparedRow, (),
                      (title, status, category, server, created, updated, merged_into, reporter, office, parts))

// What somebody writes who does not know the name, such as "-", is nobody's.
std::string name_if_any(std::string key) {
  const auto tells = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  };
  return std::ranges::any_of(key, tells) ? std::move(key) : std::string{};
}

Compared compared_of(const StoredTerms& stored, ComparedRow row, ChainEnds& ends) {
  Compared result{.number = stored.ticket,
                  .text = stored.text,
                  .terms = {},
                  .packed = stored.terms,
                  .title = std::move(row.title),
                  .reporter = name_if_any(std::move(row.reporter)),
                  .office = std::move(row.office),
                  .server = row.server ? name_key(*row.server) : std::string{},
                  .category = name_key(row.category),
                  .filed = row.created,
                  .finished = {},
                  .merged_before = row.parts,
                  .end = stored.ticket};
  bool open = is_open(row.status);
  auto updated = row.updated;
  if (row.merged_into) {
    const auto& end = ends.of(*row.merged_into);
    result.end = end.number;
    result.merged_before = end.parts;
    open = end.open;
    updated = end.updated;
  }
  if (!open) result.finished = updated;
  return result;
}

}  // namespace

void Compared::unpack() {
  if (packed.value.empty()) return;
  terms = index::unpack_terms(packed.value);
  packed.value.clear();
}

duplicate::Side Compared::side() const {
  return {.terms = terms,
          .title = title,
          .reporter = reporter,
          .office = office,
          .server = server,
          .category = category,
          .filed = filed,
          .finished = finished,
          .merged_before = merged_before};
}

Compared compared(Context& context, const TicketRow& row, index::TextTerms terms) {
  const auto reporter = get_reporter(context.connection(), row.reporter);
  return {.number = row.number,
          .text = {},
          .terms = std::move(terms),
          .packed = {},
          .title = row.title,
          .reporter = name_if_any(name_key(reporter.name)),
          .office = name_key(reporter.office),
          .server = row.server ? name_key(row.server->value) : std::string{},
          .category = name_key(row.category),
          .filed = row.created,
          .finished = {},
          .merged_before = 0,
          .end = row.merged_into ? follow_ticket(context.connection(), row.number).number : row.number};
}

std::optional<StoredTerms> stored_terms(Context& context, index::TextNumber text) {
  static const auto sql =
      fmt::format("SELECT number, ticket, {} FROM indexed_text WHERE number = $1 AND kind = 0 AND ticket <> 0",
                  index::terms_column());
  return context.connection().first<StoredTerms>(sql, text);
}

const ChainEnd& ChainEnds::of(TicketNumber target) {
  const auto chain = merge_chain(connection_, target, [&](TicketNumber number) { return places_.contains(number); });
  const auto last = chain.back();
  if (!places_.contains(last)) {
    const auto end = get_ticket(connection_, last);
    const auto parts = connection_.first<std::size_t>(
        fmt::format("SELECT count(*) FROM (SELECT 1 FROM ticket WHERE merged_into = $1 LIMIT {})", most_parts_counted),
        end.number);
    ends_.push_back({end.number, is_open(end.status), end.updated, parts.value_or(0)});
    places_.emplace(last, ends_.size() - 1);
  }
  const auto place = places_.at(last);
  for (const auto number : chain) places_.emplace(number, place);
  return ends_[place];
}

std::optional<Compared> compared(Context& context, const StoredTerms& terms, ChainEnds& ends) {
  static const auto sql = fmt::format(
      "SELECT title, status, category, server, created, updated, merged_into, name_key, office_key, (SELECT count(*) "
      "FROM (SELECT 1 FROM ticket AS part WHERE part.merged_into = ticket.number LIMIT {})) "
      "FROM ticket JOIN reporter ON reporter.id = ticket.reporter WHERE number = $1",
      most_parts_counted);
  auto row = context.connection().first<ComparedRow>(sql, terms.ticket);
  if (!row) return std::nullopt;
  return compared_of(terms, std::move(*row), ends);
}

}  // namespace gilir
