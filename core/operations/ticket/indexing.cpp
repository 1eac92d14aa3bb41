#include "core/operations/ticket/indexing.h"

#include <chrono>
#include <limits>
#include <set>

#include "core/index/index_check.h"
#include "core/operations/ticket/ticket_texts.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::size_t all_texts = std::numeric_limits<std::int32_t>::max();

// Indexes what is not yet of a ticket's texts: all of an older desk's, and what today's gilir has not indexed already.
// False when the time was over before the last one; then at least one was added.
bool index_rest(store::Connection& connection, const TicketRow& row, std::chrono::steady_clock::time_point end) {
  std::set<std::int64_t> known;
  for (const auto& text : index::texts_of_ticket(connection, row.number, all_texts)) known.insert(text.source);
  bool added = false;
  bool whole = true;
  each_text(connection, row, [&](const TicketText& text) {
    if (known.contains(text.source)) return true;
    whole = !added || std::chrono::steady_clock::now() < end;
    if (!whole) return false;
    index::add_text(connection, row.number, text.kind, text.source, index::terms_of(text.title, text.body));
    added = true;
    return true;
  });
  if (index::counts_as_open(connection, row.number) == counts_as_open(connection, row)) return whole;
  const auto last = row.merged_into ? follow_ticket(connection, row.number) : row;
  index::set_open(connection, row.number, is_open(last.status), last.updated);
  return whole;
}

std::int64_t last_ticket(store::Connection& connection) {
  return connection.first<std::int64_t>("SELECT coalesce(max(number), 0) FROM ticket").value_or(0);
}

// Rows of the table of counters, which is no part of the index.
constexpr std::string_view damaged_index = "index_damaged";
constexpr std::string_view unused_pages = "index_pages_unused";

bool is_set(store::Connection& connection, std::string_view name) {
  return connection.first<std::int64_t>("SELECT value FROM counter WHERE name = $1", std::string(name)).has_value();
}

// False when it was.
bool set(store::Connection& connection, std::string_view name) {
  return connection.run("INSERT INTO counter (name, value) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING",
                        std::string(name)) > 0;
}

void clear(store::Connection& connection, std::string_view name) {
  connection.run("DELETE FROM counter WHERE name = $1", std::string(name));
}

// Nothing that is done to a ticket is refused because the index is damaged: then it is done without.
template <class Change>
void change_index(Context& context, Change&& change) {
  if (context.uses_index())
    change();
  else
    context.leave_index();
}

}  // namespace

void index_ticket(Context& context, TicketNumber ticket, const index::TextTerms& terms) {
  context.note_indexing();
  change_index(context, [&] { index::add_text(context.connection(), ticket, index::TextKind::ticket, 0, terms); });
}

void index_again(Context& context, const TicketRow& row) {
  context.note_indexing();
  const auto terms = index::terms_of(row.title, row.body);
  change_index(context, [&] { index::replace_text(context.connection(), row.number, terms); });
}

void index_message(Context& context, TicketNumber ticket, index::TextKind kind, EventNumber number,
                   std::string_view text) {
  context.note_indexing();
  const auto terms = index::terms_of("", text);
  change_index(context, [&] { index::add_text(context.connection(), ticket, kind, number.value, terms); });
}

void index_status(Context& context, const TicketRow& row) {
  auto& connection = context.connection();
  const bool open = counts_as_open(connection, row);
  auto all = merged_tickets(connection, row.number);
  all.push_back(row.number);
  for (const auto ticket : all)
    change_index(context, [&] { index::set_open(connection, ticket, open, context.now().wall); });
}

std::optional<IndexProgress> index_progress(store::Connection& connection) {
  const auto built = index::built(connection);
  const bool damaged = is_set(connection, damaged_index);
  if (!built && !damaged) return std::nullopt;
  const auto tickets = last_ticket(connection);
  return IndexProgress{built ? built->value : tickets, tickets, damaged};
}

bool remember_index_damage(store::Connection& connection) {
  return set(connection, damaged_index);
}

void rebuild_index(Context& context) {
  auto& connection = context.connection();
  context.renew_index();
  if (!context.uses_index()) return throw_index_away(connection);
  // Puts back the row of the state, where that is missing.
  index::clear_step(connection, Milliseconds{0});
  index::set_built(connection, TicketNumber{0});
  clear(connection, damaged_index);
}

void throw_index_away(store::Connection& connection) {
  index::throw_away(connection);
  index::set_built(connection, TicketNumber{0});
  clear(connection, damaged_index);
  set(connection, unused_pages);
}

bool has_unused_pages(store::Connection& connection) {
  return is_set(connection, unused_pages);
}

void give_back_unused_pages(store::Connection& connection) {
  connection.script("VACUUM");
  clear(connection, unused_pages);
}

bool build_index_step(store::Connection& connection, Milliseconds budget) {
  const auto end = std::chrono::steady_clock::now() + budget;
  const auto built = index::built(connection);
  if (!built) return false;
  if (index::is_being_cleared(connection)) {
    index::clear_step(connection, budget);
    return true;
  }
  if (index::drop_former_index_step(connection, budget)) return true;
  const auto last = last_ticket(connection);
  auto number = std::clamp<std::int64_t>(built->value, 0, last);
  while (number < last) {
    const auto row = next_ticket(connection, {number});
    if (row && !index_rest(connection, *row, end)) break;
    number = row ? row->number.value : last;
    if (std::chrono::steady_clock::now() >= end) break;
  }
  index::set_built(connection, number < last ? std::optional(TicketNumber{number}) : std::nullopt);
  return number < last;
}

}  // namespace gilir
