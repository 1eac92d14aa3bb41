#include "cli/index_words.h"

#include <chrono>

#include "cli/output/output.h"
#include "cli/output/times.h"

namespace gilir::cli {
namespace {

constexpr Seconds between_words{2};
// Nobody wonders about so short a wait.
constexpr Seconds silent_wait{1};

}  // namespace

void tell_unfinished_index(Output& output, const std::optional<IndexProgress>& progress) {
  if (!progress) return;
  if (progress->damaged) {
    output.mark("index_damaged");
    output.note(
        warning(_("The index of texts is damaged: look-alikes and searches may miss some. An admin mends it with "
                  "gilir doctor --repair-index.")));
    return;
  }
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

std::function<void(const FreshPermit&)> waiting_teller(Output& output) {
  return [&output, from = std::optional<std::chrono::steady_clock::time_point>{},
          told = false](const FreshPermit& permit) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (!from) from = now;
    if (told || now - *from < silent_wait) return;
    told = true;
    output.note(phrase(_("This gilir is newer than the desk, and brings it up to date once the older one of {} at {} "
                         "(process {}) has renewed its lock: in {} at most."),
                       permit.agent, permit.server, permit.pid, duration_words(permit.left)));
    output.flush();
  };
}

std::function<void(IndexDamage)> index_damage_teller(Output& output) {
  return [&output](IndexDamage damage) {
    switch (damage) {
      case IndexDamage::stored_without:
        output.mark("index_damaged");
        output.note(
            warning(_("The index of texts is damaged, so this was stored without it: look-alikes and searches miss "
                      "it. An admin mends that with gilir doctor --repair-index.")));
        return;
      case IndexDamage::not_kept_up:
        output.mark("index_damaged");
        output.note(
            warning(_("This was stored, but the index of texts is damaged: look-alikes and searches may miss some. "
                      "An admin mends it with gilir doctor --repair-index.")));
        return;
      case IndexDamage::file_rewritten:
        output.note(
            _("The index of texts could not be taken apart and was thrown away. The desk's file is written anew "
              "without it; changes wait meanwhile."));
        output.flush();
        return;
    }
  };
}

}  // namespace gilir::cli
