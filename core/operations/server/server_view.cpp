#include "core/operations/server/server_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/server/pinned_key.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

void check_number(std::string_view field, int number, int least, int most) {
  if (number < least || number > most) throw invalid_field(field, fmt::format("must be from {} to {}", least, most));
}

void check_duration(std::string_view field, Milliseconds duration, Milliseconds least, Milliseconds most) {
  if (duration >= least && duration <= most) return;
  throw invalid_field(field, fmt::format("must be from {} to {} seconds", std::chrono::floor<Seconds>(least).count(),
                                         std::chrono::floor<Seconds>(most).count()));
}

}  // namespace

std::string pinned_fingerprint(const Server& server) {
  if (server.host_key.empty()) return {};
  try {
    return read_pinned_key(server.host_key).fingerprint;
  } catch (const Error&) {
    // Nobody typed it now: it is the desk that cannot be read.
    throw Error(ErrorCode::damaged).with("server", server.name).with("problem", "the pinned host key cannot be read");
  }
}

ServerView server_view(Context& context, const Server& server) {
  const bool is_alias = !server.alias_of.empty();
  const auto main = is_alias ? get_server(context.connection(), server.alias_of) : server;
  const auto& with_key = server.host_key.empty() ? main : server;
  auto row = server;
  take_protocols(row, main);
  ServerView view;
  view.name = server.name;
  view.host = server.host;
  view.port = row.port;
  view.user = server.user;
  view.seats = main.seats;
  view.logins = main.logins;
  view.term_s = main.term_s;
  view.lock_delay_s = main.lock_delay_s;
  view.offer_s = main.offer_s;
  view.level = main.level;
  view.host_key = with_key.host_key;
  view.fingerprint = pinned_fingerprint(with_key);
  view.added = server.added;
  view.protocols = protocols_of(row);
  view.rdp_port = row.rdp_port;
  view.certificate = main.certificate;
  view.log_off = main.log_off;
  view.legacy = main.legacy;
  view.checks = login_checks(context.connection(), main.name);
  if (is_alias) view.alias_of = server.alias_of;
  view.aliases = second_names(context.connection(), server.name);
  view.different_from = different_machines(context.connection(), main.name);
  return view;
}

std::vector<Protocol> protocols_of(const Server& server) {
  std::vector<Protocol> protocols;
  if (server.ssh) protocols.push_back(Protocol::ssh);
  if (server.rdp_port != 0) protocols.push_back(Protocol::rdp);
  return protocols;
}

void set_protocols(Server& server, const std::vector<Protocol>& protocols, int rdp_port) {
  const auto has = [&](Protocol protocol) { return std::ranges::find(protocols, protocol) != protocols.end(); };
  const bool rdp = protocols.empty() ? server.port == usual_rdp_port : has(Protocol::rdp);
  if (!rdp && rdp_port != 0) throw invalid_field("rdp_port", "is for a server that agents log in to over RDP");
  server.ssh = protocols.empty() ? !rdp : has(Protocol::ssh);
  const bool own_port = !server.ssh && server.port != usual_ssh_port;
  server.rdp_port = !rdp ? 0 : rdp_port != 0 ? rdp_port : own_port ? server.port : usual_rdp_port;
  if (!server.ssh) server.port = server.rdp_port;
}

void take_protocols(Server& server, const Server& main) {
  if (server.name == main.name) return;
  server.ssh = main.ssh;
  if (!main.ssh && server.port == usual_ssh_port) server.port = main.port;
  server.rdp_port = main.ssh ? main.rdp_port : server.port;
}

void check_server(const Server& server) {
  if (!is_name(server.name.value)) {
    throw invalid_field("name", "takes letters, digits, dot, underscore and dash, and starts with a letter or digit");
  }
  if (!is_host(server.host)) throw invalid_field("host", "is not a host name or address");
  check_number("port", server.port, 1, highest_port);
  if (!server.user.empty() && !is_user(server.user)) throw invalid_field("user", "is not a login name");
  check_number("seats", server.seats, 1, most_seats);
  check_number("logins", server.logins, 0, most_logins);
  if (server.log_off.size() > longest_log_off || server.log_off.find('\n') != std::string::npos)
    throw invalid_field("log_off", "is one line, and at most 1000 bytes long");
  check_number("rdp_port", server.rdp_port, 0, highest_port);
  check_duration("term_s", server.term_s, shortest_term, longest_term);
  check_duration("lock_delay_s", server.lock_delay_s, Milliseconds{0}, longest_lock_delay);
  check_duration("offer_s", server.offer_s, shortest_offer, longest_term);
}

}  // namespace gilir
