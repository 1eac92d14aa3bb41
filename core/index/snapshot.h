// What a reader knows of the index at one moment: how far it is merged, and the rows that are not.
//
// Rows that cannot be read, or have numbers that were never given, are passed over: one of them must not keep all
// others from being found. Whoever compares the index with its texts finds them (index_check.h).
//
// A snapshot belongs to one read of the index, inside one transaction; it must not outlive the connection.
#pragma once

#include <optional>
#include <span>

#include "core/index/index_rows.h"
#include "core/index/live_texts.h"
#include "core/index/postings.h"
#include "core/index/text_index.h"

namespace gilir::index {

// A posting that stands in a row which waits to be merged. `term` is its place among the terms that were asked for.
struct WaitingPosting {
  std::size_t term = 0;
  Posting posting;
  // Of a ticket's text: what the term weighs among titles; none when it does not stand in the title.
  std::optional<std::uint8_t> title_weight{};
};

class Snapshot {
 public:
  // Error{damaged} when it is not known how far the index is merged.
  explicit Snapshot(store::Connection& connection) : Snapshot(connection, index_state(connection)) {}

  std::int64_t merged() const { return merged_; }
  // How many texts belong to a list.
  std::int64_t texts(List list) const;

  // In order of number. `terms` are sorted and distinct.
  std::vector<WaitingPosting> waiting(std::span<const std::string> terms, List list) const;
  // Terms of rows that wait which begin so.
  std::vector<std::string> waiting_terms(std::string_view prefix, List list) const;
  // In how many merged texts: one row is read.
  std::int64_t merged_with(List list, const std::string& term);

 private:
  Snapshot(store::Connection& connection, const StateRow& state);

  store::Connection& connection_;
  std::int64_t merged_;
  bool cleared_;  // postings count for nothing
  BlockRow last_;
  std::vector<TextRow> rows_;
};

// Calls visit(PackedTerms at the term) for what the row has in the list, in order, until it says false.
template <class Visit>
void each_term(const TextRow& row, List list, Visit&& visit) {
  const bool titles = list == List::titles;
  if (row.kind != (titles ? 0 : static_cast<std::int64_t>(list) - 1)) return;
  PackedTerms terms(row.terms.value);
  while (terms.next()) {
    if ((!titles || terms.title() > 0) && !visit(terms)) return;
  }
}

inline std::uint8_t weight_in(List list, const PackedTerms& term) {
  return list == List::titles ? term.title_weight() : term.weight();
}

}  // namespace gilir::index
