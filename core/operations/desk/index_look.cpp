#include "core/operations/desk/index_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "core/index/index_check.h"
#include "core/operations/ticket/ticket_texts.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// Of each: the newest and those spread over all.
constexpr std::int64_t some_tickets = 100;
constexpr std::size_t every_text = std::numeric_limits<std::int32_t>::max();

class IndexComparison {
 public:
  IndexComparison(Context& context, std::optional<TicketNumber> built)
      : connection_(context.connection()), built_(built) {}

  IndexLook run(bool deep) {
    // All are counted in an index of the table; some, in the table itself.
    if (!built_ || deep)
      found_.tickets = built_ ? count("SELECT count(*) FROM ticket WHERE number <= $1", last_ticket())
                              : connection_.first<std::int64_t>("SELECT count(*) FROM ticket").value_or(0);
    deep ? look_at_all() : look_at_some();
    return std::move(found_);
  }

 private:
  std::int64_t count(std::string_view sql, std::int64_t number) {
    return connection_.first<std::int64_t>(sql, number).value_or(0);
  }
  std::int64_t last_ticket() const { return built_ ? built_->value : std::numeric_limits<std::int64_t>::max(); }
  bool is_well() const { return found_.fault.empty(); }

  void look_at_all();
  void look_at_some();
  void look_at(TicketNumber number);
  void look_at_text(const TicketText& text, const std::vector<index::IndexedText>& kept, TicketNumber ticket);
  void take(const std::vector<index::IndexFault>& faults);

  store::Connection& connection_;
  std::optional<TicketNumber> built_;
  IndexLook found_;
  std::int64_t texts_ = 0;
  std::vector<index::TextNumber> numbers_;
};

// "ticket 12".
std::string named(std::string_view what, std::int64_t number) {
  return fmt::format("{} {}", what, number);
}

void IndexComparison::take(const std::vector<index::IndexFault>& faults) {
  if (faults.empty() || !is_well()) return;
  const auto& fault = faults.front();
  found_.fault = fault.text ? named("text", fault.text->value) + ": " + fault.problem : fault.problem;
}

void IndexComparison::look_at_text(const TicketText& text, const std::vector<index::IndexedText>& kept,
                                   TicketNumber ticket) {
  const auto is_it = [&](const index::IndexedText& one) { return one.kind == text.kind && one.source == text.source; };
  const auto place = std::ranges::find_if(kept, is_it);
  const auto what = text.source == 0 ? named("ticket", ticket.value)
                                     : named("ticket", ticket.value) + ": " + named("event", text.source);
  if (place == kept.end()) {
    found_.fault = what + ": is not in it";
  } else if (!index::is_kept_as(index::terms_of_text(connection_, place->number),
                                index::terms_of(text.title, text.body))) {
    found_.fault = what + ": stands in it with other words";
  }
}

void IndexComparison::look_at(TicketNumber number) {
  const auto row = get_ticket(connection_, number);
  const auto kept = index::texts_of_ticket(connection_, number, every_text);
  std::size_t expected = 0;
  each_text(connection_, row, [&](const TicketText& text) {
    ++expected;
    look_at_text(text, kept, number);
    return is_well();
  });
  if (!is_well()) return;
  if (kept.size() != expected)
    found_.fault = named("ticket", number.value) + ": texts that it does not have stand in it";
  if (index::counts_as_open(connection_, number) != counts_as_open(connection_, row))
    found_.fault = named("ticket", number.value) +
                   (counts_as_open(connection_, row) ? ": counts as finished" : ": counts as open");
  ++found_.seen;
  texts_ += static_cast<std::int64_t>(expected);
  for (const auto& text : kept) numbers_.push_back(text.number);
}

void IndexComparison::look_at_all() {
  take(index::verify(connection_, 1));
  connection_.each_until<TicketNumber>(
      "SELECT number FROM ticket WHERE number <= $1 ORDER BY number",
      [&](TicketNumber number) {
        if (is_well()) look_at(number);
        numbers_.clear();
        return is_well();
      },
      last_ticket());
  if (!is_well()) return;
  if (count("SELECT count(*) FROM indexed_text WHERE ticket > 0 AND ticket <= $1", last_ticket()) != texts_)
    found_.fault = "texts of tickets that are not there stand in it";
}

void IndexComparison::look_at_some() {
  if (!built_ && count("SELECT count(*) FROM indexed_text WHERE kind = 0 AND ticket > $1", 0) != found_.tickets) {
    found_.fault = "it has more or fewer tickets than the desk";
    return;
  }
  const auto last = count("SELECT max(number) FROM ticket WHERE number <= $1", last_ticket());
  std::set<TicketNumber> some;
  for (const auto number : connection_.all<TicketNumber>(
           "SELECT number FROM ticket WHERE number <= $1 ORDER BY number DESC LIMIT $2", last, some_tickets)) {
    some.insert(number);
  }
  for (std::int64_t part = 0; part < some_tickets; ++part) {
    const auto near = connection_.first<TicketNumber>(
        "SELECT number FROM ticket WHERE number >= $1 ORDER BY number LIMIT 1", 1 + last * part / some_tickets);
    if (near && near->value <= last) some.insert(*near);
  }
  for (const auto number : some) {
    if (is_well()) look_at(number);
  }
  if (is_well()) take(index::verify_some(connection_, numbers_, 1));
}

}  // namespace

IndexLook look_at_index(Context& context, bool deep) {
  auto& connection = context.connection();
  try {
    if (index::is_being_cleared(connection)) return {};
    return IndexComparison(context, index::built(connection)).run(deep);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    IndexLook found;
    found.fault = error.text("problem");
    return found;
  }
}

}  // namespace gilir
