// Random filings, merges, chains, unmerges, replies, notes, voices and edits against a model of who belongs
// together, who heard what, and what each ticket would be had the merges that were taken back never happened.
#include <map>
#include <random>
#include <set>

#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/publicity.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/unmerge.h"
#include "core/operations/ticket/voice.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/ticket_table.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

constexpr int steps = 250;
constexpr std::size_t most_tickets = 25;

// What happened to a ticket's urgency and promise, in order: a value of its own, a reply that kept the promise, or a
// part that joined it.
struct Happened {
  std::optional<TicketNumber> part = {};
  std::optional<WallTime> promise = {};
  bool kept = false;
  std::optional<bool> urgent = {};
};

struct Known {
  std::string title;
  std::string reporter;
  std::optional<TicketNumber> merged_into;
  std::set<std::string> notes;    // written on this ticket
  std::set<std::string> replies;  // told to its reporter
  std::set<std::string> voices;   // added to this ticket
  std::vector<Happened> happened;
  std::string before_merge;  // its row then
};

class MergeProperty : public TicketDesk {
 protected:
  MergeProperty() : rows_({directory_.file("desk/desk.db"), false, nullptr}) {
    add_agent(sari);
    add_agent(dewi);
  }

  Milliseconds promise() { return Seconds{100 + chance_() % 1000}; }
  TicketNumber any() { return {1 + static_cast<std::int64_t>(chance_() % known_.size())}; }
  TicketNumber end_of(TicketNumber number) const {
    for (std::size_t length = 0; length <= known_.size(); ++length) {
      const auto& into = known_.at(number).merged_into;
      if (!into) return number;
      number = *into;
    }
    ADD_FAILURE() << "a loop";
    return number;
  }
  std::set<TicketNumber> group_of(TicketNumber end) const {
    std::set<TicketNumber> group;
    for (const auto& [number, ticket] : known_) {
      if (end_of(number) == end) group.insert(number);
    }
    return group;
  }
  TicketRow row(TicketNumber number) { return get_ticket(rows_, number); }

  void file_one() {
    static constexpr const char* reporters[] = {"Ani", "Budi", "Citra", "Dodi"};
    const std::string reporter = reporters[chance_() % 4];
    const auto ticket = file_unlike(reporter, "kantor-" + std::to_string(reporter.size()));
    Known known;
    known.title = ticket.title;
    known.reporter = reporter;
    known_[ticket.number] = known;
    if (chance_() % 3 == 0) tell(ticket.number, promise());
  }
  void tell(TicketNumber number, std::optional<Milliseconds> promise = {}) {
    const auto text = "reply " + std::to_string(++texts_);
    // No two promises are the same, so that a later one can always be told from an earlier one.
    if (promise) *promise += Milliseconds{texts_};
    as(sari, ReplyToTicket{number, text, promise});
    auto& happened = known_[end_of(number)].happened;
    if (promise)
      happened.push_back({.promise = clock_.now().wall + *promise});
    else
      happened.push_back({.kept = true});
    for (const auto part : group_of(end_of(number))) known_[part].replies.insert(text);
  }
  void write_note(TicketNumber number) {
    const auto text = "note " + std::to_string(++texts_);
    as(dewi, NoteOnTicket{number, text});
    known_[end_of(number)].notes.insert(text);
  }
  void add_voice_to(TicketNumber number) {
    const std::string reporter = "Voice " + std::to_string(chance_() % 4);
    as(sari, AddVoice{number, reporter, "kantor-9"});
    const auto end = end_of(number);
    if (!voices_in(group_of(end)).contains(reporter)) known_[end].voices.insert(reporter);
  }
  void set_urgency(TicketNumber number) {
    const auto end = end_of(number);
    const bool urgent = chance_() % 2 == 0;
    as(sari, EditTicket{.number = number, .urgent = urgent});
    if (urgency_of(end) != urgent) known_[end].happened.push_back({.urgent = urgent});
  }
  void unmerge_one(TicketNumber number) {
    auto& ticket = known_[number];
    if (!ticket.merged_into) {
      expect_error(ErrorCode::wrong_state, [&] { as(sari, UnmergeTicket{number}); });
      return;
    }
    std::erase_if(known_[*ticket.merged_into].happened, [&](const Happened& one) { return one.part == number; });
    ticket.merged_into.reset();
    as(sari, UnmergeTicket{number});
    EXPECT_EQ(fixed_part(row(number)), ticket.before_merge);
  }

  // What no merge or unmerge of others changes in a ticket that is itself merged.
  static std::string fixed_part(TicketRow row) {
    row.version = 0;
    row.urgent = false;
    row.next_news.reset();
    return to_json(row);
  }
  bool urgency_of(TicketNumber number) const {
    bool urgent = false;
    for (const auto& one : known_.at(number).happened) {
      if (one.part) urgent = urgent || urgency_of(*one.part);
      if (one.urgent) urgent = *one.urgent;
    }
    return urgent;
  }
  std::optional<WallTime> promise_of(TicketNumber number) const {
    std::optional<WallTime> promise;
    for (const auto& one : known_.at(number).happened) {
      if (one.promise || one.kept) promise = one.promise;
      const auto joining = one.part ? promise_of(*one.part) : std::nullopt;
      if (joining) promise = promise ? std::min(*promise, *joining) : *joining;
    }
    return promise;
  }
  std::set<std::string> voices_in(const std::set<TicketNumber>& group) const {
    std::set<std::string> voices;
    for (const auto part : group) {
      voices.insert(known_.at(part).reporter);
      voices.insert(known_.at(part).voices.begin(), known_.at(part).voices.end());
    }
    return voices;
  }

  void merge_two(TicketNumber number, TicketNumber into) {
    const auto source = end_of(number);
    const auto target = end_of(into);
    if (source == target) {
      thrown_by([&] { merge({number}, into, true); });
      return;
    }
    if (known_[source].reporter != known_[target].reporter) {
      expect_error(ErrorCode::cross_reporter, [&] { merge({number}, into); });
    }
    const auto before = row(source);
    const auto target_before = row(target);
    const auto voices_before = voices_of(rows_, target);
    const auto moved = group_of(source);
    merge({number}, into, true);
    known_[source].merged_into = target;
    known_[source].before_merge = fixed_part(before);
    known_[target].happened.push_back({.part = source});
    expect_record_restores(before, target_before);
    expect_voices_of_others(target, moved, voices_before);
  }

  void expect_record_restores(const TicketRow& before, const TicketRow& target_before) {
    const auto record = rows_.first<MergeRecord>(
        "SELECT " + store::columns<MergeRecord>() + " FROM merge WHERE source = $1 ORDER BY id DESC LIMIT 1",
        before.number);
    ASSERT_TRUE(record);
    auto restored = row(before.number);
    restored.status = record->source_status;
    restored.assignee = record->source_assignee;
    restored.owner = record->source_owner;
    restored.tier = record->source_tier;
    restored.next_news = record->source_next_news;
    restored.updated = record->source_updated;
    restored.merged_into.reset();
    restored.version = before.version;
    EXPECT_EQ(to_json(restored), to_json(before));
    auto target = row(record->target);
    target.next_news = record->target_next_news;
    target.urgent = record->target_urgent;
    target.updated = target_before.updated;
    target.version = target_before.version;
    EXPECT_EQ(to_json(target), to_json(target_before));
  }
  // What came from the source can be told from what the target had: by the ticket that each voice came through.
  void expect_voices_of_others(TicketNumber target, const std::set<TicketNumber>& moved,
                               const std::vector<Voice>& before) {
    std::vector<Voice> left;
    for (const auto& voice : voices_of(rows_, target)) {
      if (!moved.contains(voice.via)) left.push_back(voice);
    }
    EXPECT_EQ(to_json(left), to_json(before));
  }

  std::set<std::string> texts_of(TicketNumber number, const std::string& kind, bool for_its_reporter) {
    std::set<std::string> texts;
    for (auto& event : history(number)) {
      const auto seen = for_its_reporter ? for_reporter(event, number) : std::optional(event);
      if (seen && seen->kind == kind) texts.insert(seen->facts.text.value_or(""));
    }
    return texts;
  }

  void expect_all_as_known() {
    for (const auto& [number, ticket] : known_) {
      const auto shown = show(number);
      EXPECT_EQ(shown.number, number);
      EXPECT_EQ(shown.title, ticket.title);
      EXPECT_EQ(shown.merged_into, ticket.merged_into);
      EXPECT_EQ(shown.status == TicketStatus::merged, ticket.merged_into.has_value());
      const auto end = end_of(number);
      EXPECT_EQ(shown.target ? shown.target->number : shown.number, end);
      EXPECT_EQ(texts_of(number, "ticket.noted", false), ticket.notes) << number.value;
      EXPECT_EQ(texts_of(number, "ticket.noted", true), std::set<std::string>{}) << number.value;
      EXPECT_EQ(texts_of(number, "ticket.replied", true), ticket.replies) << number.value;
      if (number != end) continue;
      EXPECT_EQ(shown.voice_count, static_cast<std::int64_t>(voices_in(group_of(end)).size())) << number.value;
      EXPECT_EQ(shown.urgent, urgency_of(end)) << number.value;
      EXPECT_EQ(shown.next_news, promise_of(end)) << number.value;
    }
  }

  std::minstd_rand chance_;
  std::map<TicketNumber, Known> known_;
  store::Connection rows_;
  int texts_ = 0;
};

class SeededMergeProperty : public MergeProperty, public testing::WithParamInterface<unsigned> {};

TEST_P(SeededMergeProperty, HoldsWhateverIsMergedAndUnmergedInWhateverOrder) {
  chance_.seed(GetParam());
  file_one();
  for (int step = 0; step < steps && !HasFatalFailure(); ++step) {
    clock_.advance(Seconds{1});
    const auto what = chance_() % 14;
    // One after the other: compilers differ in which argument of a call they reckon first.
    const auto number = any();
    const auto other = any();
    const bool is_even = chance_() % 2 == 0;
    if (what < 2 && known_.size() < most_tickets)
      file_one();
    else if (what < 4)
      tell(number, is_even ? std::optional(promise()) : std::nullopt);
    else if (what < 5)
      write_note(number);
    else if (what < 6)
      add_voice_to(number);
    else if (what < 7)
      set_urgency(number);
    else if (what < 8)
      as(admin, AssignTicket{number, is_even ? sari : dewi});
    else if (what < 11)
      merge_two(number, other);
    else
      unmerge_one(number);
    if (step % 10 == 0) expect_all_as_known();
  }
  expect_all_as_known();
}

INSTANTIATE_TEST_SUITE_P(Seeds, SeededMergeProperty, testing::Range(1u, 13u));

}  // namespace
}  // namespace gilir
