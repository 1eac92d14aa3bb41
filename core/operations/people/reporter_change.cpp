#include "core/operations/people/reporter_change.h"

#include <algorithm>
#include <array>

#include "core/base/name_key.h"
#include "core/base/unseen.h"
#include "core/operations/describe_operation.h"
#include "core/operations/named_changes.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array people_show_fields{
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

constexpr std::array near_fields{
    FieldSpec{"name", "as it was given", max_name_bytes},
    FieldSpec{"office", "as it was given", max_name_bytes},
};
constexpr std::array merge_fields{
    FieldSpec{"name", "the reporter who becomes another", max_name_bytes},
    FieldSpec{"office", "that reporter's office, when the name is known in several", max_name_bytes},
    FieldSpec{"into", "the reporter who stays", max_name_bytes},
    FieldSpec{"into_office", "that reporter's office, when the name is known in several", max_name_bytes},
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
  if (shows_nothing(reporter.name)) throw invalid_field("name", "is empty");
  const auto namesake = find_reporter(context.connection(), reporter.name, reporter.office);
  if (namesake && namesake->id != reporter.id) {
    throw Error(ErrorCode::exists).with("kind", "reporter").with("name", reporter.name).with("office", reporter.office);
  }
  update_reporter(context.connection(), reporter);
  context.log(EventKind::reporter_edited, {{SubjectKind::reporter, std::to_string(reporter.id)}},
              {.reporter = reporter.name, .office = reporter.office, .changes = changes.text()});
  return details(context, reporter);
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

bool is_near(const std::string& one, const std::string& other) {
  const auto key = name_key(one);
  const auto other_key = name_key(other);
  return key == other_key || (digits_of(key) == digits_of(other_key) && !near_names(key, {other_key}).empty());
}

NearReporters run(Context& context, const FindNearReporters& operation) {
  constexpr std::size_t most_looked_at = 1000;
  constexpr std::size_t most_shown = 3;
  NearReporters near;
  const std::string name(trimmed(operation.name));
  const std::string office(trimmed(operation.office));
  auto& connection = context.connection();
  if (name.empty() || find_reporter(connection, name, office)) return near;
  const auto consider = [&](const Reporter& one) {
    if (near.reporters.size() == most_shown || !is_near(name, one.name) || !is_near(office, one.office)) return;
    if (std::ranges::find(near.reporters, one.id, &Reporter::id) == near.reporters.end()) near.reporters.push_back(one);
  };
  for (const auto& one : reporters_of_office(connection, office, most_looked_at)) consider(one);
  for (const auto& one : reporters_named(connection, name)) consider(one);
  return near;
}

MergedReporter run(Context& context, const MergeReporter& operation) {
  auto& connection = context.connection();
  const auto from = known_reporter(context, operation.name, operation.office);
  auto to = known_reporter(context, operation.into, operation.into_office, "into_office");
  if (from.id == to.id) {
    throw invalid_field("into", "is the same reporter");
  }
  give_to_reporter(connection, from.id, to.id);
  merge_reporter(connection, from, to);
  if (to.contact.empty() && !from.contact.empty()) {
    to.contact = from.contact;
    update_reporter(connection, to);
  }
  const auto was = from.office.empty() ? from.name : from.name + " (" + from.office + ")";
  context.log(EventKind::reporter_edited,
              {{SubjectKind::reporter, std::to_string(from.id)}, {SubjectKind::reporter, std::to_string(to.id)}},
              {.reporter = to.name, .office = to.office, .changes = "merged=" + was});
  MergedReporter merged;
  static_cast<ReporterDetails&>(merged) = details(context, to);
  merged.merged_name = from.name;
  merged.merged_office = from.office;
  return merged;
}

}  // namespace

const OperationSpec FindNearReporters::spec =
    describe_operation<FindNearReporters, run>("reporter.near", Role::agent, Access::read, near_fields);
const OperationSpec MergeReporter::spec =
    describe_operation<MergeReporter, run>("reporter.merge", Role::supervisor, Access::write, merge_fields);
const OperationSpec ShowReporter::spec =
    describe_operation<ShowReporter, run>("reporter.show", Role::agent, Access::read, people_show_fields);
const OperationSpec EditReporter::spec =
    describe_operation<EditReporter, run>("reporter.edit", Role::agent, Access::write, edit_fields);

}  // namespace gilir
