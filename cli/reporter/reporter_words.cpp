#include "cli/reporter/reporter_words.h"

#include "cli/output/translate.h"

namespace gilir::cli {

void show_reporter(Output& output, const ReporterDetails& reporter) {
  output.line(bold(reporter.name));
  output.facts({{_("office"), reporter.office},
                {_("contact"), reporter.contact},
                {_("open tickets"), std::to_string(reporter.open_tickets)}});
}

}  // namespace gilir::cli
