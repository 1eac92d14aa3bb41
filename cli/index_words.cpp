#include "cli/index_words.h"

#include <chrono>

#include "cli/output/output.h"

namespace gilir::cli {
namespace {

constexpr Seconds between_words{2};

}  // namespace

void tell_unfinished_index(Output& output, const std::optional<IndexProgress>& progress) {
  if (!progress) return;
  output.mark("indexing");
  output.note(warning(plain_text(phrase(
      _("The index knows {} of {} tickets yet: look-alikes and searches may miss some. gilir tick builds the rest."),
      progress->indexed, progress->tickets))));
}

std::function<void(const IndexProgress&)> indexing_teller(Output& output) {
  return [&output, next = std::chrono::steady_clock::time_point{}](const IndexProgress& progress) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (!output.options().stderr_terminal || now < next) return;
    next = now + between_words;
    output.note(phrase(_("Building the index of texts: {} of {} tickets."), progress.indexed, progress.tickets));
    output.flush();
  };
}

}  // namespace gilir::cli
