// Looks at a whole desk and says what may never be: the rules that hold whatever was done to its tickets. Every view
// is reckoned again from the tickets as they are shown one by one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/desk/local_desk.h"
#include "core/people/people.h"
#include "core/ticket/ticket.h"

namespace gilir {

class DeskJudge {
 public:
  // `database`: the desk's file, read past the desk's own door.
  DeskJudge(LocalDesk& desk, const std::string& database);

  struct Look {
    std::map<TicketNumber, TicketRow> tickets;
    std::vector<Agent> agents;
    EventNumber last_event;
    // Every row of every table.
    std::map<std::string, std::string> tables;
  };
  Look look();
  TicketRow row(TicketNumber number);

  // Nothing was stored.
  void expect_same(const Look& before, const Look& after);
  // A change of `caller`'s: every ticket that differs has a higher version and an event that tells of it, none is
  // gone, and each still has the owner that it had, unless he has left.
  void expect_told(const Look& before, const Look& after, const OperationSpec& change);
  // But for versions and what time the target was changed, the desk is what it was before a merge that was taken back.
  void expect_restored(const Look& before, const Look& after, TicketNumber target);
  // Each ticket by itself, the turns, and all views of both.
  void expect_sound(WallTime now);
  // What is seen now is what is stored when time is let pass.
  void expect_settled_view(WallTime now);
  // The log is one chain, and the index of words has what the tickets say.
  void expect_whole_records();

 private:
  void expect_sound_ticket(const Look& seen, const TicketRow& ticket);
  void expect_nobody_waits_for_present_agents(const Look& seen);
  void expect_lists_agree();
  void expect_agents_agree();
  void expect_search_agrees();
  void expect_index_agrees();
  void expect_next_agrees(WallTime now);
  // What an agent's home shows of tickets that others work on is what the lists say.
  void expect_homes_agree(WallTime now);
  // Whether a promise counts as told is what the log says.
  void expect_promises_told();
  // Everything that is seen, by name.
  std::map<std::string, std::string> views();

  LocalDesk& desk_;
  store::Connection rows_;
};

}  // namespace gilir
