#include <algorithm>

#include "cli/arguments.h"
#include "cli/doctor/finding_words.h"
#include "cli/doctor/look.h"
#include "cli/output/output.h"
#include "cli/output/wrap.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "limit",
     .value = Value::required,
     .value_name = "D",
     .default_text = "5s",
     .about = N_("how long the desk's file and its log are each read")},
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

std::vector<FindingView> look(CommandContext& context) {
  const auto limit = context.arguments.duration("limit").value_or(usual_limit);
  if (limit > longest_limit) throw usage_error(std::string_view(_("--limit takes at most 24h")));
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
