#include "cli/help_topics.h"

#include <algorithm>

#include "cli/exit_codes.h"
#include "cli/help_page.h"
#include "cli/output/output.h"
#include "cli/output/translate.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr HelpTopic topics[] = {
    {"agent",
     N_("Somebody who works on tickets. An agent belongs to one tier, is present or away, and gets tickets by turn "
        "while present.")},
    {"assignee",
     N_("Who works on a ticket now. The assignee changes when a ticket is passed on or escalated; the owner, who "
        "answers to the reporter, stays.")},
    {"break",
     N_("To end somebody else's lock so that the next in line gets the server. It needs a reason, and the holder is "
        "warned half a minute before.")},
    {"desk",
     N_("One help desk's tickets, agents, servers and rules: a directory of this machine. --desk or $GILIR_DESK "
        "names it, else your config does.")},
    {"duplicate", N_("A ticket that tells of what another one tells already. gilir ticket duplicates shows what looks "
                     "like a ticket, "
                     "ticket merge makes them one, ticket distinct keeps them apart.")},
    {"hand over",
     N_("To give a server that you have to a named agent, with your tickets there. It stays yours until they accept "
        "it.")},
    {"hold",
     N_("One reason why an agent has a server: a running ssh or with, or a lock taken for a time. The server is given "
        "back with the last of them.")},
    {"knock",
     N_("To ask whoever has a server to let it go. They keep it, give it, or hand it over; what silence means stands "
        "in gilir lock knock --help.")},
    {"lease",
     N_("The right of one agent to have a server, from the first reason for it to the last. Its number tells one lock "
        "from the next when somebody breaks or steals it.")},
    {"level", N_("How strong a server's lock is: what stops an agent without it. Cooperative means gilir itself: "
                 "nobody gets in through gilir without the lock.")},
    {"line",
     N_("Who waits for a server, first come, first served. Who waits keeps a place while the waiting command runs.")},
    {"lock", N_("The right to be alone on a server. gilir ssh and gilir with take it, and give it back at their end; "
                "gilir lock "
                "acquire takes it for a time.")},
    {"lock-delay",
     N_("How long a server stays shut after a session that is not known to be over, so that the next does not meet it: "
        "half the term, and 5 s at least, unless server add says otherwise.")},
    {"login",
     N_("A session that a server lets stand. Many office servers stand one: the next login throws the one before out. "
        "--logins of server add says how many.")},
    {"merge",
     N_("To make several tickets one. Every number, reporter and receipt lives on, and one answer is for all of them; "
        "who waited for the same server need not wait any more.")},
    {"next news",
     N_("The promise to a ticket's reporters when they will hear something, made with --next-news. A reply keeps it; "
        "a promise that is broken shows in red and comes first.")},
    {"offer", N_("The turn of the first in line when a server becomes free. Their waiting command takes it up by "
                 "itself; when it "
                 "does not in time, the turn goes on.")},
    {"owner",
     N_("The agent who answers to a ticket's reporters from its start to its end, also while others work on it.")},
    {"permit",
     N_("Leave for a running session to go on for one term. It renews itself; where it cannot, the session is cut "
        "before the permit ends.")},
    {"place", N_("Where somebody stands in a server's line. It lasts while the waiting command runs.")},
    {"reporter",
     N_("Who files tickets: a name, an office and how to reach them. Several reporters of one ticket are its voices, "
        "and all get its answer.")},
    {"request id",
     N_("A name for one change, given with --request-id. The same change under the same name is done once, however "
        "often it is sent.")},
    {"seat", N_("Room for one agent on a server. A server has one unless server add --seats says otherwise; who has "
                "it, has the "
                "lock.")},
    {"server",
     N_("A machine that agents log in to. It lets in one agent at a time unless it has more seats; its host key is "
        "pinned on the desk.")},
    {"session",
     N_("One connection to a server, or one program under gilir with, opened while its agent has the lock.")},
    {"steal",
     N_("To take a server over from somebody else, before everybody in line. It needs a reason, and the holder is "
        "warned half a minute before.")},
    {"term",
     N_("How long a session's permit lasts without being renewed: a minute unless server add --term says otherwise.")},
    {"ticket", N_("One complaint. Its number never changes and never disappears, whatever it is merged into.")},
    {"tier", N_("A row of agents, from 1 to 9. A ticket begins in tier 1 and is passed up by escalating it.")},
    {"token",
     N_("A number that rises with every lock of a server and is never used twice. A target that remembers the highest "
        "can refuse what comes from an older lock: $GILIR_TOKEN.")},
    {"turn",
     N_("Whose it is to get a tier's next ticket. It goes round the agents who are present; what is almost surely "
        "the same as an open ticket goes to who has that one, and costs nobody a turn.")},
    {"voice", N_("A further reporter of the same complaint: one more who gets the answer.")},
};

// What the page on locks explains together, in the order in which one needs the other.
constexpr std::string_view of_locks[] = {"seat", "login", "lease",      "hold",  "permit",
                                         "term", "offer", "lock-delay", "token", "level"};

constexpr LockPromise promises[] = {
    {N_("always"),
     N_("Two agents who use gilir are never let in at once. A server goes on at once only when the session before is "
        "known to be over: its exit status was seen, or gilir ended what ran there and saw nothing left. Else the "
        "permit "
        "and the lock-delay run out first. That holds for release, break, steal and hand-over alike.")},
    {N_("confirmed"),
     N_("At a server where gilir server check says so, a session that is ended (Ctrl-C, break, a granted knock, a "
        "hand-over) has every process of it ended there, and seen to be, before the next comes in. Where its holder is "
        "killed or stopped the same is done, and permit and lock-delay pass first. A holder that is killed within the "
        "first tens of milliseconds, before the server has answered, leaves its command running: there only that time "
        "counts.")},
    {N_("not confirmed"),
     N_("At any other server, and at one that forces a command, is Windows or hides its processes: a session that ends "
        "without its exit status keeps the server shut for the lock-delay. What ran there may still run then.")},
    {N_("not covered"),
     N_("Who goes to the server without gilir; a network that parts holder and server; a virtual machine that is "
        "paused "
        "or restored; a session and its guardian stopped at once; what has left its session (a daemon, tmux), or was "
        "left behind it with an exit status.")},
};

std::string in_one_form(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : " ").append(ascii_lower(word));
  return text;
}

bool is_named(std::string_view word, std::string text) {
  if (text == word) return true;
  std::ranges::replace(text, '-', ' ');
  std::string plain(word);
  std::ranges::replace(plain, '-', ' ');
  return text == plain || text == plain + "s";
}

}  // namespace

std::span<const HelpTopic> help_topics() {
  return topics;
}

std::vector<HelpTopic> topics_of_locks() {
  std::vector<HelpTopic> found;
  for (const auto& word : of_locks) found.push_back(*find_topic({std::string(word)}));
  return found;
}

std::span<const LockPromise> lock_promises() {
  return promises;
}

const HelpTopic* find_topic(const std::vector<std::string>& words) {
  const auto text = in_one_form(words);
  const auto found = std::ranges::find_if(topics, [&](const HelpTopic& one) { return is_named(one.word, text); });
  return found == std::end(topics) ? nullptr : &*found;
}

bool asks_for_exit_codes(const std::vector<std::string>& words) {
  const auto text = in_one_form(words);
  return is_named("exit code", text) || is_named("exit status", text);
}

void show_topic(Output& output, const HelpTopic& topic) {
  show_paragraph(output, _(topic.about));
  if (std::ranges::find(of_locks, topic.word) != std::end(of_locks)) show_paragraph(output, _("See gilir help locks."));
}

void show_words(Output& output) {
  std::vector<HelpEntry> entries;
  for (const auto& topic : topics) entries.push_back({std::string(topic.word), _(topic.about)});
  show_paragraph(output, _("What the words of a desk mean; gilir help WORD explains one."));
  output.line();
  show_entries(output, entries);
}

void show_exit_codes(Output& output) {
  show_paragraph(output,
                 _("How gilir ends, for scripts. gilir ssh and gilir with end with the status of what ran, unless "
                   "the lock was lost (76); --outcome says which it was. A command's --help names what is "
                   "special with it."));
  output.line();
  std::vector<HelpEntry> entries;
  for (const auto& [code, about] : exit_code_meanings()) entries.push_back({std::string(code), _(about)});
  show_entries(output, entries);
}

void show_locks_page(Output& output) {
  show_paragraph(
      output, _("A server lets in one agent at a time. Who takes its lock goes in; the others stand in line (--wait), "
                "knock, or are told who has it (exit code 75). gilir lock show SERVER says how it stands, and with "
                "--details the numbers behind it. Their words are:"));
  output.line();
  std::vector<HelpEntry> entries;
  for (const auto& topic : topics_of_locks()) entries.push_back({std::string(topic.word), _(topic.about)});
  show_entries(output, entries);
  output.line();
  output.line(heading(_("What is promised")));
  entries.clear();
  for (const auto& promise : promises) entries.push_back({_(promise.target), _(promise.about)});
  show_entries(output, entries);
  output.line();
  show_paragraph(output, _("The 30 seconds of a knock, and what silence means: gilir lock knock --help."));
}

}  // namespace gilir::cli
