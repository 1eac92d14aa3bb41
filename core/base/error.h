// The one exception type. Core code throws Error{code} with details; words and hints for people are made
// in cli/output/error_words from the code and the details, so nothing here is ever translated or shown raw.
// Caught at two doors only: main and the RPC server.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace gilir {

// Closed list; the names are stable, scripts read them as error.code. The exit code of each stands in
// exit_code().
enum class ErrorCode {
  usage,                  // the command line is wrong: {problem}
  invalid,                // a value is out of its bounds: {field, problem}
  not_found,              // {kind, name, near?}
  nothing_to_do,          // `next` and the like found nothing
  not_allowed,            // {needs}
  exists,                 // {kind, name}
  wrong_state,            // the ticket's state does not permit it: {number, status, verb}
  version_moved,          // --if-version: {number, expected, version}
  request_reused,         // the request id was used for another change: {request_id}
  merge_loop,             // {number, into}
  cross_reporter,         // merging across reporters or offices needs consent: {number, into}
  no_higher_tier,         // {number, tier}
  not_assignee,           // somebody else works on the ticket: {number, assignee}
  not_exclusive,          // --exclusive, but the caller holds the server already: {server, lease}
  own_session,            // the server stands no further session of the caller: {server, hold, terminal, pid, since}
  ambiguous_hold,         // the caller has several timed holds there, name one: {server}
  wrong_server,           // the ticket is about another server: {number, server, ticket_server}
  in_use,                 // it cannot be removed or changed while used: {kind, name, by or tickets}
  deadlock,               // a wait would close a circle: {circle:[{agent,server}]}
  merged,                 // the wait ended, or has no use: its ticket was merged: {number, into, server?, agent?}
  resolved,               // the wait ended: its ticket is finished: {number, status, answer?}
  held,                   // others come first: {server, agent, because, ticket?, lock, position, related, desk}
  timed_out,              // the wait ran out: {server, lock, position?, desk}
  wait_lapsed,            // the place in line is gone: {server}
  lost,                   // the lease is over: {server, because, by?, reason?}
  same_machine,           // two servers look like one machine: {server, other, because, others[]}
  lease_over,             // the lease that was named is not there any more: {server, lease}
  asked_already,          // its holder was asked before, by whom counts more: {server, kind, by, expires_in_s}
  refused_lately,         // its holder denied the same asker the same: {server, holder, by, expires_in_s}
  busy,                   // the write gate did not open in time: {waited_s}
  no_desk,                // {path}
  network_desk,           // the desk lies on a network file system: {path, kind}
  unreachable,            // the desk cannot be opened: {path, problem}
  foreign_desk,           // the desk belongs to another user of the machine: {path, owner, kind?}
  foreign_file,           // the file is not a gilir desk: {path}
  newer_schema,           // made by a newer gilir: {path, schema, supported}
  damaged,                // the desk's file is damaged: {path, problem, server?, part?}
  no_space,               // the disk is full or a limit was hit: {path}
  past_boot,              // the process belongs to a boot that is over
  connect_failed,         // {server, address, problem}
  host_key_unknown,       // {server, fingerprint, type}
  host_key_changed,       // {server, fingerprint, expected, type}
  authentication_failed,  // {server, user, methods, outdated?}: as below
  connection_lost,        // {server, problem, outdated?}: true where --legacy of `server edit` may help
  interrupted,            // a signal ended it: {signal}
  cannot_run,             // {command, problem, status}: 127 no such program, 126 cannot be run
  chain_broken,           // the log does not verify: {event, problem}
  failed,                 // anything else: {problem}
};
BOOST_DESCRIBE_ENUM(ErrorCode, usage, invalid, not_found, nothing_to_do, not_allowed, exists, wrong_state,
                    version_moved, request_reused, merge_loop, cross_reporter, no_higher_tier, not_assignee,
                    not_exclusive, own_session, ambiguous_hold, wrong_server, in_use, deadlock, merged, resolved, held,
                    timed_out, wait_lapsed, lost, same_machine, lease_over, asked_already, refused_lately, busy,
                    no_desk, network_desk, unreachable, foreign_desk, foreign_file, newer_schema, damaged, no_space,
                    past_boot, connect_failed, host_key_unknown, host_key_changed, authentication_failed,
                    connection_lost, interrupted, cannot_run, chain_broken, failed)

// The exit codes of CLI.md.
int exit_code(ErrorCode code);

class Error : public std::exception {
 public:
  explicit Error(ErrorCode code) : code_(code) {}

  // Adds a detail; `value` is anything write_json takes. For use in a throw expression.
  template <class T>
  Error&& with(std::string_view key, const T& value) && {
    details_.emplace_back(key, to_json(value));
    return std::move(*this);
  }
  template <class T>
  void add(std::string_view key, const T& value) {
    details_.emplace_back(key, to_json(value));
  }

  ErrorCode code() const { return code_; }
  // Key and JSON text, in the order in which they were added.
  const std::vector<std::pair<std::string, std::string>>& details() const { return details_; }
  // The JSON text of one detail, or "" when it is absent.
  std::string_view detail(std::string_view key) const;
  // A detail that is a string or number, as plain text; "" when it is absent.
  std::string text(std::string_view key) const;
  // The code and the details, for logs and failing tests; people see cli/output/error_words.
  const char* what() const noexcept override;

 private:
  ErrorCode code_;
  std::vector<std::pair<std::string, std::string>> details_;
  mutable std::string what_;
};

// What a field of an operation holds and may not.
Error invalid_field(std::string_view field, std::string_view problem);

}  // namespace gilir
