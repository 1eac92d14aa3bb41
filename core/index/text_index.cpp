#include "core/index/text_index.h"

#include <array>

#include "core/index/index_rows.h"
#include "core/index/live_texts.h"
#include "core/index/postings.h"

namespace gilir::index {

const std::string_view index_schema = R"sql(
CREATE TABLE IF NOT EXISTS indexed_text (number INTEGER PRIMARY KEY, ticket INTEGER NOT NULL, kind INTEGER NOT NULL,
  source INTEGER NOT NULL, terms BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS indexed_text_by_ticket ON indexed_text (ticket, kind, number);
CREATE TABLE IF NOT EXISTS posting (list INTEGER NOT NULL, term TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  texts INTEGER NOT NULL, heaviest INTEGER NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (list, term, first))
  STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS text_block (block INTEGER PRIMARY KEY, last INTEGER NOT NULL, opened INTEGER NOT NULL,
  finished INTEGER NOT NULL, tickets_texts INTEGER NOT NULL, tickets_title_words INTEGER NOT NULL,
  tickets_body_words INTEGER NOT NULL, replies_texts INTEGER NOT NULL, replies_title_words INTEGER NOT NULL,
  replies_body_words INTEGER NOT NULL, notes_texts INTEGER NOT NULL, notes_title_words INTEGER NOT NULL,
  notes_body_words INTEGER NOT NULL, "open" BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS text_finish (block INTEGER PRIMARY KEY, days BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS index_state (id INTEGER PRIMARY KEY CHECK (id = 1), merged INTEGER NOT NULL, target INTEGER NOT NULL,
  list INTEGER NOT NULL, term TEXT NOT NULL, built INTEGER) STRICT;
INSERT INTO index_state (id, merged, target, list, term) VALUES (1, 0, 0, 0, '')
  ON CONFLICT (id) DO NOTHING;
)sql";

namespace {

constexpr std::array<std::string_view, 5> tables{"indexed_text", "posting", "text_block", "text_finish", "index_state"};

}  // namespace

const store::DerivedTables index_tables{index_part, tables};

bool is_of_index(const Error& error) {
  return error.code() == ErrorCode::damaged && error.text("part") == index_part;
}

namespace {

// Before a desk has texts of its own to tell how long they are, these count as if it had so many.
constexpr double assumed_texts = 100;
constexpr double assumed_title = 8;
constexpr double assumed_body = 60;

LengthNorms norms_among(const TextTerms& terms, const KindCount& others) {
  const auto texts = static_cast<double>(others.texts) + assumed_texts;
  return length_norms(terms, (static_cast<double>(others.title_words) + assumed_texts * assumed_title) / texts,
                      (static_cast<double>(others.body_words) + assumed_texts * assumed_body) / texts);
}

// The block of the number after row.last.
BlockRow next_block(BlockRow row) {
  if (row.last >= max_number) refuse_blob("there are no more numbers");
  const auto block = ++row.last / block_texts;
  if (block == row.block) return row;
  row.block = block;
  row.opened = row.finished = 0;
  std::ranges::fill(row.open.value, '\0');
  return row;
}

// Whether a ticket's text counts for look-alikes, and until when.
struct Standing {
  bool open = true;
  std::int64_t finished = 0;
};

Standing standing_of(store::Connection& connection, std::int64_t number) {
  const auto row = find_block(connection, number / block_texts);
  return {row && is_open(*row, number), finished_day(connection, number)};
}

void set_standing(store::Connection& connection, std::int64_t number, const Standing& standing) {
  auto row = find_block(connection, number / block_texts);
  if (!row) return;
  const auto before = std::pair(row->opened, row->finished);
  set_open_bit(*row, number, standing.open);
  row->finished = std::max(row->finished, standing.finished);
  // Most changes of a status leave a ticket open.
  if (std::pair(row->opened, row->finished) != before) put_block(connection, *row);
  set_finished_day(connection, number, standing.finished);
}

}  // namespace

List list_of(TextKind kind) {
  switch (kind) {
    case TextKind::ticket:
      return List::tickets;
    case TextKind::reply:
      return List::replies;
    case TextKind::note:
      break;
  }
  return List::notes;
}

TextNumber add_text(store::Connection& connection, TicketNumber ticket, TextKind kind, std::int64_t source,
                    const TextTerms& terms) {
  auto block = next_block(last_block(connection));
  auto& count = count_of(block, kind);
  const auto norms = norms_among(terms, count);
  ++count.texts;
  count.title_words += terms.title_length;
  count.body_words += terms.body_length;
  if (kind == TextKind::ticket) set_open_bit(block, block.last, true);
  put_block(connection, block);
  // A row with a number that was never given is damage.
  connection.put(
      "indexed_text", R"("number")",
      TextRow{block.last, ticket.value, static_cast<std::int64_t>(kind), source, {pack_terms(terms, norms)}});
  return {block.last};
}

TextNumber replace_text(store::Connection& connection, TicketNumber ticket, const TextTerms& terms) {
  const auto before = text_of_ticket(connection, ticket);
  if (!before) return add_text(connection, ticket, TextKind::ticket, 0, terms);
  const auto state = index_state(connection);
  // What its block knew of it is gone already.
  const bool is_forgotten = state.list == being_cleared && before->value <= state.merged;
  const auto standing = is_forgotten ? Standing{} : standing_of(connection, before->value);
  remove_texts(connection, ticket, TextKind::ticket);
  const auto number = add_text(connection, ticket, TextKind::ticket, 0, terms);
  if (!standing.open || standing.finished != 0) set_standing(connection, number.value, standing);
  return number;
}

void remove_texts(store::Connection& connection, TicketNumber ticket, TextKind kind,
                  std::optional<std::int64_t> source) {
  const auto numbers = connection.all<std::int64_t>(
      "SELECT number FROM indexed_text WHERE ticket = $1 AND kind = $2 AND ($3 IS NULL OR source = $3)", ticket,
      static_cast<std::int64_t>(kind), source);
  const auto merged = index_state(connection).merged;
  for (const auto number : numbers) {
    // One that waits is merged all the same: what a term's frequency is does not depend on when that happens.
    connection.run(number > merged ? "UPDATE indexed_text SET ticket = 0, source = 0 WHERE number = $1"
                                   : "DELETE FROM indexed_text WHERE number = $1",
                   number);
    if (kind == TextKind::ticket) set_standing(connection, number, {.open = false});
  }
}

void set_open(store::Connection& connection, TicketNumber ticket, bool open, WallTime now) {
  const auto number = text_of_ticket(connection, ticket);
  if (number) set_standing(connection, number->value, {open, open ? 0 : day_of(now)});
}

std::optional<bool> counts_as_open(store::Connection& connection, TicketNumber ticket) {
  const auto number = text_of_ticket(connection, ticket);
  return number ? std::optional(standing_of(connection, number->value).open) : std::nullopt;
}

namespace {

constexpr auto last_kind = TextKind::note;

IndexedText text_of(const TextHead& head) {
  return {{head.number}, {head.ticket}, static_cast<TextKind>(head.kind), head.source};
}

// False for what a reader passes over.
template <class Row>
bool is_text(const std::optional<Row>& row) {
  return row && row->ticket != 0 && row->kind >= 0 && row->kind <= static_cast<std::int64_t>(last_kind);
}

const std::string& head_query() {
  static const auto sql = "SELECT " + store::columns<TextHead>() + " FROM indexed_text";
  return sql;
}

}  // namespace

std::optional<IndexedText> find_text(store::Connection& connection, TextNumber number) {
  static const auto sql = head_query() + " WHERE number = $1";
  const auto head = connection.first<TextHead>(sql, number);
  return is_text(head) ? std::optional(text_of(*head)) : std::nullopt;
}

std::optional<TextNumber> text_of_ticket(store::Connection& connection, TicketNumber ticket) {
  return connection.first<TextNumber>(
      "SELECT number FROM indexed_text WHERE ticket = $1 AND kind = 0 ORDER BY number DESC LIMIT 1", ticket);
}

std::vector<IndexedText> texts_of_ticket(store::Connection& connection, TicketNumber ticket, std::size_t most,
                                         bool notes) {
  static const auto sql = head_query() + " WHERE ticket = $1 AND kind BETWEEN 0 AND $2 ORDER BY number DESC LIMIT $3";
  const auto last = notes ? last_kind : TextKind::reply;
  std::vector<IndexedText> texts;
  connection.each<TextHead>(
      sql, [&](const TextHead& head) { texts.push_back(text_of(head)); }, ticket, static_cast<std::int64_t>(last),
      most);
  return texts;
}

std::optional<StoredText> stored_text(store::Connection& connection, TextNumber number) {
  static const auto sql = select_texts("WHERE number = $1");
  const auto row = connection.first<TextRow>(sql, number);
  if (!is_text(row)) return std::nullopt;
  try {
    return StoredText{text_of({row->number, row->ticket, row->kind, row->source}), unpack_terms(row->terms.value)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

const std::string& terms_column() {
  static const auto column = bounded("terms", max_packed_bytes);
  return column;
}

bool each_body_term(store::Connection& connection, TextNumber number,
                    const std::function<void(std::string_view term)>& visit) {
  static const auto sql = "SELECT " + terms_column() + " FROM indexed_text WHERE number = $1";
  const auto packed = connection.first<store::Bytes>(sql, number);
  if (!packed) return false;
  try {
    PackedTerms terms(packed->value);
    while (terms.next()) {
      if (terms.body() > 0) visit(terms.text());
    }
    return is_stored_whole(terms.count(), std::uint64_t{terms.title_length()} + terms.body_length());
  } catch (const Error&) {
    return false;
  }
}

TextTerms terms_of_text(store::Connection& connection, TextNumber number) {
  static const auto sql = "SELECT " + terms_column() + " FROM indexed_text WHERE number = $1 AND ticket <> 0";
  const auto terms = connection.first<store::Bytes>(sql, number);
  if (!terms) refuse_blob("a text is missing");
  return unpack_terms(terms->value);
}

std::int64_t Frequencies::of(const std::string& term) const {
  const auto found = texts_with.find(term);
  return found == texts_with.end() ? 0 : found->second;
}

std::optional<TicketNumber> built(store::Connection& connection) {
  return connection.first<std::optional<TicketNumber>>("SELECT built FROM index_state").value_or(std::nullopt);
}

void set_built(store::Connection& connection, std::optional<TicketNumber> last) {
  connection.run("UPDATE index_state SET built = $1", last);
}

}  // namespace gilir::index
