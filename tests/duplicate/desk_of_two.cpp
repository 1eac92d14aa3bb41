#include <algorithm>
#include <unordered_set>

#include "tests/duplicate/pair.h"

namespace gilir::duplicate {
namespace {

std::int64_t tickets_with(const std::string& term, std::int64_t tickets) {
  constexpr std::int64_t everyday_one_in = 40;
  constexpr std::int64_t filler_one_in = 5;
  const auto set_of = [](std::string_view words) {
    const auto terms = index::query_terms(words);
    return std::unordered_set<std::string>(terms.begin(), terms.end());
  };
  static const auto everyday = set_of(
      "printer cetak print gagal error login aplikasi application server kantor email rusak broken lambat slow laporan "
      "report komputer password update 2 5");
  static const auto filler = set_of(
      "di ke dari tidak bisa sudah mohon bantuan pak terus sekali sejak tadi pagi yang untuk saya please help the a an "
      "to "
      "of in at on is does not cannot for with every while when");
  if (filler.contains(term)) return std::max<std::int64_t>(3, tickets / filler_one_in);
  if (everyday.contains(term)) return std::max<std::int64_t>(3, tickets / everyday_one_in);
  return 3;
}

}  // namespace

Compared compare(const Filed& newer, const Filed& older, Seconds apart, std::int64_t tickets) {
  const auto new_terms = index::terms_of(newer.title, newer.body);
  const auto old_terms = index::terms_of(older.title, older.body);
  const auto side = [](const Filed& filed, const index::TextTerms& terms, WallTime at) {
    return Side{terms, filed.title, filed.reporter,     filed.office, filed.server, filed.category,
                at,    {},          filed.merged_before};
  };
  Rarity rarity{tickets, {}};
  for (const auto& term : new_terms.terms) rarity.tickets_with.push_back(tickets_with(term.text, tickets));
  const Newer made(side(newer, new_terms, nine_o_clock + apart), rarity,
                   circumstances(newer.reporter, newer.office, newer.server));
  auto old_side = side(older, old_terms, nine_o_clock);
  if (!older.open) old_side.finished = nine_o_clock + std::min<Seconds>(apart / 2, std::chrono::hours{1});
  std::vector comparisons{made.compare(old_side)};
  set_relative(comparisons);
  const auto& features = comparisons.front().features;
  return {features, judge(made, old_side, features)};
}

}  // namespace gilir::duplicate
