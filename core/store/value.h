// How C++ values stand in SQL columns. One rule each: numbers, strong numbers, enums' names, text; times and
// durations are whole milliseconds; an empty optional is NULL. A described struct takes one column for each
// member; a described member takes columns named member_inner. SQL column types are INTEGER, REAL, TEXT and BLOB only.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/json.h"

namespace gilir::store {

// What is no text: a BLOB column, any bytes.
struct Bytes {
  std::string value;
  bool operator==(const Bytes&) const = default;
};

using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

template <class T>
Value to_value(const T& value) {
  if constexpr (is_optional<T>)
    return value ? to_value(*value) : Value{};
  else if constexpr (std::is_same_v<T, bool>)
    return std::int64_t{value ? 1 : 0};
  else if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else if constexpr (std::is_floating_point_v<T>)
    return static_cast<double>(value);
  else if constexpr (DescribedEnum<T>)
    return std::string(enum_name(value));
  else if constexpr (is_strong_number<T> || is_strong_text<T>)
    return Value{value.value};
  else if constexpr (std::is_same_v<T, RawJson>)
    return value.text;
  else if constexpr (std::is_same_v<T, Bytes>)
    return value;
  else if constexpr (std::is_same_v<T, WallTime> || std::is_same_v<T, BootTime>) {
    return static_cast<std::int64_t>(value.time_since_epoch().count());
  } else if constexpr (is_duration<T>) {
    return static_cast<std::int64_t>(std::chrono::duration_cast<Milliseconds>(value).count());
  } else
    return std::string(value);
}

// One column of the current row; implemented by Statement.
class Column {
 public:
  virtual ~Column() = default;
  virtual bool is_null() const = 0;
  virtual std::int64_t integer() const = 0;
  virtual double real() const = 0;
  virtual std::string text() const = 0;
  virtual Bytes bytes() const = 0;
};

// Throws Error{damaged} when a text column holds a value that its enum does not know.
[[noreturn]] void refuse_column(std::string_view text);

template <class T>
void from_column(const Column& column, T& value) {
  if constexpr (is_optional<T>) {
    if (column.is_null())
      value.reset();
    else
      from_column(column, value.emplace());
  } else if constexpr (std::is_same_v<T, bool>)
    value = column.integer() != 0;
  else if constexpr (std::is_integral_v<T>)
    value = static_cast<T>(column.integer());
  else if constexpr (std::is_floating_point_v<T>)
    value = static_cast<T>(column.real());
  else if constexpr (DescribedEnum<T>) {
    const auto text = column.text();
    const auto known = enum_from_name<T>(text);
    if (!known) refuse_column(text);
    value = *known;
  } else if constexpr (is_strong_number<T> || is_strong_text<T>)
    from_column(column, value.value);
  else if constexpr (std::is_same_v<T, RawJson>)
    value.text = column.text();
  else if constexpr (std::is_same_v<T, Bytes>)
    value = column.bytes();
  else if constexpr (std::is_same_v<T, WallTime> || std::is_same_v<T, BootTime>) {
    value = T{Milliseconds{column.integer()}};
  } else if constexpr (is_duration<T>)
    value = std::chrono::duration_cast<T>(Milliseconds{column.integer()});
  else
    value = column.text();
}

// Calls visit(column name, member reference) for each column of a described struct, inner structs flattened.
template <class T, class Row, class Visit>
void for_each_column(Row& row, Visit&& visit, const std::string& prefix = "") {
  for_each_member<T>([&](std::string_view name, auto pointer) {
    using Member = std::decay_t<decltype(row.*pointer)>;
    const std::string column = prefix + std::string(name);
    if constexpr (Described<Member> && !is_strong_number<Member> && !is_strong_text<Member>) {
      for_each_column<Member>(row.*pointer, visit, column + "_");
    } else {
      visit(column, row.*pointer);
    }
  });
}

// The same without names, for rows that are read: there may be thousands.
template <class T, class Row, class Visit>
void for_each_value(Row& row, Visit&& visit) {
  for_each_member<T>([&](std::string_view, auto pointer) {
    using Member = std::decay_t<decltype(row.*pointer)>;
    if constexpr (Described<Member> && !is_strong_number<Member> && !is_strong_text<Member>) {
      for_each_value<Member>(row.*pointer, visit);
    } else {
      visit(row.*pointer);
    }
  });
}

// "a", "b", "c_d": the columns of T in order, quoted, for SELECT and INSERT lists.
template <Described T>
const std::string& columns() {
  static const std::string list = [] {
    std::string text;
    T row{};
    for_each_column<T>(row, [&](const std::string& name, auto&) {
      if (!text.empty()) text += ", ";
      text += '"' + name + '"';
    });
    return text;
  }();
  return list;
}

}  // namespace gilir::store
