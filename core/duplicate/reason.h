// What is said of two tickets that look alike: how strongly, and why. Apart from verdict.h, so that who shows it need
// not know how it is found.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/describe.h"

namespace gilir::duplicate {

// From best to worst, and what is below weak; the names are stable, scripts read them.
enum class Strength { strong, likely, weak, none };
BOOST_DESCRIBE_ENUM(Strength, strong, likely, weak, none)

enum class ReasonKind {
  same_reporter,
  same_office,
  same_server,
  same_category,
  shares_term,    // `term`, as written in the newer ticket: hostile text, at most index::max_term_bytes
  title_words,    // `value`: percent of the titles' words
  title_similar,  // `value`: percent
  body_similar,   // `value`: percent
  same_matters,   // `value`: percent of what both are about, in whatever words
  filed_apart,    // `value`: seconds
  asked_before,   // `value`: how many tickets were merged into it
  through_part,   // `value`: the ticket that the reasons behind it are about, a part of one of the two
};
BOOST_DESCRIBE_ENUM(ReasonKind, same_reporter, same_office, same_server, same_category, shares_term, title_words,
                    title_similar, body_similar, same_matters, filed_apart, asked_before, through_part)

struct Reason {
  ReasonKind kind{};
  std::string term;
  std::int64_t value = 0;
  bool operator==(const Reason&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (kind, term, value))

// "shares ORA-00942", "80% of title words", "filed 4 min apart": for JSON, never translated.
std::string in_english(const Reason& reason);

}  // namespace gilir::duplicate
