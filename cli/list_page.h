// The shared options of lists as operations take them.
#pragma once

#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/output/output.h"

namespace gilir::cli {

inline constexpr std::int64_t usual_rows = 50;
inline constexpr std::int64_t most_rows = 1000;

inline std::int64_t rows_asked(const Arguments& arguments) {
  return arguments.number("limit", 1, most_rows).value_or(usual_rows);
}

// --after where the cursor is a name.
template <class Name>
std::optional<Name> name_after(const Arguments& arguments) {
  if (const auto after = arguments.text("after")) return Name{*after};
  return std::nullopt;
}

// `last` is the cursor of the page's last row.
template <class Rows>
Page page_of(const Rows& rows, const std::string& last) {
  return {.truncated = rows.truncated, .next = rows.truncated ? last : std::string{}, .total = rows.total};
}

}  // namespace gilir::cli
