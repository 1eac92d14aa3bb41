// What `server add`, `edit` and `trust` say about which machine a server is, and what its host stands for.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/output/message.h"

namespace gilir::cli {

inline constexpr OptionSpec alias_of_option{.name = "alias-of",
                                            .value = Value::required,
                                            .value_name = "SERVER",
                                            .about = N_("it is a second name of that machine, under the same lock")};
inline constexpr OptionSpec different_from_option{
    .name = "different-from",
    .value = Value::required,
    .value_name = "SERVER",
    .about = N_("it is another machine than that one, although it looks the same"),
    .repeatable = true};
inline constexpr ExitCodeSpec same_machine_exit{
    5, N_("it looks like a machine that the desk has: say --alias-of or --different-from")};

// What a host stands for now.
struct HostAddresses {
  std::vector<std::string> addresses = {};
  // Why there are none.
  std::string problem = {};
};

// Looks the host up, for at most some seconds.
HostAddresses addresses_of(const std::string& host);
// Says after the change what it could not compare.
void tell_unresolved(Output& output, const std::string& host, const HostAddresses& looked_up);

template <class Op>
void claim_machine(const Arguments& arguments, Op& operation) {
  if (const auto main = arguments.text("alias-of")) operation.alias_of = ServerName{*main};
  for (const auto& other : arguments.texts("different-from")) operation.different_from.push_back(ServerName{other});
}

}  // namespace gilir::cli
