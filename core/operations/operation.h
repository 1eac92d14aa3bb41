// Operations are data: every read or change of a desk is a described struct with a Result type and, beside it,
// an OperationSpec. From the spec come the checks of bounds, the JSON on a wire and the documentation of
// fields. A capability is one operation and one command.
//
//   struct ResolveTicket {
//     TicketNumber number;
//     std::string answer;
//     using Result = Ticket;
//     static const OperationSpec spec;
//   };
//   BOOST_DESCRIBE_STRUCT(ResolveTicket, (), (number, answer))
//
// and in its .cpp file
//
//   Ticket run(Context& context, const ResolveTicket& operation) { … }
//   const OperationSpec ResolveTicket::spec = describe_operation<ResolveTicket, run>("ticket.resolve", …);
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/people/people.h"

namespace gilir {

class Context;

enum class Access { read, write };

// What a field means and how large it may be: bytes for text, elements for lists, the value for numbers.
struct FieldSpec {
  std::string_view name;
  std::string_view about;
  std::int64_t most = 0;
};

struct OperationSpec {
  std::string_view name;
  Role role = Role::agent;
  Access access = Access::read;
  std::span<const FieldSpec> fields;

  void (*check)(const OperationSpec&, const void* operation);
  void (*run)(Context&, const void* operation, void* result);
  std::string (*operation_json)(const void* operation);
  std::string (*result_json)(const void* result);
  void (*read_result)(std::string_view json, void* result);
  // Brings a replayed result up to date from the present rows; null where the stored result stays true.
  void (*refresh)(Context&, void* result) = nullptr;
  // What is asked for, when that is less than the whole operation: which process asks is another one when the
  // same request is made again. Null: all of it.
  std::string (*payload_json)(const void* operation) = nullptr;
};

template <class Op>
concept Operation = Described<Op> && requires {
  typename Op::Result;
  { Op::spec } -> std::convertible_to<const OperationSpec&>;
};

inline constexpr std::int64_t largest_number = std::int64_t{1} << 53;

// The bound of a field: its FieldSpec's, else a line of text, 1000 elements, 2^53. Of a text, what is stored of it is
// bounded: see with_storable_texts().
const FieldSpec* find_field(const OperationSpec& spec, std::string_view name);
void check_text(const FieldSpec* field, std::string_view name, std::string_view text);
void check_number(const FieldSpec* field, std::string_view name, std::int64_t number);
void check_count(const FieldSpec* field, std::string_view name, std::size_t count);

namespace operation_detail {

template <class T>
void check_value(const FieldSpec* field, std::string_view name, const T& value) {
  if constexpr (is_optional<T>) {
    if (value) check_value(field, name, *value);
  } else if constexpr (is_vector<T>) {
    check_count(field, name, value.size());
    for (const auto& element : value) check_value(nullptr, name, element);
  } else if constexpr (std::is_same_v<T, std::string>)
    check_text(field, name, value);
  else if constexpr (is_strong_text<T>)
    check_text(field, name, value.value);
  else if constexpr (is_strong_number<T>)
    check_number(field, name, value.value);
  else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
    check_number(field, name, value);
  else if constexpr (is_duration<T>)
    check_number(field, name, std::chrono::duration_cast<Milliseconds>(value).count());
}

// Calls visit(text) for each text of an operation, those in lists too.
template <class T, class Visit>
void visit_texts(T& value, Visit& visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (is_optional<Plain>) {
    if (value) visit_texts(*value, visit);
  } else if constexpr (is_vector<Plain>) {
    for (auto& element : value) visit_texts(element, visit);
  } else if constexpr (std::is_same_v<Plain, std::string>)
    visit(value);
  else if constexpr (is_strong_text<Plain>)
    visit(value.value);
}

}  // namespace operation_detail

template <class Op>
void check_fields(const OperationSpec& spec, const Op& operation) {
  for_each_member<Op>([&](std::string_view name, auto pointer) {
    operation_detail::check_value(find_field(spec, name), name, operation.*pointer);
  });
}

// Whether every text can be stored as it is.
template <class Op>
bool has_storable_texts(const Op& operation) {
  bool storable_so_far = true;
  auto look = [&](const std::string& text) { storable_so_far = storable_so_far && is_storable(text); };
  for_each_member<Op>([&](std::string_view, auto pointer) { operation_detail::visit_texts(operation.*pointer, look); });
  return storable_so_far;
}

// The operation as it is run: nothing is refused because of what its texts are made of.
template <class Op>
Op with_storable_texts(Op operation) {
  auto mend = [](std::string& text) { text = storable(text); };
  for_each_member<Op>([&](std::string_view, auto pointer) { operation_detail::visit_texts(operation.*pointer, mend); });
  return operation;
}

}  // namespace gilir
