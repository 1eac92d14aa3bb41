// desk.show: the desk, who the caller is there, and what waits for him.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/ticket_view.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct OwnTicketView {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::optional<ServerName> server;
  bool urgent = false;
  WallTime updated{};
  std::optional<WallTime> next_news;
  WallTime created{};
  std::string reporter;
  // Why a colleague passed it up, until work on it begins.
  std::optional<EscalationView> escalation;
};
BOOST_DESCRIBE_STRUCT(OwnTicketView, (),
                      (number, title, status, server, urgent, updated, next_news, created, reporter, escalation))

// A ticket that somebody else works on, or nobody yet.
struct OthersTicketView {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::optional<AgentName> owner;
  std::optional<AgentName> assignee;
  bool urgent = false;
  std::optional<WallTime> next_news;
};
BOOST_DESCRIBE_STRUCT(OthersTicketView, (), (number, title, status, owner, assignee, urgent, next_news))

// A merge that somebody else made of a ticket of the caller's, or into one, and that they have not looked at yet.
struct MergeNewsView {
  TicketNumber number;
  TicketNumber into;
  AgentName by;
  WallTime at{};
  // Who works on `into`.
  std::optional<AgentName> assignee;
};
BOOST_DESCRIBE_STRUCT(MergeNewsView, (), (number, into, by, at, assignee))

// A ticket that is suspected to be the same as one of the caller's, until one is finished or somebody has decided.
struct TwinView {
  TicketNumber number;
  TicketNumber twin;
  std::string strength;
  std::vector<std::string> because;
  std::vector<duplicate::Reason> reasons;
  // Who works on the twin.
  std::optional<AgentName> assignee;
  // The twin's.
  std::string title;
};
BOOST_DESCRIBE_STRUCT(TwinView, (), (number, twin, strength, because, reasons, assignee, title))

struct DeskView {
  std::string name;
  AgentView agent;
  // The most pressing first, as ticket.next gives them; at most a screenful.
  std::vector<OwnTicketView> tickets;
  // Open tickets that the caller answers for and does not work on, in the same order; at most a screenful.
  std::vector<OthersTicketView> answers_for;
  // For supervisors: other agents' tickets whose promised news are overdue, the longest first; at most a screenful.
  std::vector<OthersTicketView> overdue;
  // The latest first.
  std::vector<MergeNewsView> merges;
  // Of the tickets shown: the strongest first, of those the newest pairs; at most a screenful, and how many more.
  std::vector<TwinView> twins;
  std::int64_t more_twins = 0;
};
BOOST_DESCRIBE_STRUCT(DeskView, (), (name, agent, tickets, answers_for, overdue, merges, twins, more_twins))

struct ShowDesk {
  using Result = DeskView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowDesk, (), ())

}  // namespace gilir
