#include "core/base/error.h"

#include "core/base/json_reader.h"

namespace gilir {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::invalid:
      return 2;
    case ErrorCode::not_found:
    case ErrorCode::nothing_to_do:
      return 3;
    case ErrorCode::not_allowed:
      return 4;
    case ErrorCode::exists:
    case ErrorCode::wrong_state:
    case ErrorCode::version_moved:
    case ErrorCode::request_reused:
    case ErrorCode::merge_loop:
    case ErrorCode::cross_reporter:
    case ErrorCode::no_higher_tier:
    case ErrorCode::not_assignee:
    case ErrorCode::not_exclusive:
    case ErrorCode::ambiguous_hold:
    case ErrorCode::wrong_server:
    case ErrorCode::in_use:
    case ErrorCode::deadlock:
    case ErrorCode::merged:
    case ErrorCode::resolved:
    case ErrorCode::same_machine:
    case ErrorCode::lease_over:
    case ErrorCode::asked_already:
      return 5;
    case ErrorCode::no_desk:
    case ErrorCode::network_desk:
    case ErrorCode::unreachable:
    case ErrorCode::foreign_desk:
    case ErrorCode::foreign_file:
    case ErrorCode::newer_schema:
    case ErrorCode::damaged:
    case ErrorCode::no_space:
    case ErrorCode::past_boot:
    case ErrorCode::busy:
      return 69;
    case ErrorCode::held:
    case ErrorCode::own_session:
    case ErrorCode::refused_lately:
    case ErrorCode::timed_out:
    case ErrorCode::wait_lapsed:
      return 75;
    case ErrorCode::lost:
      return 76;
    case ErrorCode::connect_failed:
    case ErrorCode::host_key_unknown:
    case ErrorCode::host_key_changed:
    case ErrorCode::authentication_failed:
    case ErrorCode::connection_lost:
      return 255;
    case ErrorCode::interrupted:
    case ErrorCode::cannot_run:
    case ErrorCode::chain_broken:
    case ErrorCode::failed:
      return 1;
  }
  return 1;
}

std::string_view Error::detail(std::string_view key) const {
  for (const auto& [name, json] : details_) {
    if (name == key) return json;
  }
  return {};
}

std::string Error::text(std::string_view key) const {
  const auto json = detail(key);
  if (json.empty() || json == "null") return {};
  if (!json.starts_with('"')) return std::string(json);
  return from_json<std::string>(json);
}

const char* Error::what() const noexcept {
  if (what_.empty()) {
    what_ = enum_name(code_);
    for (const auto& [name, json] : details_) what_ += " " + name + "=" + json;
  }
  return what_.c_str();
}

Error invalid_field(std::string_view field, std::string_view problem) {
  return Error(ErrorCode::invalid).with("field", field).with("problem", problem);
}

}  // namespace gilir
