#include "tests/ticket/desk_judge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/json_reader.h"
#include "core/event/event_facts.h"
#include "core/index/index_check.h"
#include "core/operations/desk/show.h"
#include "core/operations/desk/tick.h"
#include "core/operations/log/compare.h"
#include "core/operations/log/verify.h"
#include "core/operations/people/agent.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/next.h"
#include "core/operations/ticket/search.h"
#include "core/operations/ticket/show.h"
#include "core/ticket/pressing.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

const AgentName reader{"admin"};

template <Operation Op>
typename Op::Result read(LocalDesk& desk, const Op& operation, const AgentName& caller = reader) {
  return desk.perform(Call{.caller = caller}, operation).result;
}

bool is_agent(const DeskJudge::Look& seen, const std::optional<AgentName>& name) {
  return name && std::ranges::find(seen.agents, *name, &Agent::name) != seen.agents.end();
}

// All pages, three tickets each.
std::vector<TicketLine> list_all(LocalDesk& desk, ListTickets operation) {
  operation.limit = 3;
  operation.count = true;
  std::vector<TicketLine> lines;
  while (true) {
    auto page = read(desk, operation);
    for (auto& line : page.tickets) lines.push_back(std::move(line));
    if (page.next) {
      operation.after = page.next;
      continue;
    }
    operation.after.reset();
    EXPECT_EQ(read(desk, operation).total, static_cast<std::int64_t>(lines.size()));
    return lines;
  }
}

std::vector<TicketNumber> sorted_numbers(const std::vector<TicketLine>& lines) {
  std::vector<TicketNumber> numbers;
  for (const auto& line : lines) numbers.push_back(line.number);
  std::ranges::sort(numbers);
  return numbers;
}

// Without what storing the settled state changes.
template <class View>
std::string plain(View view) {
  view.version = 0;
  view.updated = {};
  return to_json(view);
}

std::vector<std::string> words_of(const index::TextTerms& terms) {
  std::vector<std::string> words;
  for (const auto& term : terms.terms) words.push_back(term.text);
  return words;
}

// What was said in a reply, an answer or a note.
std::string message_text(store::Connection& rows, std::int64_t event) {
  const auto facts = rows.first<RawJson>("SELECT facts FROM event WHERE number = $1", event);
  return facts ? from_json<EventFacts>(facts->text).text.value_or("") : "";
}

// A claim is extended in silence while its agent holds a server for it.
std::string unclaimed(TicketRow row) {
  row.claimed_until.reset();
  return to_json(row);
}

}  // namespace

DeskJudge::DeskJudge(LocalDesk& desk, const std::string& database) : desk_(desk), rows_({database, false, nullptr}) {}

DeskJudge::Look DeskJudge::look() {
  Look seen;
  rows_.each<TicketRow>("SELECT " + store::columns<TicketRow>() + " FROM ticket",
                        [&](const TicketRow& ticket) { seen.tickets[ticket.number] = ticket; });
  seen.agents = rows_.all<Agent>("SELECT " + store::columns<Agent>() + " FROM agent ORDER BY name");
  seen.last_event = read_head(rows_).number;
  for (const auto& table : rows_.all<std::string>("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")) {
    const auto columns = rows_.first<std::string>(
        "SELECT group_concat('quote(\"' || name || '\")', '||') FROM pragma_table_info($1)", table);
    seen.tables[table] = rows_
                             .first<std::string>(fmt::format("SELECT coalesce(group_concat(line, char(10)), '') FROM "
                                                             "(SELECT {} AS line FROM {} ORDER BY 1)",
                                                             *columns, table))
                             .value_or("");
  }
  return seen;
}

TicketRow DeskJudge::row(TicketNumber number) {
  return get_ticket(rows_, number);
}

void DeskJudge::expect_same(const Look& before, const Look& after) {
  for (const auto& [table, rows] : before.tables) EXPECT_EQ(rows, after.tables.at(table)) << table;
}

void DeskJudge::expect_told(const Look& before, const Look& after, const OperationSpec& change) {
  for (const auto& [number, was] : before.tickets) {
    SCOPED_TRACE(fmt::format("#{}", number.value));
    ASSERT_TRUE(after.tickets.contains(number));
    const auto& is = after.tickets.at(number);
    if (was.version == is.version) {
      EXPECT_EQ(unclaimed(was), unclaimed(is));
      continue;
    }
    EXPECT_GT(is.version, was.version);
    const auto events = rows_.first<std::int64_t>(
        "SELECT count(*) FROM event_subject WHERE kind = 'ticket' AND name = $1 AND event > $2",
        std::to_string(number.value), before.last_event);
    EXPECT_GT(events, 0) << "nothing tells of " << to_json(was) << " becoming " << to_json(is);
    if (was.owner != is.owner && was.owner && change.name != "ticket.unmerge") {
      EXPECT_FALSE(is_agent(after, was.owner)) << "another owner";
    }
    if (change.name != "ticket.unmerge") {
      EXPECT_GE(is.updated, was.updated);
    }
  }
}

void DeskJudge::expect_restored(const Look& before, const Look& after, TicketNumber target) {
  ASSERT_EQ(before.tickets.size(), after.tickets.size());
  for (auto [number, was] : before.tickets) {
    auto is = after.tickets.at(number);
    if (number == target) was.updated = is.updated;
    was.version = is.version;
    EXPECT_EQ(to_json(was), to_json(is));
  }
  for (const auto* table : {"agent", "kept_turn", "voice", "merge", "ticket_link", "hold", "wait", "duplicate"}) {
    EXPECT_EQ(before.tables.at(table), after.tables.at(table)) << table;
  }
}

void DeskJudge::expect_sound(WallTime now) {
  const auto seen = look();
  std::int64_t number = 0;
  for (const auto& [key, ticket] : seen.tickets) {
    EXPECT_EQ(key.value, ++number);
    expect_sound_ticket(seen, ticket);
  }
  expect_nobody_waits_for_present_agents(seen);
  expect_lists_agree();
  expect_agents_agree();
  expect_next_agrees(now);
  expect_homes_agree(now);
  expect_promises_told();
  expect_search_agrees();
}

void DeskJudge::expect_sound_ticket(const Look& seen, const TicketRow& ticket) {
  SCOPED_TRACE(to_json(ticket));
  EXPECT_EQ(ticket.merged_into.has_value(), ticket.status == TicketStatus::merged);
  if (is_open(ticket.status)) {
    EXPECT_EQ(ticket.assignee.has_value(), ticket.status != TicketStatus::new_);
    EXPECT_TRUE(!ticket.assignee || is_agent(seen, ticket.assignee));
    EXPECT_TRUE(ticket.owner || !ticket.assignee);
    EXPECT_TRUE(!ticket.owner || is_agent(seen, ticket.owner));
  }
  EXPECT_TRUE(!ticket.claimed_until || ticket.status == TicketStatus::assigned);
  EXPECT_TRUE(!ticket.postponed_until || is_put_aside(ticket.status));
}

void DeskJudge::expect_nobody_waits_for_present_agents(const Look& seen) {
  for (const auto& [number, ticket] : seen.tickets) {
    if (ticket.status != TicketStatus::new_) continue;
    for (const auto& agent : seen.agents) {
      EXPECT_FALSE(agent.present && agent.tier == ticket.tier) << number.value << " waits for " << agent.name.value;
    }
  }
}

void DeskJudge::expect_lists_agree() {
  const auto all = list_all(desk_, {.any_status = true});
  const auto seen = look();
  ASSERT_EQ(all.size(), seen.tickets.size());
  for (const auto order : {TicketOrder::created, TicketOrder::updated, TicketOrder::next_news}) {
    EXPECT_EQ(sorted_numbers(list_all(desk_, {.any_status = true, .sort = order})), sorted_numbers(all));
  }
  std::map<std::string, std::vector<TicketNumber>> by;
  std::map<std::string, ListTickets> filters;
  const auto put = [&](const std::string& key, const TicketLine& line, ListTickets filter) {
    by[key].push_back(line.number);
    filters[key] = std::move(filter);
  };
  for (const auto& agent : seen.agents) {
    filters["assignee " + agent.name.value] = {.any_status = true, .assignee = agent.name};
    filters["open assignee " + agent.name.value] = {.assignee = agent.name};
  }
  for (const auto& line : all) {
    const auto shown = read(desk_, ShowTicket{line.number});
    EXPECT_EQ(shown.status, line.status);
    EXPECT_EQ(shown.assignee, line.assignee);
    EXPECT_EQ(shown.voice_count, line.voice_count);
    EXPECT_EQ(shown.voices.size(), static_cast<std::size_t>(line.voice_count));
    EXPECT_EQ(shown.postponed_until, line.postponed_until);
    if (line.assignee)
      put("assignee " + line.assignee->value, line, {.any_status = true, .assignee = line.assignee});
    else
      put("unassigned", line, {.any_status = true, .unassigned = true});
    if (line.owner) put("owner " + line.owner->value, line, {.any_status = true, .owner = line.owner});
    put("status " + std::string(enum_name(line.status)), line, {.statuses = {line.status}});
    put("tier " + std::to_string(line.tier), line, {.any_status = true, .tier = line.tier});
    const auto& [name, office] = line.reporter;
    put("reporter " + name, line, {.any_status = true, .reporter = name, .office = office});
    if (line.server) put("server", line, {.any_status = true, .server = line.server});
    if (!line.category.empty()) put("category " + line.category, line, {.any_status = true, .category = line.category});
    if (line.urgent) put("urgent", line, {.any_status = true, .urgent = true});
    if (is_open(line.status)) put("open", line, {});
    if (is_open(line.status) && line.assignee)
      put("open assignee " + line.assignee->value, line, {.assignee = line.assignee});
  }
  for (const auto& [key, filter] : filters) {
    auto expected = by[key];
    std::ranges::sort(expected);
    EXPECT_EQ(sorted_numbers(list_all(desk_, filter)), expected) << key;
  }
}

void DeskJudge::expect_agents_agree() {
  const auto agents = read(desk_, ListAgents{}).agents;
  for (const auto& agent : agents) {
    EXPECT_EQ(to_json(agent), to_json(read(desk_, ShowAgent{agent.name})));
    EXPECT_EQ(agent.open_tickets, static_cast<std::int64_t>(list_all(desk_, {.assignee = agent.name}).size()));
    EXPECT_EQ(agent.turn > 0, agent.present);
  }
}

void DeskJudge::expect_next_agrees(WallTime now) {
  // A desk's time never runs back.
  now = std::max(now, rows_.first<WallTime>("SELECT wall FROM desk_clock").value_or(now));
  const auto open = list_all(desk_, {});
  for (const auto& agent : read(desk_, ListAgents{}).agents) {
    std::optional<PressingTicket> own, waiting;
    for (const auto& line : open) {
      if (is_put_aside(line.status)) continue;
      const PressingTicket ticket{line.number, line.urgent, line.next_news};
      auto& best = line.assignee ? own : waiting;
      if (line.assignee ? line.assignee != agent.name : line.tier != agent.tier) continue;
      if (!best || presses_more(ticket, *best, now)) best = ticket;
    }
    const auto expected = own ? own : waiting;
    std::optional<TicketNumber> next;
    try {
      next = read(desk_, NextTicket{}, agent.name).number;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::nothing_to_do);
    }
    EXPECT_EQ(next, expected ? std::optional(expected->number) : std::nullopt) << agent.name.value;
  }
}

void DeskJudge::expect_homes_agree(WallTime now) {
  // A desk's time never runs back.
  now = std::max(now, rows_.first<WallTime>("SELECT wall FROM desk_clock").value_or(now));
  const auto numbers = [](const auto& views) {
    std::vector<std::int64_t> list;
    for (const auto& view : views) list.push_back(view.number.value);
    return list;
  };
  auto open = list_all(desk_, {});
  std::ranges::sort(open, {}, &TicketLine::number);
  for (const auto& agent : read(desk_, ListAgents{}).agents) {
    std::vector<TicketLine> answered, late;
    for (const auto& line : open) {
      if (line.owner == agent.name && line.assignee != agent.name) answered.push_back(line);
      const bool others = line.owner != agent.name && line.assignee != agent.name;
      if (others && agent.role >= Role::supervisor && line.next_news && *line.next_news <= now) late.push_back(line);
    }
    std::ranges::stable_sort(late, {}, [](const TicketLine& line) { return *line.next_news; });
    const auto pressing = [](const TicketLine& line) {
      return PressingTicket{line.number, line.urgent, line.next_news};
    };
    std::ranges::sort(answered, [&](const TicketLine& one, const TicketLine& other) {
      return presses_more(pressing(one), pressing(other), now);
    });
    if (answered.size() > 10) answered.resize(10);
    if (late.size() > 10) late.resize(10);
    const auto home = read(desk_, ShowDesk{}, agent.name);
    EXPECT_EQ(numbers(home.answers_for), numbers(answered)) << agent.name.value;
    EXPECT_EQ(numbers(home.overdue), numbers(late)) << agent.name.value;
    for (const auto& news : home.merges) EXPECT_TRUE(row(news.number).merged_into.has_value()) << news.number.value;
  }
}

void DeskJudge::expect_promises_told() {
  std::set<std::pair<std::int64_t, std::int64_t>> told;
  rows_.each<RawJson>("SELECT facts FROM event WHERE kind = 'promise.broken'", [&](const RawJson& json) {
    const auto facts = from_json<EventFacts>(json.text);
    told.emplace(facts.ticket->value, facts.due->time_since_epoch().count());
  });
  const auto marked = rows_.all<TicketNumber>("SELECT number FROM ticket WHERE promise_told = 1");
  for (const auto number : marked) {
    const auto promise = row(number).next_news;
    ASSERT_TRUE(promise) << number.value;
    EXPECT_TRUE(told.contains({number.value, promise->time_since_epoch().count()})) << number.value;
  }
}

void DeskJudge::expect_search_agrees() {
  std::map<std::string, std::vector<TicketNumber>> by_word;
  for (const auto& line : list_all(desk_, {.any_status = true})) {
    by_word[line.title.substr(0, line.title.find(' '))].push_back(line.number);
  }
  for (auto& [word, expected] : by_word) {
    const auto found = read(desk_, SearchTickets{.words = word, .limit = 1000});
    std::ranges::sort(expected);
    EXPECT_EQ(sorted_numbers({found.tickets.begin(), found.tickets.end()}), expected) << word;
    EXPECT_TRUE(found.complete && !found.truncated) << word;
  }
}

void DeskJudge::expect_index_agrees() {
  for (const auto& fault : index::verify(rows_)) ADD_FAILURE() << fault.problem << " " << fault.term;
  for (const auto& [number, ticket] : look().tickets) {
    SCOPED_TRACE(fmt::format("#{}", number.value));
    std::map<index::TextKind, std::int64_t> texts;
    for (const auto& text : index::texts_of_ticket(rows_, number, 1'000)) {
      ++texts[text.kind];
      const auto expected = text.kind == index::TextKind::ticket
                                ? index::terms_of(ticket.title, ticket.body)
                                : index::terms_of("", message_text(rows_, text.source));
      EXPECT_EQ(words_of(index::terms_of_text(rows_, text.number)), words_of(expected));
    }
    EXPECT_EQ(texts[index::TextKind::ticket], 1);
    const auto said = [&](std::string_view kinds) {
      return rows_.first<std::int64_t>(
          fmt::format("SELECT count(*) FROM event WHERE kind IN ({}) AND facts ->> 'ticket' = $1", kinds), number);
    };
    EXPECT_EQ(texts[index::TextKind::reply], said("'ticket.replied', 'ticket.resolved', 'ticket.rejected'"));
    EXPECT_EQ(texts[index::TextKind::note], said("'ticket.noted'"));
    const auto end = follow_ticket(rows_, number);
    EXPECT_EQ(index::counts_as_open(rows_, number), is_open(end.status)) << to_json(ticket);
  }
}

std::map<std::string, std::string> DeskJudge::views() {
  std::map<std::string, std::string> seen;
  for (const auto& [number, row] : look().tickets) {
    auto shown = read(desk_, ShowTicket{number});
    if (shown.target) shown.target->version = 0, shown.target->updated = {};
    seen[fmt::format("show {}", number.value)] = plain(std::move(shown));
  }
  for (const auto order : {TicketOrder::number, TicketOrder::next_news}) {
    for (const auto& line : list_all(desk_, {.sort = order}))
      seen[fmt::format("list {}", enum_name(order))] += plain(line) + "\n";
  }
  seen["agents"] = to_json(read(desk_, ListAgents{}));
  for (const auto& agent : read(desk_, ListAgents{}).agents) {
    for (const auto& ticket : read(desk_, ShowDesk{}, agent.name).tickets)
      seen["desk of " + agent.name.value] += fmt::format("{} {} ", ticket.number.value, enum_name(ticket.status));
    try {
      seen["next of " + agent.name.value] = plain(read(desk_, NextTicket{}, agent.name));
    } catch (const Error& error) {
      seen["next of " + agent.name.value] = enum_name(error.code());
    }
  }
  return seen;
}

void DeskJudge::expect_settled_view(WallTime now) {
  const auto seen = views();
  const auto before = look();
  read(desk_, TickDesk{});
  expect_told(before, look(), TickDesk::spec);
  const auto untold = rows_.first<std::int64_t>(
      "SELECT count(*) FROM ticket WHERE next_news <= (SELECT wall FROM desk_clock) AND promise_told = 0");
  EXPECT_EQ(untold, 0);
  const auto stored = views();
  for (const auto& [what, view] : seen) {
    EXPECT_EQ(view, stored.contains(what) ? stored.at(what) : "") << what;
  }
  EXPECT_EQ(seen.size(), stored.size());
  expect_sound(now);
}

void DeskJudge::expect_whole_records() {
  expect_index_agrees();
  EXPECT_NO_THROW(read(desk_, VerifyLog{}));
  for (const auto& difference : read(desk_, CompareLog{}).differences) ADD_FAILURE() << to_json(difference);
}

}  // namespace gilir
