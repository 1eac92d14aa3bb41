#include "core/operations/ticket/edit.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/named_changes.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/operations/ticket/indexing.h"
#include "core/server/server_table.h"
#include "core/ticket/category_table.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_edit_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"title", "one line that says what is wrong", max_line_bytes},
    FieldSpec{"body", "the rest", max_body_bytes},
    FieldSpec{"server", "the server that it is about; empty: none", max_name_bytes},
    FieldSpec{"category", "one of the desk's categories; empty: none", max_name_bytes},
    FieldSpec{"urgent", "it goes before others", 0},
    FieldSpec{"reporter", "who asked", max_name_bytes},
    FieldSpec{"office", "the reporter's office; an unknown reporter is added", max_name_bytes},
};

// What the log keeps of a text that was replaced.
std::string former(const std::string& text) {
  return replace_invalid_utf8(std::string_view(text).substr(0, longest_message - 3));
}

struct Edit {
  NamedChanges changes;
  EventFacts facts;
};

// Where an empty name means none.
template <class Name>
void apply_server(NamedChanges& changes, std::optional<ServerName>& server, const Name& asked) {
  auto named = server.value_or(ServerName{});
  changes.apply("server", named, asked);
  server = named.empty() ? std::nullopt : std::optional(named);
}

Edit apply(TicketRow& row, const EditTicket& operation) {
  Edit edit;
  if (operation.title) {
    if (auto title = one_line("title", *operation.title); title != row.title) edit.facts.title = row.title = title;
  }
  if (operation.body && *operation.body != row.body) {
    edit.facts.text = former(row.body);
    row.body = *operation.body;
  }
  apply_server(edit.changes, row.server, operation.server);
  edit.changes.apply("category", row.category, operation.category);
  edit.changes.apply("urgent", row.urgent, operation.urgent);
  if (!edit.changes.text().empty()) edit.facts.changes = edit.changes.text();
  return edit;
}

// Others who ask for its answer, directly or through parts, go on asking.
void change_voice(Context& context, const TicketRow& row, std::int64_t reporter) {
  auto& connection = context.connection();
  const auto voices = voices_of(connection, row.number);
  remove_voices(connection, row.number, row.number);
  for (const auto& voice : voices) {
    if (voice.via == row.number && voice.reporter != row.reporter) add_voice(connection, voice);
  }
  add_voice(connection, {row.number, reporter, row.number});
}

// The subject that the new reporter is.
std::optional<Subject> change_reporter(Context& context, const EditTicket& operation, TicketRow& row,
                                       EventFacts& facts) {
  if (!operation.reporter) return std::nullopt;
  const auto reporter = filing_reporter(context, operation.reporter, operation.office).reporter;
  if (reporter.id == row.reporter) return std::nullopt;
  change_voice(context, row, reporter.id);
  row.reporter = reporter.id;
  facts.reporter = reporter.name;
  facts.office = reporter.office;
  return Subject{SubjectKind::reporter, std::to_string(reporter.id)};
}

void check_edit(Context& context, const EditTicket& operation) {
  if (operation.office && !operation.reporter) throw invalid_field("office", "needs a reporter");
  if (operation.title) require_text("title", *operation.title);
  if (operation.category) require_category(context.connection(), *operation.category);
  if (operation.server && !operation.server->empty()) get_server(context.connection(), *operation.server);
}

Ticket run(Context& context, const EditTicket& operation) {
  check_edit(context, operation);
  auto row = permit_change(context, operation.number, TicketVerb::edit).ticket;
  const auto before = row;
  auto edit = apply(row, operation);
  const auto reporter = change_reporter(context, operation, row, edit.facts);
  const bool says_the_same = !edit.facts.title && !edit.facts.text && !reporter;
  if (says_the_same && !edit.facts.changes) return leave_unchanged(context, std::move(row));
  edit.facts.ticket = row.number;
  edit.facts.internal = true;
  auto subjects = subjects_of_change(context, row);
  if (reporter) subjects.push_back(*reporter);
  context.log(EventKind::ticket_edited, std::move(subjects), edit.facts);
  if (edit.facts.title || edit.facts.text) index_again(context, row);
  if (row.urgent != before.urgent) detach_urgency(context.connection(), row.number);
  update_filing(context.connection(), row);
  return store_change(context, std::move(row));
}

}  // namespace

const OperationSpec EditTicket::spec =
    describe_operation<EditTicket, run>("ticket.edit", Role::agent, Access::write, ticket_edit_fields);

}  // namespace gilir
