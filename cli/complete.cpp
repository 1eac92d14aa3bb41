// For the scripts of shells: what the word under the cursor can become. Each line is WORD TAB WHAT IT IS; a
// line whose WORD is empty asks the shell to offer its own "files", "directories" or "programs".
#include "cli/arguments.h"
#include "cli/completion/offers.h"
#include "cli/output/output.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir complete -- ticket show ''", .about = N_("the tickets of the desk")},
    {.command = "gilir complete -- lock acquire kan", .about = N_("the servers whose names start so")},
};

// Beyond this a list of candidates cannot be read any more.
constexpr std::size_t widest_about = 60;

struct OfferView {
  std::string word;
  std::string about;
};
BOOST_DESCRIBE_STRUCT(OfferView, (), (word, about))

constexpr auto fields = field_names<OfferView>;

std::string shortened(std::string_view text) {
  auto shown = printable_line(text);
  if (display_width(shown) <= widest_about) return shown;
  while (display_width(shown) > widest_about - 1) {
    do shown.pop_back();
    while (!is_utf8(shown));
  }
  return shown + "…";
}

std::string_view shell_words(ShellOffers shell) {
  switch (shell) {
    case ShellOffers::files:
      return "files";
    case ShellOffers::directories:
      return "directories";
    case ShellOffers::programs:
      return "programs";
    case ShellOffers::none:
      break;
  }
  return {};
}

// A person who presses a key must never read an error instead: what cannot be had is not offered.
Offers offers(CommandContext& context) {
  try {
    return offers_for(context, context.arguments.tail());
  } catch (const Error&) {
    return {};
  }
}

int run(CommandContext& context) {
  const auto found = offers(context);
  std::vector<OfferView> views;
  for (const auto& offer : found.offers) views.push_back({offer.word, shortened(offer.about)});
  if (const auto words = shell_words(found.shell); !words.empty()) views.push_back({"", std::string(words)});
  if (context.output.json(views)) return 0;
  std::string text;
  for (const auto& view : views) text.append(printable_line(view.word)).append("\t").append(view.about).append("\n");
  context.output.own_text(text);
  return 0;
}

}  // namespace

extern constexpr CommandSpec complete{
    .path = "complete",
    .purpose = N_("Say what an unfinished command line can go on with."),
    .examples = examples,
    .tail = Tail::after_dashes,
    .fields = fields,
    .hidden = true,
    .run = run,
};

}  // namespace gilir::cli::commands
