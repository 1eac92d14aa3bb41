// Makes an OperationSpec from an operation's type; included by operations' .cpp files only, since it brings
// the JSON reader along.
#pragma once

#include "core/base/json_reader.h"
#include "core/operations/context.h"
#include "core/operations/operation.h"

namespace gilir {

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
        auto& answer = *static_cast<Result*>(result);
        if (has_storable_texts(asked))
          answer = run_operation(context, asked);
        else
          answer = run_operation(context, with_storable_texts(asked));
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
