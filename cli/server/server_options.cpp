#include "cli/server/server_options.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "cli/output/ending_words.h"
#include "cli/output/lock_words.h"
#include "cli/output/times.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/server/certificate_pin.h"

namespace gilir::cli {
namespace {

[[noreturn]] void refuse_address(const std::string& text) {
  throw usage_error(plain_text(phrase(_("--address takes HOST, HOST:PORT or [IPv6]:PORT, not {}"), text)));
}

// With or without the zone of a link-local address (RFC 4007 §11): fe80::1%eth0.
bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), &address) == 1;
}

std::optional<std::int64_t> read_port(std::string_view digits) {
  std::int64_t port = 0;
  const auto* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, port);
  if (parsed.ec != std::errc{} || parsed.ptr != end || port < 1 || port > highest_port) return std::nullopt;
  return port;
}

std::int64_t parse_port(std::string_view digits, const std::string& text) {
  const auto port = read_port(digits);
  if (!port) refuse_address(text);
  return *port;
}

std::string joined(const std::vector<ServerName>& names) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(name.value);
  return text;
}

Line host_key_words(const ServerView& server) {
  if (!server.fingerprint.empty()) return server.fingerprint;
  return warning(plain_text(phrase(_("not pinned yet: gilir server trust {}"), server.name)));
}

}  // namespace

Address parse_address(const std::string& text) {
  Address address;
  std::string_view rest = text;
  if (rest.starts_with('[')) {
    const auto end = rest.find(']');
    if (end == std::string_view::npos) refuse_address(text);
    address.host = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) refuse_address(text);
    if (!rest.empty()) address.port = parse_port(rest.substr(1), text);
    if (!is_ipv6(address.host)) refuse_address(text);
  } else if (std::ranges::count(text, ':') == 1) {
    address.host = rest.substr(0, rest.find(':'));
    address.port = parse_port(rest.substr(rest.find(':') + 1), text);
  } else {
    address.host = text;
    if (address.host.find(':') != std::string::npos && !is_ipv6(address.host)) refuse_address(text);
  }
  if (!is_host(address.host)) refuse_address(text);
  return address;
}

std::optional<ProtocolsAsked> protocols_asked(const Arguments& arguments) {
  const auto text = arguments.text("protocol");
  if (!text) return std::nullopt;
  const auto refuse = [&] {
    return usage_error(plain_text(
        phrase(_("--protocol takes ssh, rdp, rdp:PORT, or ssh and one of these with a comma, not {}"), *text)));
  };
  ProtocolsAsked asked;
  for (std::string_view rest = *text;;) {
    const auto word = rest.substr(0, rest.find(','));
    const bool named_port = word.starts_with("rdp:");
    const auto protocol = named_port ? Protocol::rdp : enum_from_name<Protocol>(word);
    if (!protocol || std::ranges::find(asked.protocols, *protocol) != asked.protocols.end()) throw refuse();
    asked.protocols.push_back(*protocol);
    if (named_port) {
      const auto port = read_port(word.substr(4));
      if (!port) throw refuse();
      asked.rdp_port = *port;
    }
    if (word.size() == rest.size()) return asked;
    rest.remove_prefix(word.size() + 1);
  }
}

std::optional<std::int64_t> logins_asked(const Arguments& arguments) {
  if (arguments.text("logins") == "many") return 0;
  return arguments.number("logins", 1, most_logins);
}

std::optional<Milliseconds> duration_or_none(const Arguments& arguments, std::string_view name) {
  const auto text = arguments.text(name);
  if (text == "0" || text == "0s") return Milliseconds{0};
  return arguments.duration(name);
}

std::string address_words(const std::string& host, int port) {
  const bool bare_ipv6 = host.find(':') != std::string::npos;
  return (bare_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string logins_words(int logins) {
  return logins == 0 ? _("many") : std::to_string(logins);
}

Line certificate_words(const ServerView& server) {
  if (server.certificate == pinned_authority) return _("any that an authority vouches for");
  if (!server.certificate.empty()) return server.certificate;
  return warning(plain_text(phrase(_("not pinned yet: gilir server trust {} --rdp"), server.name)));
}

bool has_protocol(const ServerView& server, Protocol protocol) {
  return std::ranges::find(server.protocols, protocol) != server.protocols.end();
}

void require_ssh(const ServerView& server) {
  if (!has_protocol(server, Protocol::ssh))
    throw Error(ErrorCode::not_found).with("kind", "ssh").with("name", server.name);
}

void add_endings(std::vector<std::pair<std::string, Line>>& facts, const ServerView& server) {
  for (const auto& check : server.checks)
    facts.emplace_back(_("end of sessions"), phrase(_("{} (login {})"), ending_words(check.ending), check.login));
  if (server.checks.empty())
    facts.emplace_back(_("end of sessions"), phrase(_("not checked yet: gilir server check {}"), server.name));
}

std::vector<std::pair<std::string, Line>> lock_facts(const ServerView& server) {
  return {{_("login"), server.user.empty() ? Line(dim(_("your own name"))) : Line(server.user)},
          {_("seats"), std::to_string(server.seats)},
          {_("logins a seat"), logins_words(server.logins)},
          {_("term"), exact_duration_words(server.term_s)},
          {_("lock-delay"), exact_duration_words(server.lock_delay_s)},
          {_("offer"), exact_duration_words(server.offer_s)}};
}

void show_server(Output& output, const ServerView& server) {
  std::vector<std::pair<std::string, Line>> facts;
  if (server.alias_of) facts.emplace_back(_("same lock as"), Line(bold(server.alias_of->value)));
  facts.emplace_back(_("address"), address_words(server.host, server.port));
  const bool desktop = has_protocol(server, Protocol::rdp);
  if (desktop) facts.emplace_back(_("desktop"), phrase(_("RDP at port {}"), server.rdp_port));
  std::ranges::copy(lock_facts(server), std::back_inserter(facts));
  if (has_protocol(server, Protocol::ssh)) facts.emplace_back(_("host key"), host_key_words(server));
  if (desktop) facts.emplace_back(_("certificate"), certificate_words(server));
  if (!server.log_off.empty()) facts.emplace_back(_("log off"), server.log_off);
  facts.emplace_back(_("lock level"), level_words(server.level));
  if (server.legacy)
    facts.emplace_back(
        _("algorithms"),
        warning(plain_text(phrase(_("outdated ones too, until gilir server edit {} --no-legacy"), server.name))));
  if (has_protocol(server, Protocol::ssh)) add_endings(facts, server);
  if (!server.aliases.empty()) facts.emplace_back(_("second names"), joined(server.aliases));
  if (!server.different_from.empty()) facts.emplace_back(_("different from"), joined(server.different_from));
  output.line(bold(server.name.value));
  output.facts(facts);
}

}  // namespace gilir::cli
