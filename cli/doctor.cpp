#include <algorithm>

#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/doctor/finding_words.h"
#include "cli/doctor/look.h"
#include "cli/output/output.h"
#include "cli/output/times.h"
#include "cli/output/wrap.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/health/desk_files.h"
#include "core/operations/desk/repair.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "deep", .about = N_("look up every ticket in the index of texts, not only some")},
    {.name = "fix", .about = N_("close the desk's directory to others first")},
    {.name = "head",
     .value = Value::required,
     .value_name = "NUMBER:HASH",
     .about = N_("a head of the log that was kept elsewhere; it must be in the log still")},
    {.name = "limit",
     .value = Value::required,
     .value_name = "D",
     .default_text = "5s",
     .about = N_("how long the desk's file, its log and its index are each read")},
    {.name = "repair-clock", .about = N_("the clock of this machine is right: the desk goes by it again (admins)")},
    {.name = "repair-index",
     .about = N_("make the index of texts anew from the tickets; work goes on meanwhile (admins)")},
    {.name = "repair-machine",
     .about = N_("this machine carries the desk from now on, which was copied away and back (admins)")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir doctor", .about = N_("what is wrong here, and what to do about it")},
    {.command = "gilir doctor --limit 10m --json", .about = N_("a large desk, looked at by a script")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 1, .about = N_("there is a problem; warnings alone exit with 0")}};

struct FindingView {
  Check check{};
  Health health{};
  Because because{};
  std::string subject;
  std::string fact;
  std::string message;
  std::string next;
};
BOOST_DESCRIBE_STRUCT(FindingView, (), (check, health, because, subject, fact, message, next))

constexpr auto fields = field_names<FindingView>;
constexpr Seconds usual_limit{5};
constexpr Seconds longest_limit{24 * 60 * 60};
constexpr std::size_t narrowest_text = 24;

void fix(CommandContext& context) {
  const auto directory = choose_desk(context.arguments, context.environment);
  if (!close_to_others(directory) || context.output.is_json()) return;
  context.output.note(phrase(_("{} is yours alone now."), directory));
}

// What only a person can know.
void repair(CommandContext& context, const RepairDesk& wanted) {
  const auto repaired = DeskSession(context).perform(wanted);
  if (context.output.is_json()) return;
  if (repaired.machine) context.output.note(_("This machine carries the desk from now on; deadlines start again."));
  if (repaired.clock) {
    context.output.note(phrase(_("The desk goes by this machine's clock again, {} from its own count."),
                               duration_words(std::chrono::abs(Milliseconds{Seconds{repaired.moved_s}}))));
  }
  if (repaired.index) context.output.note(_("The index of texts was thrown away, and is made anew."));
  if (!repaired.machine && !repaired.clock && !repaired.index) context.output.note(_("There was nothing to repair."));
}

std::vector<FindingView> look(CommandContext& context) {
  const auto limit = context.arguments.duration("limit").value_or(usual_limit);
  if (limit > longest_limit) throw usage_error(std::string_view(_("--limit takes at most 24h")));
  if (context.arguments.flag("fix")) fix(context);
  const RepairDesk wanted{context.arguments.flag("repair-machine"), context.arguments.flag("repair-clock"),
                          context.arguments.flag("repair-index")};
  if (wanted.machine || wanted.clock || wanted.index) repair(context, wanted);
  std::vector<FindingView> views;
  for (const auto& finding : look_around(context, limit)) {
    auto words = finding_words(finding);
    views.push_back({finding.check, finding.health, finding.because, finding.subject, finding.fact,
                     std::move(words.message), std::move(words.next)});
  }
  return views;
}

Span health_span(Health health) {
  const auto words = health_words(health);
  return health == Health::ok ? good(words) : health == Health::warning ? warning(words) : bad(words);
}

template <class Words>
std::size_t widest(const std::vector<FindingView>& views, Words&& words) {
  std::size_t width = 0;
  for (const auto& view : views) width = std::max(width, display_width(words(view)));
  return width;
}

// "warning  host keys  2 not pinned: …", with what to do below it; a table whose last column may have several
// lines.
void show(Output& output, const std::vector<FindingView>& views) {
  const auto health = [](const FindingView& view) { return health_words(view.health); };
  const auto check = [](const FindingView& view) { return check_words(view.check); };
  const auto pad = [](const std::string& text, std::size_t width) {
    return std::string(width - display_width(text) + 2, ' ');
  };
  const auto first = widest(views, health);
  const auto second = widest(views, check);
  const std::string margin(first + second + 4, ' ');
  const auto room = std::max(output.width(), margin.size() + narrowest_text) - margin.size();
  for (const auto& view : views) {
    const auto lines = wrapped(view.message, room);
    output.line(
        {health_span(view.health), pad(health(view), first), check(view), pad(check(view), second), lines.front()});
    for (std::size_t at = 1; at < lines.size(); ++at) output.line({margin, lines[at]});
    if (view.next.empty()) continue;
    for (const auto& line : wrapped(view.next, room)) output.line({margin, accent(line)});
  }
}

int run(CommandContext& context) {
  const auto views = look(context);
  const auto problems = static_cast<unsigned long>(std::ranges::count(views, Health::problem, &FindingView::health));
  if (!context.output.json(views)) {
    show(context.output, views);
    if (problems > 0)
      context.output.note(phrase(plural("gilir: {} problem.", "gilir: {} problems.", problems), problems));
  }
  return problems == 0 ? 0 : 1;
}

}  // namespace

extern constexpr CommandSpec doctor{
    .path = "doctor",
    .purpose = N_("Look whether the desk, its surroundings and gilir itself are well."),
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
