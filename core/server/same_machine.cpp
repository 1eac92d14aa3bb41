#include "core/server/same_machine.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/server/certificate_pin.h"

namespace gilir {
namespace {

// As inet_ntop writes it, so that "::1" and "0:0:0:0:0:0:0:1" are one; empty when it is no address in digits.
std::string in_digits(const std::string& text) {
  char written[INET6_ADDRSTRLEN] = {};
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return inet_ntop(AF_INET, &four, written, sizeof written);
  in6_addr six{};
  if (inet_pton(AF_INET6, text.c_str(), &six) != 1) return {};
  if (!IN6_IS_ADDR_V4MAPPED(&six)) return inet_ntop(AF_INET6, &six, written, sizeof written);
  return inet_ntop(AF_INET, &six.s6_addr[12], written, sizeof written);
}

// "kantor.example." and "KANTOR.example" are one name.
std::string host_name(const Server& server) {
  auto name = ascii_lower(server.host);
  if (name.ends_with('.')) name.pop_back();
  return name;
}

// A port that is forwarded is often another machine's than its neighbour; those that a machine itself listens at are
// one machine's.
std::string place_at(const std::string& host, int port) {
  const bool is_usual = port == usual_ssh_port || port == usual_rdp_port;
  return is_usual ? host : fmt::format("{} {}", host, port);
}

// What only one machine has to show over RDP; empty where it is not known.
std::string_view own_certificate(const Server& server) {
  return server.certificate == pinned_authority ? std::string_view() : server.certificate;
}

// Where connections to it go, over SSH and RDP: its host as written, and each address that it stands for.
std::set<std::string> places_of(const Server& server) {
  std::set<std::string> places;
  const auto add = [&](const std::string& host) {
    places.insert(place_at(host, server.port));
    if (server.rdp_port != 0) places.insert(place_at(host, server.rdp_port));
  };
  const auto digits = in_digits(server.host);
  add(digits.empty() ? host_name(server) : digits);
  // On every machine (RFC 6761, §6.3), also where nothing resolves it.
  if (host_name(server) == "localhost") {
    add("127.0.0.1");
    add("::1");
  }
  std::string_view rest = server.addresses;
  while (!rest.empty()) {
    const auto address = rest.substr(0, rest.find(' '));
    add(std::string(address));
    rest.remove_prefix(std::min(address.size() + 1, rest.size()));
  }
  return places;
}

}  // namespace

std::optional<Sameness> same_machine(const Server& server, const Server& other) {
  if (server.name == other.name) return std::nullopt;
  if (!server.host_key.empty() && server.host_key == other.host_key) return Sameness::host_key;
  if (!own_certificate(server).empty() && own_certificate(server) == own_certificate(other))
    return Sameness::certificate;
  const auto places = places_of(server);
  const bool meet = std::ranges::any_of(places_of(other), [&](const auto& place) { return places.contains(place); });
  if (meet) return Sameness::address;
  if (ascii_lower(server.name.value) == ascii_lower(other.name.value)) return Sameness::name;
  return std::nullopt;
}

std::vector<SameMachine> same_machines(const std::vector<Server>& servers, std::size_t most,
                                       const std::function<bool(const Server&, const Server&)>& is_settled) {
  // Only servers that have one of these marks in common can be one machine.
  std::map<std::string, std::vector<std::size_t>> marked;
  for (std::size_t at = 0; at < servers.size(); ++at) {
    marked["name " + ascii_lower(servers[at].name.value)].push_back(at);
    if (!servers[at].host_key.empty()) marked["key " + servers[at].host_key].push_back(at);
    if (const auto pin = own_certificate(servers[at]); !pin.empty()) marked["shows " + std::string(pin)].push_back(at);
    for (const auto& place : places_of(servers[at])) marked["at " + place].push_back(at);
  }
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  const auto add = [&](std::size_t server, std::size_t other) {
    if (pairs.size() < most && !is_settled(servers[server], servers[other])) pairs.emplace(server, other);
  };
  for (const auto& [mark, which] : marked) {
    for (std::size_t first = 0; first < which.size(); ++first) {
      for (std::size_t second = first + 1; second < which.size(); ++second) add(which[first], which[second]);
    }
  }
  std::vector<SameMachine> same;
  for (const auto& [first, second] : pairs) {
    same.push_back({servers[first].name, servers[second].name, *same_machine(servers[first], servers[second])});
  }
  return same;
}

std::string address_list(const std::vector<std::string>& addresses) {
  std::set<std::string> known;
  for (const auto& address : addresses) known.insert(in_digits(address));
  known.erase("");
  std::string list;
  for (const auto& address : known) list.append(list.empty() ? "" : " ").append(address);
  return list;
}

}  // namespace gilir
