#include "core/operations/people/reporter_change.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/named_changes.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

constexpr std::array show_fields{
    FieldSpec{"name", "the reporter", max_name_bytes},
    FieldSpec{"office", "the office, when the name is known in several", max_name_bytes},
};
constexpr std::array edit_fields{
    FieldSpec{"name", "the reporter", max_name_bytes},
    FieldSpec{"office", "the office, when the name is known in several", max_name_bytes},
    FieldSpec{"new_name", "the name from now on", max_name_bytes},
    FieldSpec{"new_office", "the office from now on; may be empty", max_name_bytes},
    FieldSpec{"contact", "how to reach them; may be empty", max_line_bytes},
};

ReporterDetails details(Context& context, const Reporter& reporter) {
  ReporterDetails found;
  static_cast<Reporter&>(found) = reporter;
  TicketFilter filter;
  filter.statuses.assign(open_statuses().begin(), open_statuses().end());
  filter.reporters = std::vector{reporter.id};
  found.open_tickets = count_tickets(context.connection(), filter);
  return found;
}

ReporterDetails run(Context& context, const ShowReporter& operation) {
  return details(context, known_reporter(context, operation.name, operation.office));
}

std::optional<std::string> plain(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return std::string(trimmed(*text));
}

ReporterDetails run(Context& context, const EditReporter& operation) {
  auto reporter = known_reporter(context, operation.name, operation.office);
  NamedChanges changes;
  changes.apply("name", reporter.name, plain(operation.new_name));
  changes.apply("office", reporter.office, plain(operation.new_office));
  changes.apply("contact", reporter.contact, plain(operation.contact));
  if (changes.text().empty()) return details(context, reporter);
  if (reporter.name.empty()) throw Error(ErrorCode::invalid).with("field", "name").with("problem", "is empty");
  const auto namesake = find_reporter(context.connection(), reporter.name, reporter.office);
  if (namesake && namesake->id != reporter.id) {
    throw Error(ErrorCode::exists).with("kind", "reporter").with("name", reporter.name).with("office", reporter.office);
  }
  update_reporter(context.connection(), reporter);
  context.log(EventKind::reporter_edited, {{SubjectKind::reporter, std::to_string(reporter.id)}},
              {.reporter = reporter.name, .office = reporter.office, .changes = changes.text()});
  return details(context, reporter);
}

}  // namespace

const OperationSpec ShowReporter::spec =
    describe_operation<ShowReporter, run>("reporter.show", Role::agent, Access::read, show_fields);
const OperationSpec EditReporter::spec =
    describe_operation<EditReporter, run>("reporter.edit", Role::agent, Access::write, edit_fields);

}  // namespace gilir
