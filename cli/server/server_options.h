// The options of a server that `server add` and `server edit` share, and how a server is shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/output/output.h"
#include "core/operations/server/server_view.h"

namespace gilir::cli {

struct Address {
  std::string host;
  std::optional<std::int64_t> port;
};

inline constexpr OptionSpec address_option{.name = "address",
                                           .value = Value::required,
                                           .value_name = "HOST[:PORT]",
                                           .about = N_("where it listens; IPv6 as [::1]:22")};
inline constexpr OptionSpec lock_delay_option{
    .name = "lock-delay",
    .value = Value::required,
    .value_name = "D",
    .about = N_("how long a seat stays shut after a session that is not known to be over; half the term, and 5s at "
                "least, unless given")};
inline constexpr OptionSpec logins_option{.name = "logins",
                                          .value = Value::required,
                                          .value_name = "N|many",
                                          .about = N_("sessions that it stands for one seat, 1 unless given")};
inline constexpr OptionSpec offer_option{.name = "offer",
                                         .value = Value::required,
                                         .value_name = "D",
                                         .about = N_("how long the next in line may take, half the term unless given")};
inline constexpr OptionSpec protocol_option{
    .name = "protocol",
    .value = Value::required,
    .value_name = "P,...",
    .about = N_("how agents log in: ssh, rdp, or ssh,rdp; rdp:PORT where it is not 3389")};
inline constexpr OptionSpec seats_option{.name = "seats",
                                         .value = Value::required,
                                         .value_name = "N",
                                         .about = N_("how many agents at once, 1 unless given")};
inline constexpr OptionSpec term_option{.name = "term",
                                        .value = Value::required,
                                        .value_name = "D",
                                        .about = N_("how long a kept hold lasts without renewal, 1m unless given")};
inline constexpr OptionSpec user_option{.name = "user",
                                        .letter = 'u',
                                        .value = Value::required,
                                        .value_name = "U",
                                        .about = N_("the login there, your own name unless given")};

// HOST, HOST:PORT, [IPv6], [IPv6]:PORT or a bare IPv6 address. Error{usage}.
Address parse_address(const std::string& text);
struct ProtocolsAsked {
  std::vector<Protocol> protocols;
  std::int64_t rdp_port = 0;  // 0: none was named
};
// What --protocol says; nothing when it is not given. Error{usage}.
std::optional<ProtocolsAsked> protocols_asked(const Arguments& arguments);
// 0 is many.
std::optional<std::int64_t> logins_asked(const Arguments& arguments);
// As Arguments::duration, but 0 is a duration too.
std::optional<Milliseconds> duration_or_none(const Arguments& arguments, std::string_view name);

// "host:22", "[::1]:22".
std::string address_words(const std::string& host, int port);
std::string logins_words(int logins);
Line certificate_words(const ServerView& server);
bool has_protocol(const ServerView& server, Protocol protocol);
// Error{not_found} with the kind "ssh" where the server has a desktop only.
void require_ssh(const ServerView& server);
void show_server(Output& output, const ServerView& server);

}  // namespace gilir::cli
