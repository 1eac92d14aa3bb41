// Demands against a lease (core/lock/demand.h): how they are made, answered, fall due and end.
#pragma once

#include "core/lock/outcomes.h"
#include "core/lock/requests.h"
#include "core/lock/transition.h"

namespace gilir {

// Asked, LeaseOver, AskedAlready or RefusedLately. A hand-over to an agent who waits for that server is accepted at
// once.
Outcome ask_holder(Transition& t, const AskHolder& request);

// Applied, or NoDemand when no knock of his stands there for whose answer he stays.
Outcome keep_asking(Transition& t, const KeepAsking& request);

// Applied, or NoDemand when none stands that the holder may answer.
Outcome answer_demand(Transition& t, const AnswerDemand& request);

// Applied, or NoDemand when that demand or hold does not stand.
Outcome show_question(Transition& t, const QuestionShown& request);

// What silence means for a knock; of other demands it gives.
Silence silence_of(const Locks& locks, const Demand& demand);

// Applied, or NoDemand when no knock of his stands there.
Outcome withdraw_demand(Transition& t, const WithdrawDemand& request);

// The first half of taking a lease over, before its taker stands in line: nothing when it may go on.
// For a steal the demand is made, for a hand-over the cut is ordered.
std::optional<Outcome> begin_taking(Transition& t, const AgentName& taker, const ServerName& server,
                                    const TakeOver& taking);
// The second half: the steal is bound to the wait of its asker, or ends when he does not wait after all.
void bind_taking(Transition& t, const TakeOver& taking, std::optional<WaitId> wait);

// When something becomes of it though nobody does anything: its countdown ends, or its asker has gone.
BootTime due_of(const Demand& demand);
void fire_or_lapse(Transition& t, DemandId demand);

// True while a demand stands that will end the lease whatever its holder does.
bool is_ordered_to_end(const Locks& locks, LeaseId lease);

// Moves the place before all others.
void put_first(Locks& locks, PlaceId place);

}  // namespace gilir
