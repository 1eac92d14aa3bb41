#include "core/desk/migrations.h"

#include <array>

#include "core/base/describe.h"
#include "core/duplicate/pair_table.h"
#include "core/index/text_index.h"
#include "core/lock/ended_table.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

// What look-alikes were found with before core/index.
constexpr std::string_view former_index_schema = R"sql(
CREATE TABLE duplicate_term (
  term TEXT PRIMARY KEY,
  tickets INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE duplicate_index USING fts5 (
  terms, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '-_./:'"
);
)sql";

constexpr const char* first_schema = R"sql(
CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
CREATE TABLE desk_clock (id INTEGER PRIMARY KEY CHECK (id = 1), wall INTEGER NOT NULL, boot INTEGER NOT NULL,
  boot_identity TEXT NOT NULL) STRICT;
CREATE TABLE past_boot (identity TEXT PRIMARY KEY) STRICT;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO counter (name, value) VALUES ('ticket', 0);

CREATE TABLE agent (name TEXT PRIMARY KEY, tier INTEGER NOT NULL CHECK (tier BETWEEN 1 AND 9), role TEXT NOT NULL,
  present INTEGER NOT NULL, turn INTEGER NOT NULL, added INTEGER NOT NULL) STRICT;
CREATE INDEX agent_by_tier ON agent (tier);
CREATE TABLE reporter (id INTEGER PRIMARY KEY, name TEXT NOT NULL, office TEXT NOT NULL, contact TEXT NOT NULL,
  UNIQUE (name, office)) STRICT;

CREATE TABLE server (name TEXT PRIMARY KEY, host TEXT NOT NULL, port INTEGER NOT NULL, "user" TEXT NOT NULL,
  seats INTEGER NOT NULL, logins INTEGER NOT NULL, term_s INTEGER NOT NULL, lock_delay_s INTEGER NOT NULL,
  offer_s INTEGER NOT NULL, level TEXT NOT NULL, host_key TEXT NOT NULL, added INTEGER NOT NULL) STRICT;

CREATE TABLE ticket (number INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL,
  category TEXT NOT NULL, reporter INTEGER NOT NULL REFERENCES reporter (id), server TEXT, owner TEXT,
  assignee TEXT, tier INTEGER NOT NULL, urgent INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
  next_news INTEGER, merged_into INTEGER REFERENCES ticket (number), version INTEGER NOT NULL) STRICT;
CREATE INDEX ticket_by_status ON ticket (status, number);
CREATE INDEX ticket_by_updated ON ticket (status, updated, number);
CREATE INDEX ticket_by_next_news ON ticket (status, next_news, number) WHERE next_news IS NOT NULL;
CREATE INDEX ticket_by_assignee ON ticket (assignee, status, number) WHERE assignee IS NOT NULL;
CREATE INDEX ticket_without_assignee ON ticket (status, number) WHERE assignee IS NULL;
CREATE INDEX ticket_by_owner ON ticket (owner, status, number) WHERE owner IS NOT NULL;
CREATE INDEX ticket_by_server ON ticket (server, status, number) WHERE server IS NOT NULL;
CREATE INDEX ticket_by_reporter ON ticket (reporter, status, number);
CREATE INDEX ticket_by_category ON ticket (category, status, number) WHERE category <> '';
CREATE INDEX ticket_by_tier ON ticket (tier, status, number);
CREATE INDEX ticket_urgent ON ticket (status, number) WHERE urgent = 1;
CREATE INDEX ticket_by_target ON ticket (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ticket_by_created ON ticket (created, number);
CREATE INDEX ticket_waiting ON ticket (tier, urgent DESC, number) WHERE status = 'new';
CREATE TABLE voice (ticket INTEGER NOT NULL REFERENCES ticket (number), reporter INTEGER NOT NULL REFERENCES reporter (id),
  via INTEGER NOT NULL, PRIMARY KEY (ticket, reporter, via)) STRICT, WITHOUT ROWID;
CREATE TABLE merge (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL, source_status TEXT NOT NULL, source_assignee TEXT, source_owner TEXT,
  source_tier INTEGER NOT NULL, source_next_news INTEGER, target_next_news INTEGER,
  target_urgent INTEGER NOT NULL, source_updated INTEGER NOT NULL, moved TEXT NOT NULL) STRICT;
CREATE INDEX merge_by_source ON merge (source);
CREATE TABLE duplicate (ticket INTEGER NOT NULL, number INTEGER NOT NULL, strength TEXT NOT NULL, score REAL NOT NULL,
  because TEXT NOT NULL, PRIMARY KEY (ticket, number)) STRICT, WITHOUT ROWID;

CREATE TABLE fencing (server TEXT PRIMARY KEY, last_token INTEGER NOT NULL) STRICT;
CREATE TABLE lease (lease INTEGER PRIMARY KEY, server TEXT NOT NULL, agent TEXT NOT NULL, token INTEGER NOT NULL,
  since INTEGER NOT NULL) STRICT;
CREATE INDEX lease_by_server ON lease (server);
CREATE INDEX lease_by_agent ON lease (agent);
CREATE TABLE hold (hold INTEGER PRIMARY KEY, lease INTEGER NOT NULL, server TEXT NOT NULL, "set" INTEGER NOT NULL,
  kind TEXT NOT NULL, ticket INTEGER, reason TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL,
  terminal TEXT NOT NULL, since INTEGER NOT NULL, deadline_at INTEGER NOT NULL, deadline_term INTEGER NOT NULL) STRICT;
CREATE INDEX hold_by_server ON hold (server);
CREATE INDEX hold_by_ticket ON hold (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX hold_by_set ON hold ("set") WHERE "set" <> 0;
CREATE TABLE unclosed (hold INTEGER PRIMARY KEY, lease INTEGER NOT NULL, server TEXT NOT NULL, agent TEXT NOT NULL,
  until_at INTEGER NOT NULL, until_term INTEGER NOT NULL) STRICT;
CREATE INDEX unclosed_by_server ON unclosed (server);
CREATE TABLE place (place INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, agent TEXT NOT NULL,
  offered INTEGER NOT NULL, passed_over INTEGER NOT NULL, offer_at INTEGER NOT NULL, offer_term INTEGER NOT NULL) STRICT;
CREATE INDEX place_by_agent ON place (agent);
CREATE TABLE place_server (place INTEGER NOT NULL, server TEXT NOT NULL, PRIMARY KEY (place, server)) STRICT, WITHOUT ROWID;
CREATE INDEX place_server_by_server ON place_server (server);
CREATE TABLE wait (wait INTEGER PRIMARY KEY, place INTEGER NOT NULL, ticket INTEGER, reason TEXT NOT NULL,
  host TEXT NOT NULL, pid INTEGER NOT NULL, terminal TEXT NOT NULL, since INTEGER NOT NULL,
  deadline_at INTEGER NOT NULL, deadline_term INTEGER NOT NULL) STRICT;
CREATE INDEX wait_by_place ON wait (place);
CREATE INDEX wait_by_ticket ON wait (ticket) WHERE ticket IS NOT NULL;
CREATE TABLE lock_counter (id INTEGER PRIMARY KEY CHECK (id = 1), last_lease INTEGER NOT NULL,
  last_hold INTEGER NOT NULL, last_set INTEGER NOT NULL, last_place INTEGER NOT NULL, last_wait INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL) STRICT;
INSERT INTO lock_counter VALUES (1, 0, 0, 0, 0, 0, 0);

CREATE TABLE request (actor TEXT NOT NULL, id TEXT NOT NULL, operation TEXT NOT NULL, payload_hash TEXT NOT NULL,
  result TEXT NOT NULL, "at" INTEGER NOT NULL, PRIMARY KEY (actor, id)) STRICT;
CREATE INDEX request_by_age ON request ("at");
CREATE TABLE event (number INTEGER PRIMARY KEY, "at" INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
  facts TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE event_subject (kind TEXT NOT NULL, name TEXT NOT NULL, event INTEGER NOT NULL,
  PRIMARY KEY (kind, name, event)) STRICT, WITHOUT ROWID;
CREATE INDEX event_subject_by_event ON event_subject (event);
)sql";

// Tickets that are put aside, claimed, unmerged and linked; categories; places in turns that were left.
constexpr const char* ticket_schema = R"sql(
ALTER TABLE ticket ADD COLUMN postponed_until INTEGER;
ALTER TABLE ticket ADD COLUMN claimed_until INTEGER;
CREATE INDEX ticket_postponed ON ticket (postponed_until, number) WHERE postponed_until IS NOT NULL;
CREATE INDEX ticket_claimed ON ticket (claimed_until, number) WHERE claimed_until IS NOT NULL;
CREATE INDEX ticket_postponed_by_assignee ON ticket (assignee, postponed_until) WHERE postponed_until IS NOT NULL;
CREATE INDEX ticket_claimed_by_assignee ON ticket (assignee, number) WHERE claimed_until IS NOT NULL;
CREATE INDEX ticket_pressing ON ticket (assignee, urgent DESC, number) WHERE status IN ('assigned', 'in_progress');
CREATE INDEX ticket_overdue ON ticket (assignee, urgent, next_news, number)
  WHERE status IN ('assigned', 'in_progress') AND next_news IS NOT NULL;
CREATE INDEX ticket_waiting_overdue ON ticket (tier, urgent, next_news, number)
  WHERE status = 'new' AND next_news IS NOT NULL;
ALTER TABLE merge ADD COLUMN source_urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE merge ADD COLUMN source_postponed_until INTEGER;
ALTER TABLE merge ADD COLUMN source_claimed_until INTEGER;
UPDATE merge SET source_urgent = (SELECT urgent FROM ticket WHERE number = merge.source);
CREATE INDEX merge_by_target ON merge (target, id);
CREATE TABLE ticket_link (ticket INTEGER NOT NULL REFERENCES ticket (number), other INTEGER NOT NULL REFERENCES ticket (number),
  PRIMARY KEY (ticket, other)) STRICT, WITHOUT ROWID;
CREATE TABLE category (name TEXT PRIMARY KEY, about TEXT NOT NULL, added INTEGER NOT NULL) STRICT;
CREATE TABLE kept_turn (name TEXT NOT NULL, tier INTEGER NOT NULL, turn INTEGER NOT NULL, PRIMARY KEY (name, tier))
  STRICT, WITHOUT ROWID;
CREATE INDEX kept_turn_by_tier ON kept_turn (tier);
)sql";

// How far the log was delivered to the desk's hooks; no row before the first delivery.
constexpr const char* hook_schema = R"sql(
CREATE TABLE hook_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), delivered INTEGER NOT NULL) STRICT;
)sql";

// Demands against leases: knock, break, steal, hand-over.
constexpr std::string_view demand_schema = R"sql(
CREATE TABLE demand (demand INTEGER PRIMARY KEY, lease INTEGER NOT NULL, server TEXT NOT NULL, kind TEXT NOT NULL,
  "by" TEXT NOT NULL, "to" TEXT NOT NULL, wait INTEGER, reason TEXT NOT NULL, deadline_at INTEGER NOT NULL,
  deadline_term INTEGER NOT NULL) STRICT;
CREATE INDEX demand_by_server ON demand (server);
ALTER TABLE unclosed ADD COLUMN permit_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unclosed ADD COLUMN permit_term INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lock_counter ADD COLUMN last_demand INTEGER NOT NULL DEFAULT 0;
)sql";

// Offices are completed at the TAB key without a look at every reporter.
constexpr std::string_view office_schema = R"sql(
CREATE INDEX reporter_by_office ON reporter (office) WHERE office <> '';
)sql";

// Who knocked and stays for the answer has gone when he does not say so again.
constexpr std::string_view asker_schema = R"sql(
ALTER TABLE demand ADD COLUMN asker_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE demand ADD COLUMN asker_term INTEGER NOT NULL DEFAULT 0;
)sql";

// Promises whose breach was told; what an agent has not seen; what an owner answers for; who asks.
constexpr std::string_view news_schema = R"sql(
ALTER TABLE ticket ADD COLUMN promise_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN escalation INTEGER;
CREATE INDEX ticket_promise_due ON ticket (next_news, number) WHERE next_news IS NOT NULL AND promise_told = 0;
CREATE INDEX ticket_answered_for ON ticket (owner, status, number) WHERE owner IS NOT NULL AND assignee IS NOT owner;
CREATE TABLE merge_news (agent TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, "by" TEXT NOT NULL,
  "at" INTEGER NOT NULL, PRIMARY KEY (agent, source)) STRICT, WITHOUT ROWID;
CREATE INDEX merge_news_by_source ON merge_news (source);
UPDATE ticket SET escalation = (SELECT max(s.event) FROM event_subject s JOIN event e ON e.number = s.event
  WHERE s.kind = 'ticket' AND s.name = CAST(ticket.number AS TEXT) AND e.kind = 'ticket.escalated')
  WHERE status IN ('new', 'assigned', 'in_progress', 'waiting_reporter', 'waiting_unit', 'postponed');
)sql";

// Where the processes of a hold are found again when they do not tell of themselves.
constexpr std::string_view process_schema = R"sql(
ALTER TABLE hold ADD COLUMN process_world TEXT NOT NULL DEFAULT '';
ALTER TABLE hold ADD COLUMN process_started INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold ADD COLUMN process_group INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold ADD COLUMN process_group_started INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unclosed ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE unclosed ADD COLUMN process_world TEXT NOT NULL DEFAULT '';
ALTER TABLE unclosed ADD COLUMN process_started INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unclosed ADD COLUMN process_group INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unclosed ADD COLUMN process_group_started INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unclosed ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
)sql";

// What `server check` found out, a row a login. A lock-delay that nobody chose was half the term, which is too short
// for the shortest terms: a leash takes up to 5 s.
constexpr std::string_view login_check_schema = R"sql(
CREATE TABLE login_check (server TEXT NOT NULL, login TEXT NOT NULL, ending TEXT NOT NULL, checked INTEGER NOT NULL,
  "by" TEXT NOT NULL, PRIMARY KEY (server, login)) STRICT, WITHOUT ROWID;
UPDATE server SET lock_delay_s = 5000 WHERE lock_delay_s = term_s / 2 AND lock_delay_s < 5000;
)sql";

// Servers that are desktops: until now their port told, where it was RDP's usual one.
constexpr std::string_view protocol_schema = R"sql(
ALTER TABLE server ADD COLUMN ssh INTEGER NOT NULL DEFAULT 1;
ALTER TABLE server ADD COLUMN rdp_port INTEGER NOT NULL DEFAULT 0;
ALTER TABLE server ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE server ADD COLUMN log_off TEXT NOT NULL DEFAULT '';
UPDATE server SET ssh = 0, rdp_port = 3389 WHERE port = 3389 AND host_key = '';
)sql";

// People and offices are found by what their names have in common; a merged reporter by both names.
constexpr std::string_view name_schema = R"sql(
ALTER TABLE reporter ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE reporter ADD COLUMN office_key TEXT NOT NULL DEFAULT '';
CREATE INDEX reporter_by_key ON reporter (name_key, office_key);
CREATE INDEX reporter_by_office_key ON reporter (office_key, id);
CREATE TABLE reporter_alias (name_key TEXT NOT NULL, office_key TEXT NOT NULL, reporter INTEGER NOT NULL,
  PRIMARY KEY (name_key, office_key)) STRICT, WITHOUT ROWID;
CREATE INDEX reporter_alias_by_reporter ON reporter_alias (reporter);
CREATE INDEX voice_by_reporter ON voice (reporter);
)sql";

// A machine has one lock, whatever names it has: second names, and machines that only look alike.
constexpr std::string_view machine_schema = R"sql(
ALTER TABLE server ADD COLUMN alias_of TEXT NOT NULL DEFAULT '';
ALTER TABLE server ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
CREATE INDEX server_alias ON server (alias_of) WHERE alias_of <> '';
CREATE TABLE different_machines (server TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (server, other))
  STRICT, WITHOUT ROWID;
)sql";

// Whether a session shows what is asked of it, and knocks that were denied.
constexpr std::string_view question_schema = R"sql(
ALTER TABLE hold ADD COLUMN shows INTEGER NOT NULL DEFAULT 0;
CREATE TABLE refusal (demand INTEGER PRIMARY KEY, lease INTEGER NOT NULL, server TEXT NOT NULL, "by" TEXT NOT NULL,
  reason TEXT NOT NULL, until_at INTEGER NOT NULL, until_term INTEGER NOT NULL) STRICT;
CREATE INDEX refusal_by_server ON refusal (server);
)sql";

// Servers that have only outdated algorithms.
constexpr std::string_view legacy_schema = R"sql(
ALTER TABLE server ADD COLUMN legacy INTEGER NOT NULL DEFAULT 0;
)sql";

// Since when the desk's time counts without a break: see core/desk/desk_clock.h.
constexpr std::string_view clock_schema = R"sql(
ALTER TABLE desk_clock ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
UPDATE desk_clock SET since = wall;
)sql";

// Which events hooks have made, and where hooks that hear of each other were ended.
constexpr std::string_view hook_depth_schema = R"sql(
CREATE TABLE hook_depth (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, depth INTEGER NOT NULL) STRICT;
ALTER TABLE hook_cursor ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
)sql";

// Ids of reporters, whose events keep them when they are merged; times that were named and no duration; and tickets
// that were filed at an earlier time than the one before: see core/ticket/filing_order.h.
constexpr std::string_view order_schema = R"sql(
INSERT INTO counter (name, value) SELECT 'reporter', max(
  (SELECT coalesce(max(id), 0) FROM reporter),
  (SELECT coalesce(max(CAST(name AS INTEGER)), 0) FROM event_subject WHERE kind = 'reporter'));
ALTER TABLE ticket ADD COLUMN until_named INTEGER NOT NULL DEFAULT 0;
CREATE TABLE filing_break (first INTEGER PRIMARY KEY) STRICT;
INSERT INTO filing_break (first) SELECT number FROM ticket WHERE created < (SELECT earlier.created
  FROM ticket AS earlier WHERE earlier.number < ticket.number ORDER BY earlier.number DESC LIMIT 1);
)sql";

// Pairs that nobody has decided yet, of the tickets that are open now.
constexpr std::string_view suspicion_schema = R"sql(
INSERT INTO suspected_duplicate (ticket, number, strength, score, because)
  SELECT duplicate.ticket, duplicate.number, duplicate.strength, duplicate.score, duplicate.because
  FROM ticket JOIN duplicate ON duplicate.ticket = ticket.number JOIN ticket AS older ON older.number = duplicate.number
  WHERE ticket.status IN ('new', 'assigned', 'in_progress', 'waiting_reporter', 'waiting_unit', 'postponed')
  AND older.status IN ('new', 'assigned', 'in_progress', 'waiting_reporter', 'waiting_unit', 'postponed')
  AND duplicate.strength <> 'weak' AND duplicate.number < duplicate.ticket;
)sql";

// What ended at the locks within a day, which only the log told before. No more than the newest events are read, so
// that locks go on meanwhile.
void store_ended_of_log(store::Connection& connection) {
  constexpr std::string_view lately = R"sql(
WITH lately AS MATERIALIZED (SELECT number, "at", kind, json_extract(facts, '$.server') AS server,
  json_extract(facts, '$.lease') AS lease, json_extract(facts, '$.hold') AS hold, json_extract(facts, '$.wait') AS wait,
  json_extract(facts, '$.agent') AS agent, json_extract(facts, '$.due') AS due,
  json_extract(facts, '$.because') AS because, coalesce(json_extract(facts, '$.by'), '') AS "by",
  coalesce(json_extract(facts, '$.reason'), '') AS reason
  FROM event WHERE number > (SELECT coalesce(max(number), 0) - 10000 FROM event)
  AND "at" > (SELECT coalesce(max("at"), 0) - 86400000 FROM event) AND kind IN ('lock.cut', 'lock.cut_ordered',
    'lock.expired', 'lock.demand_ended', 'lock.wait_ended', 'lock.granted', 'lock.shared') AND json_valid(facts))
)sql";
  for (const std::string_view ended : {R"sql(
INSERT OR IGNORE INTO ended SELECT 'hold', cut.hold, cut.server, orders.because, orders."by", orders.reason, 0, cut."at"
  FROM lately AS cut JOIN lately AS orders ON orders.lease = cut.lease AND orders.kind = 'lock.cut_ordered'
  WHERE cut.kind = 'lock.cut';
)sql",
                                       R"sql(
INSERT OR IGNORE INTO ended SELECT 'hold', hold, server, 'expired', '', '', 0, "at" FROM lately
  WHERE kind = 'lock.expired';
)sql",
                                       R"sql(
INSERT OR IGNORE INTO ended SELECT 'wait', over.wait, given.server, substr(given.kind, 6), '', '', given.hold, over."at"
  FROM lately AS over JOIN lately AS given ON given.due = over.due AND given.agent = over.agent
  AND given.kind IN ('lock.granted', 'lock.shared') AND given.number < over.number
  WHERE over.kind = 'lock.wait_ended' AND over.because = 'granted';
)sql",
                                       R"sql(
INSERT OR IGNORE INTO ended SELECT 'demand', lease, '', because, '', '', 0, "at" FROM lately
  WHERE kind IN ('lock.cut_ordered', 'lock.demand_ended') ORDER BY kind = 'lock.cut_ordered' DESC, number DESC;
)sql"}) {
    connection.script(std::string(lately) + std::string(ended));
  }
}

// Texts are indexed in rows: see core/index. A desk that has tickets already is indexed in slices, between which its
// locks go on: see core/operations/ticket/indexing.h.
void begin_index(store::Connection& connection) {
  if (connection.first<std::int64_t>("SELECT value FROM counter WHERE name = 'ticket'").value_or(0) > 0)
    index::set_built(connection, TicketNumber{0});
  else
    connection.script("DROP TABLE duplicate_index; DROP TABLE duplicate_term");
}

}  // namespace

store::Migrations desk_migrations() {
  static const std::array<store::Migration, 21> migrations{{
      {std::string(first_schema) + std::string(former_index_schema)},
      {std::string(ticket_schema)},
      {std::string(hook_schema)},
      {std::string(demand_schema)},
      {std::string(office_schema)},
      {std::string(asker_schema)},
      // Terms of the former index, which the last one takes away.
      {""},
      {std::string(process_schema)},
      {std::string(login_check_schema)},
      {std::string(protocol_schema)},
      {std::string(news_schema)},
      {std::string(name_schema), store_name_keys},
      {std::string(machine_schema)},
      {std::string(question_schema)},
      {std::string(legacy_schema)},
      {std::string(clock_schema)},
      {std::string(hook_depth_schema)},
      {std::string(order_schema)},
      {std::string(duplicate::pair_schema) + std::string(suspicion_schema)},
      {std::string(index::index_schema), begin_index},
      {std::string(ended_schema), store_ended_of_log},
  }};
  return migrations;
}

}  // namespace gilir
