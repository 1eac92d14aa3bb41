#include "cli/search_hints.h"

#include <algorithm>

#include "cli/output/shell_words.h"
#include "cli/output/translate.h"
#include "cli/ticket_numbers.h"
#include "core/base/text.h"
#include "core/operations/people/agent.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/server/show.h"

namespace gilir::cli {
namespace {

template <Operation Op>
bool is_known(DeskSession& desk, const Op& operation) {
  try {
    desk.perform(operation);
    return true;
  } catch (const Error& error) {
    // Known in several offices.
    return error.code() == ErrorCode::invalid && !error.detail("offices").empty();
  }
}

}  // namespace

Line list_hint(DeskSession& desk, const std::string& words) {
  if (const auto number = parse_ticket_number(words))
    return phrase(_("A ticket by its number: gilir ticket show {}"), number->value);
  if (is_name(words) && is_known(desk, ShowServer{ServerName{words}}))
    return phrase(_("{} is a server. Tickets about it: gilir ticket list --server {} --status all"), words, words);
  if (is_name(words) && is_known(desk, ShowAgent{AgentName{words}}))
    return phrase(_("{} is an agent. Their tickets: gilir ticket list --assignee {} --status all"), words, words);
  if (is_known(desk, ShowReporter{words, {}}))
    return phrase(_("{} is a reporter. Their tickets: gilir ticket list --reporter {} --status all"), words,
                  shell_word(words));
  return Line(_("Tickets by server, reporter or agent: gilir ticket list --server, --reporter or --assignee"));
}

std::string as_typed(std::string_view words) {
  std::string line;
  bool dashes = false;
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    const auto word = words.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    dashes = dashes || word.starts_with('-');
    line += (line.empty() ? "" : " ") + shell_word(word);
  }
  return dashes ? "-- " + line : line;
}

}  // namespace gilir::cli
