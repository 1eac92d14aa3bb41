#include "core/operations/ticket/edit.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/named_changes.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/likeness.h"
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

void check_edit(Context& context, const EditTicket& operation) {
  if (operation.title) require_text("title", *operation.title);
  if (operation.category) require_category(context.connection(), *operation.category);
  if (operation.server && !operation.server->empty()) get_server(context.connection(), *operation.server);
}

Ticket run(Context& context, const EditTicket& operation) {
  check_edit(context, operation);
  auto row = permit_change(context, operation.number, TicketVerb::edit).ticket;
  const auto before = row;
  auto edit = apply(row, operation);
  if (!edit.facts.title && !edit.facts.text && !edit.facts.changes) return leave_unchanged(context, std::move(row));
  edit.facts.ticket = row.number;
  edit.facts.internal = true;
  context.log(EventKind::ticket_edited, subjects_of_change(context, row), edit.facts);
  if (edit.facts.title || edit.facts.text) index_again(context, before, row);
  if (row.urgent != before.urgent) detach_urgency(context.connection(), row.number);
  update_filing(context.connection(), row);
  return store_change(context, std::move(row));
}

}  // namespace

const OperationSpec EditTicket::spec =
    describe_operation<EditTicket, run>("ticket.edit", Role::agent, Access::write, ticket_edit_fields);

}  // namespace gilir
