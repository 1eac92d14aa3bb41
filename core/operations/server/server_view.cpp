#include "core/operations/server/server_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/server/pinned_key.h"

namespace gilir {
namespace {

Error invalid(std::string_view field, std::string problem) {
  return Error(ErrorCode::invalid).with("field", field).with("problem", problem);
}

void check_number(std::string_view field, int number, int least, int most) {
  if (number < least || number > most) throw invalid(field, fmt::format("must be from {} to {}", least, most));
}

void check_duration(std::string_view field, Milliseconds duration, Milliseconds least, Milliseconds most) {
  if (duration >= least && duration <= most) return;
  throw invalid(field, fmt::format("must be from {} to {} seconds", std::chrono::floor<Seconds>(least).count(),
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

ServerView server_view(const Server& server) {
  std::vector<Protocol> protocols;
  if (server.ssh) protocols.push_back(Protocol::ssh);
  if (server.rdp_port != 0) protocols.push_back(Protocol::rdp);
  return {server.name,    server.host,          server.port,     server.user,
          server.seats,   server.logins,        server.term_s,   server.lock_delay_s,
          server.offer_s, server.level,         server.host_key, pinned_fingerprint(server),
          server.added,   std::move(protocols), server.rdp_port, server.certificate,
          server.log_off, {}};
}

void set_protocols(Server& server, const std::vector<Protocol>& protocols, int rdp_port) {
  const auto has = [&](Protocol protocol) { return std::ranges::find(protocols, protocol) != protocols.end(); };
  const bool rdp = protocols.empty() ? server.port == usual_rdp_port : has(Protocol::rdp);
  server.ssh = protocols.empty() ? !rdp : has(Protocol::ssh);
  const bool own_port = !server.ssh && server.port != usual_ssh_port;
  server.rdp_port = !rdp ? 0 : rdp_port != 0 ? rdp_port : own_port ? server.port : usual_rdp_port;
  if (!server.ssh) server.port = server.rdp_port;
}

ServerView server_view(store::Connection& connection, const Server& server) {
  auto view = server_view(server);
  view.checks = login_checks(connection, server.name);
  return view;
}

void check_server(const Server& server) {
  if (!is_name(server.name.value)) {
    throw invalid("name", "takes letters, digits, dot, underscore and dash, and starts with a letter or digit");
  }
  if (!is_host(server.host)) throw invalid("host", "is not a host name or address");
  check_number("port", server.port, 1, highest_port);
  if (!server.user.empty() && !is_user(server.user)) throw invalid("user", "is not a login name");
  check_number("seats", server.seats, 1, most_seats);
  check_number("logins", server.logins, 0, most_logins);
  if (server.log_off.size() > longest_log_off || server.log_off.find('\n') != std::string::npos)
    throw invalid("log_off", "is one line, and at most 1000 bytes long");
  check_number("rdp_port", server.rdp_port, 0, highest_port);
  check_duration("term_s", server.term_s, shortest_term, longest_term);
  check_duration("lock_delay_s", server.lock_delay_s, Milliseconds{0}, longest_lock_delay);
  check_duration("offer_s", server.offer_s, shortest_offer, longest_term);
}

}  // namespace gilir
