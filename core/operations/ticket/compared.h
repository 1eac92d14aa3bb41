// Tickets as core/duplicate compares them, read with what the comparison needs and nothing else: no bodies.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/duplicate/features.h"
#include "core/index/text_index.h"
#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

// What the index has of a ticket.
struct StoredTerms {
  index::TextNumber text;
  TicketNumber ticket;
  store::Bytes terms;
};
BOOST_DESCRIBE_STRUCT(StoredTerms, (), (text, ticket, terms))
// None when the text is gone.
std::optional<StoredTerms> stored_terms(Context& context, index::TextNumber text);

// Owns what a duplicate::Side points to.
struct Compared {
  TicketNumber number;
  index::TextNumber text;
  // Of one that was read, `packed` until unpack() is called: not all that are compared are judged.
  index::TextTerms terms;
  store::Bytes packed{};
  std::string title;
  std::string reporter;  // keys: see name_key.h
  std::string office;
  std::string server;
  std::string category;
  WallTime filed{};
  std::optional<WallTime> finished;
  std::size_t merged_before = 0;
  // The end of its chain of merges; the ticket itself when it was not merged.
  TicketNumber end;

  void unpack();
  duplicate::Side side() const;
};

// Where chains of merges end. Each is walked once, however many of its tickets are compared.
struct ChainEnd {
  TicketNumber number;
  bool open = true;
  WallTime updated{};
  std::size_t parts = 0;  // merged into it, as far as they count
};
class ChainEnds {
 public:
  explicit ChainEnds(store::Connection& connection) : connection_(connection) {}
  // Of a ticket that was merged into `target`.
  const ChainEnd& of(TicketNumber target);

 private:
  store::Connection& connection_;
  std::deque<ChainEnd> ends_;
  std::unordered_map<TicketNumber, std::size_t> places_;  // of all tickets on the way to them
};

// A ticket that need not be stored or indexed; `terms` are those of its title and body.
Compared compared(Context& context, const TicketRow& row, index::TextTerms terms);
// Whether it is finished, when, and how many are merged into it is asked of its end. None when it is gone.
std::optional<Compared> compared(Context& context, const StoredTerms& terms, ChainEnds& ends);

}  // namespace gilir
