// A ticket as people and scripts see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/duplicate/reason.h"
#include "core/event/event_facts.h"
#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct ReporterView {
  std::string name;
  std::string office;
};
BOOST_DESCRIBE_STRUCT(ReporterView, (), (name, office))

struct DuplicateView {
  TicketNumber number;
  // strong, likely or weak; none where the nearest are listed whatever they are.
  std::string strength;
  double score = 0;
  // In English, for scripts; `reasons` are the same as facts, to be put in words.
  std::vector<std::string> because;
  std::vector<duplicate::Reason> reasons;
  // As it stands, in whatever is shown.
  std::optional<TicketStatus> status = {};
};
BOOST_DESCRIBE_STRUCT(DuplicateView, (), (number, strength, score, because, reasons, status))

// Why it was passed up, for whoever has it now.
struct EscalationView {
  WallTime at{};
  AgentName by;
  int from_tier = 1;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(EscalationView, (), (at, by, from_tier, reason))

struct Ticket {
  TicketNumber number;
  std::string title;
  std::string body;
  TicketStatus status{};
  std::string category;
  ReporterView reporter;
  std::optional<ServerName> server;
  std::optional<AgentName> owner;
  std::optional<AgentName> assignee;
  int tier = 1;
  bool urgent = false;
  WallTime created{};
  WallTime updated{};
  std::optional<WallTime> next_news;
  // The reporters who ask for the answer, the first of them; and how many there are.
  std::vector<VoiceFacts> voices;
  std::int64_t voice_count = 1;
  std::optional<TicketNumber> merged_into;
  std::int64_t version = 1;
  // When a ticket that is put aside comes back by itself.
  std::optional<WallTime> postponed_until;
  // Until when a claim stands without any work.
  std::optional<WallTime> claimed_until;
  // The last time that it went up.
  std::optional<EscalationView> escalation;
  // The look-alikes found when it was filed, and newer tickets that are suspected to be the same.
  std::vector<DuplicateView> duplicates;
};
BOOST_DESCRIBE_STRUCT(Ticket, (),
                      (number, title, body, status, category, reporter, server, owner, assignee, tier, urgent, created,
                       updated, next_news, voices, voice_count, merged_into, version, postponed_until, claimed_until,
                       escalation, duplicates))

// As it stands now, what fell due included.
Ticket ticket_view(Context& context, const TicketRow& row);
std::optional<EscalationView> escalation_of(Context& context, TicketNumber ticket);
ReporterView reporter_view(Context& context, std::int64_t reporter);
DuplicateView duplicate_view(TicketNumber number, std::string strength, double score,
                             std::vector<duplicate::Reason> reasons);
DuplicateView duplicate_view(TicketNumber number, std::string strength, double score, const RawJson& because);
// The look-alikes found when `ticket` was filed, as they were stored then.
std::vector<DuplicateView> stored_duplicates(Context& context, TicketNumber ticket);
void store_duplicates(Context& context, TicketNumber ticket, const std::vector<DuplicateView>& duplicates);

}  // namespace gilir
