#include "core/operations/people/reporter.h"

#include <array>

#include "core/base/unseen.h"
#include "core/operations/describe_operation.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::array reporter_add_fields{
    FieldSpec{"name", "as people say it", max_name_bytes},
    FieldSpec{"office", "where they work; may be empty", max_name_bytes},
    FieldSpec{"contact", "how to reach them; may be empty", max_line_bytes},
};
constexpr std::array reporter_list_fields{
    FieldSpec{"after", "the last id of the page before", 0},
    FieldSpec{"limit", "how many reporters", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};

Reporter run(Context& context, const AddReporter& operation) {
  Reporter reporter{0, std::string(trimmed(operation.name)), std::string(trimmed(operation.office)),
                    std::string(trimmed(operation.contact))};
  if (shows_nothing(reporter.name)) throw invalid_field("name", "is empty");
  if (const auto known = find_reporter(context.connection(), reporter.name, reporter.office)) {
    throw Error(ErrorCode::exists).with("kind", "reporter").with("name", known->name).with("office", known->office);
  }
  reporter.office = known_office(context.connection(), reporter.office);
  reporter = add_reporter(context.connection(), std::move(reporter));
  const Subject who{SubjectKind::reporter, std::to_string(reporter.id)};
  context.log(EventKind::reporter_added, {who}, {.reporter = reporter.name, .office = reporter.office});
  return reporter;
}

ReporterPage run(Context& context, const ListReporters& operation) {
  ReporterPage page;
  page.reporters = all_reporters(context.connection(), operation.after, static_cast<std::size_t>(operation.limit) + 1);
  page.truncated = static_cast<std::int64_t>(page.reporters.size()) > operation.limit;
  if (page.truncated) page.reporters.pop_back();
  if (operation.count) page.total = context.connection().first<std::int64_t>("SELECT count(*) FROM reporter");
  return page;
}

}  // namespace

const OperationSpec AddReporter::spec =
    describe_operation<AddReporter, run>("reporter.add", Role::agent, Access::write, reporter_add_fields);
const OperationSpec ListReporters::spec =
    describe_operation<ListReporters, run>("reporter.list", Role::agent, Access::read, reporter_list_fields);

}  // namespace gilir
