// Mistakes on the command line, as Error{usage}; their words stand in cli/output/error_words.cpp.
#pragma once

#include <string_view>

#include "cli/output/translate.h"
#include "core/base/error.h"

namespace gilir::cli {

enum class UsageProblem {
  unknown_command,      // {given, near}
  unknown_verb,         // {noun, given, near}
  unknown_option,       // {option, near, positional?, usage?, command?, words?}
  missing_value,        // {option, value}
  takes_no_value,       // {option}
  repeated_option,      // {option}
  missing_option,       // {option, command, found_with?}
  missing_argument,     // {argument}
  too_many_arguments,   // {given, near?}
  too_long,             // {option, most}
  wants_duration,       // {option, given}
  wants_time,           // {option, given}
  wants_number,         // {option, given, least, most}
  wants_ticket,         // {option, given}
  wants_one_ticket,     // {option, given}
  too_many_tickets,     // {option, most}
  wants_choice,         // {option, given, choices}
  unknown_field,        // {given, near, fields}
  no_fields,            // {given}
  conflicting_options,  // {option, other}
  answer_needed,        // {question, option}
  file_unreadable,      // {path, because}
  editor_failed,        // {editor, draft}
  no_home,              // neither HOME nor the XDG variable is set: {variable}
};
BOOST_DESCRIBE_ENUM(UsageProblem, unknown_command, unknown_verb, unknown_option, missing_value, takes_no_value,
                    repeated_option, missing_option, missing_argument, too_many_arguments, too_long, wants_duration,
                    wants_time, wants_number, wants_ticket, wants_one_ticket, too_many_tickets, wants_choice,
                    unknown_field, no_fields, conflicting_options, answer_needed, file_unreadable, editor_failed,
                    no_home)

// For a throw expression: throw usage_error(UsageProblem::wants_time).with("option", "--due")…
inline Error usage_error(UsageProblem problem) {
  Error error(ErrorCode::usage);
  error.add("problem", problem);
  return error;
}

// A command's own rule, as a translated sentence without a full stop at its end.
inline Error usage_error(std::string_view sentence) {
  Error error(ErrorCode::usage);
  error.add("problem", sentence);
  return error;
}

// An edit that names nothing.
inline Error nothing_to_change() {
  return usage_error(std::string_view(_("nothing to change was named")));
}

}  // namespace gilir::cli
