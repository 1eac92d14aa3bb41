#include "cli/help_topics.h"

#include <algorithm>

#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

// Three lines of a page at most, each.
constexpr HelpTopic topics[] = {
    {.word = "agent",
     .about = N_("Somebody who works on tickets. An agent belongs to one tier and takes turns there while present; "
                 "one who is away gets nothing new and keeps the place in the turn.")},
    {.word = "assignee", .about = N_("The agent who works on a ticket now. The owner may be somebody else.")},
    {.word = "break",
     .about = N_("To free a server that somebody else holds, for whoever is next in line. It needs a reason; the "
                 "holder has half a minute to finish.")},
    {.word = "desk",
     .about = N_("One help desk: its tickets, people, servers, rules and history, all in one directory. --desk, "
                 "$GILIR_DESK or your config says which one is yours.")},
    {.word = "hand-over",
     .about = N_("To give a server that you hold to a colleague, with your tickets there. It is the colleague's once "
                 "accepted; until then you keep it.")},
    {.word = "hold",
     .about =
         N_("One reason why a lease lives: a kept hold is a running gilir ssh or gilir with, which renews itself; a "
            "timed one is what gilir lock acquire makes. The lease ends with its last hold."),
     .is_of_locks = true},
    {.word = "knock",
     .about =
         N_("To ask the holder of a server to let it go. The holder sees the reason and can keep it, hand it over or "
            "let it go. gilir lock knock --help says what silence means.")},
    {.word = "lease",
     .about = N_("What a lock gives to one agent: the use of a server, under one token, until its last hold ends. Its "
                 "number names it to gilir lock break and gilir lock steal."),
     .is_of_locks = true},
    {.word = "level",
     .about = N_("How strong a server's lock is: cooperative keeps everybody apart who logs in through gilir."),
     .is_of_locks = true},
    {.word = "line",
     .about = N_("Who waits for a server, first come, first served. --wait stands in line; when it is your turn, your "
                 "command runs by itself.")},
    {.word = "lock",
     .about =
         N_("What keeps a server for one agent at a time. gilir ssh and gilir with take it by themselves and give it "
            "back. gilir help locks says what it promises.")},
    {.word = "lock-delay",
     .about =
         N_("How long a server stays kept after its holder was lost without a word, because what ran there may still "
            "run. Its length is half the term unless the server says otherwise."),
     .is_of_locks = true},
    {.word = "login",
     .about =
         N_("One session at a server. How many of them one agent may have there at once is the server's --logins."),
     .is_of_locks = true},
    {.word = "merge",
     .about =
         N_("To make several tickets one. Every number, reporter and receipt lives on; one answer reaches all, and "
            "gilir ticket unmerge takes it back.")},
    {.word = "next-news",
     .about = N_("When the reporter was promised to hear more. Promise it with a reply; a promise that is not kept is "
                 "shown as overdue.")},
    {.word = "offer",
     .about = N_("A place in line whose turn has come. The waiting command takes it up by itself; an offer that nobody "
                 "takes up goes to the next in line."),
     .is_of_locks = true},
    {.word = "owner", .about = N_("The agent who answers to a ticket's reporter, whoever works on it now.")},
    {.word = "permit",
     .about =
         N_("For how long a session may go on without hearing from the desk. It is renewed all the time; a session "
            "whose permit runs out is cut before somebody else gets in."),
     .is_of_locks = true},
    {.word = "place",
     .about = N_("An agent's position in a server's line. It lasts as long as the command that waits."),
     .is_of_locks = true},
    {.word = "reporter",
     .about = N_("Whoever filed a ticket, or asked for its answer too: a name, an office, and how to reach them.")},
    {.word = "seat",
     .about = N_("Room for one agent at a server. Most have one; --seats says how many agents may be in at once."),
     .is_of_locks = true},
    {.word = "server",
     .about =
         N_("A machine that agents log in to. It lets in one agent at a time, unless it was added with more seats.")},
    {.word = "session",
     .about = N_("One connection or program that runs under a server's lock: a gilir ssh or a gilir with.")},
    {.word = "steal",
     .about = N_("To take a server over from somebody else, before the line. It needs a reason; the holder has half a "
                 "minute to finish.")},
    {.word = "term",
     .about = N_("How long a permit lasts without renewal: the server's --term, 1 minute unless given."),
     .is_of_locks = true},
    {.word = "ticket",
     .about = N_("One complaint, with a number that never changes or disappears, whatever becomes of it.")},
    {.word = "tier",
     .about =
         N_("A line of support, 1 to 9. A ticket begins at one and is escalated to the next; each tier has a turn of "
            "its own.")},
    {.word = "token",
     .about =
         N_("A number that rises with every lease of a server and is never used again. Programs under gilir with find "
            "it in GILIR_TOKEN: who sees a higher one knows that the lower one is over (a fencing token)."),
     .is_of_locks = true},
    {.word = "turn",
     .about =
         N_("Whose it is to get the tier's next ticket. It goes round those who are present; gilir agent list shows "
            "it.")},
    {.word = "unit",
     .about = N_("Somebody outside the desk whom a ticket waits for: gilir ticket postpone N --for unit.")},
    {.word = "voice", .about = N_("One more reporter of a ticket, who gets its answer too.")},
};

constexpr const char* about_locks[] = {
    N_("A server lets in one agent at a time. gilir ssh and gilir with take its lock before anything connects, keep it "
       "while the session runs, and give it back when it is over. Whoever comes second is told who holds it, for which "
       "ticket and why it may be the same problem, and can merge, wait in line, watch, or knock."),
    N_("A lock keeps apart everybody who logs in through gilir: who works, leaves, is killed, or is stopped. It does "
       "not "
       "stop somebody who types plain ssh."),
};

constexpr HelpSection sections[] = {
    {.paragraphs = about_locks},
};

}  // namespace

std::span<const HelpTopic> help_topics() {
  return topics;
}

const HelpTopic* find_topic(std::string_view word) {
  const auto found = std::ranges::find_if(topics, [&](const HelpTopic& topic) {
    return std::ranges::equal(topic.word, word,
                              [](char own, char given) { return own == given || (own == '-' && given == ' '); });
  });
  return found == std::end(topics) ? nullptr : &*found;
}

std::span<const HelpSection> lock_sections() {
  return sections;
}

}  // namespace gilir::cli
