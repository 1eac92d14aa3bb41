// Makes an OperationSpec from an operation's type; included by operations' .cpp files only, since it brings
// the JSON reader along.
#pragma once

#include <algorithm>

#include "core/base/json_reader.h"
#include "core/operations/context.h"
#include "core/operations/operation.h"

namespace gilir {

// The most rows that an operation answers with at once.
inline constexpr std::int64_t longest_page = 1000;

namespace operation_detail {

template <class T>
inline constexpr bool is_server_name = std::is_same_v<T, ServerName> || std::is_same_v<T, std::optional<ServerName>> ||
                                       std::is_same_v<T, std::vector<ServerName>>;

// Whether Op names servers for the sake of their locks. Those that are about the rows of servers say otherwise with
// `static constexpr bool about_rows = true`.
template <class Op>
consteval bool names_locks() {
  bool names = false;
  if constexpr (!requires { Op::about_rows; }) {
    for_each_member<Op>([&](std::string_view, auto pointer) {
      names = names || is_server_name<std::decay_t<decltype(std::declval<Op>().*pointer)>>;
    });
  }
  return names;
}

template <class T>
void take_lock_name(Context& context, T& member) {
  if constexpr (std::is_same_v<T, ServerName>)
    member = context.lock_of(member);
  else if constexpr (std::is_same_v<T, std::optional<ServerName>>) {
    if (member) take_lock_name(context, *member);
  } else if constexpr (std::is_same_v<T, std::vector<ServerName>>) {
    T once;
    bool is_second_name = false;
    for (const auto& name : member) {
      auto lock = context.lock_of(name);
      is_second_name = is_second_name || lock != name;
      if (std::find(once.begin(), once.end(), lock) == once.end()) once.push_back(std::move(lock));
    }
    // Two names of one machine are one server; the same name twice is for the operation to judge.
    if (is_second_name) member = std::move(once);
  }
}

// A second name of a machine is taken for the name that its lock has, in this one place for every operation.
template <class Op>
Op with_lock_names(Context& context, Op operation) {
  for_each_member<Op>([&](std::string_view, auto pointer) { take_lock_name(context, operation.*pointer); });
  return operation;
}

}  // namespace operation_detail

// describe_operation<ResolveTicket, run>(…): `run` may be overloaded for the operations of one file.
template <class Op, typename Op::Result (*run_operation)(Context&, const Op&)>
constexpr OperationSpec describe_operation(std::string_view name, Role role, Access access,
                                           std::span<const FieldSpec> fields) {
  using Result = typename Op::Result;
  return {
      name,
      role,
      access,
      fields,
      [](const OperationSpec& spec, const void* operation) { check_fields(spec, *static_cast<const Op*>(operation)); },
      [](Context& context, const void* operation, void* result) {
        const auto& asked = *static_cast<const Op*>(operation);
        const auto perform = [&](const Op& storable) {
          if constexpr (operation_detail::names_locks<Op>())
            return run_operation(context, operation_detail::with_lock_names(context, storable));
          else
            return run_operation(context, storable);
        };
        auto& answer = *static_cast<Result*>(result);
        answer = has_storable_texts(asked) ? perform(asked) : perform(with_storable_texts(asked));
      },
      [](const void* operation) { return to_json(*static_cast<const Op*>(operation)); },
      [](const void* result) { return to_json(*static_cast<const Result*>(result)); },
      [](std::string_view json, void* result) { *static_cast<Result*>(result) = from_json<Result>(json); },
  };
}

// For operations whose replayed result must be brought up to date from the present rows.
constexpr OperationSpec with_refresh(OperationSpec spec, void (*refresh)(Context&, void*)) {
  spec.refresh = refresh;
  return spec;
}

// For operations that also say who asks: `payload_json` leaves that out.
constexpr OperationSpec with_payload(OperationSpec spec, std::string (*payload_json)(const void*)) {
  spec.payload_json = payload_json;
  return spec;
}

}  // namespace gilir
