#include "core/operations/ticket/late_look.h"

#include <algorithm>
#include <chrono>

#include "core/index/terms.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/likeness.h"
#include "core/operations/ticket/suspicion.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// Rows of the table of counters, which is no part of the index: the first such ticket and the last.
constexpr std::string_view first_row = "look_again_from";
constexpr std::string_view last_row = "look_again_to";

std::optional<std::int64_t> value(store::Connection& connection, std::string_view name) {
  return connection.first<std::int64_t>("SELECT value FROM counter WHERE name = $1", std::string(name));
}

// What was found is of tickets filed before, as at a filing.
void look(Context& context, const TicketRow& row) {
  auto found = find_look_alikes(context, row, index::terms_of(row.title, row.body), most_look_alikes_asked);
  std::erase_if(found, [&](const Likeness& one) {
    return one.strength == duplicate::Strength::none || one.number >= row.number;
  });
  if (found.size() > most_look_alikes) found.resize(most_look_alikes);
  std::vector<DuplicateView> added;
  const auto known = stored_duplicates(context, row.number);
  for (const auto& one : found) {
    if (std::ranges::find(known, one.number, &DuplicateView::number) == known.end())
      added.push_back(duplicate_view(one));
  }
  store_duplicates(context, row.number, added);
  if (is_open(row.status)) suspect(context, row.number, added);
}

}  // namespace

void look_again_later(store::Connection& connection, TicketNumber ticket) {
  connection.run("INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                 std::string(first_row), ticket);
  connection.run("INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
                 std::string(last_row), ticket);
}

bool wants_late_look(store::Connection& connection) {
  return value(connection, first_row) && !index_progress(connection);
}

void late_look_step(store::Connection& connection, const Now& now, Milliseconds budget) {
  Context context(connection, now, Agent{}, true);
  const auto end = std::chrono::steady_clock::now() + budget;
  const auto last = value(connection, last_row).value_or(0);
  auto number = value(connection, first_row).value_or(last + 1);
  do {
    const auto row = next_ticket(connection, {number - 1});
    if (row && row->number.value <= last && !row->merged_into) look(context, *row);
    number = row ? row->number.value + 1 : last + 1;
  } while (number <= last && std::chrono::steady_clock::now() < end);
  if (number <= last)
    connection.run("UPDATE counter SET value = $2 WHERE name = $1", std::string(first_row), number);
  else
    connection.run("DELETE FROM counter WHERE name = $1 OR name = $2", std::string(first_row), std::string(last_row));
}

}  // namespace gilir
