#include "core/operations/ticket/search_names.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>

#include "core/base/text.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_list.h"

namespace gilir {
namespace {

// Of each name. The others are known when their texts are found.
constexpr std::size_t most_named = 500;
// Of an office so many reporters are known, and of so many the newest tickets.
constexpr std::size_t most_reporters = 500;
constexpr std::size_t most_reporters_read = 50;
// Of what is left out so many may be names.
constexpr std::size_t most_left_out = 8;

std::optional<Server> server_named(store::Connection& connection, const std::string& name) {
  if (!is_name(name)) return std::nullopt;
  auto server = find_server(connection, {name});
  const auto lower = ascii_lower(name);
  return server || lower == name ? server : find_server(connection, {lower});
}

using IsOne = std::function<bool(TicketNumber)>;

IsOne is_about(store::Connection& connection, const ServerName& server) {
  return [&connection, server](TicketNumber number) {
    return connection.first<std::int64_t>("SELECT 1 FROM ticket WHERE number = $1 AND server = $2", number, server)
        .has_value();
  };
}

IsOne is_reported_by(store::Connection& connection, std::set<std::int64_t> reporters) {
  return [&connection, reporters = std::move(reporters)](TicketNumber number) {
    const auto reporter = connection.first<std::int64_t>("SELECT reporter FROM ticket WHERE number = $1", number);
    return reporter && reporters.contains(*reporter);
  };
}

class Names {
 public:
  Names(store::Connection& connection, SearchWords& words) : connection_(connection), words_(words) {}

  void look_for(const std::string& name, index::WordBits words) {
    look_for_server(name, words);
    add_reporters(reporters_of_office(connection_, name, most_reporters), words, NamedKind::office);
    add_reporters(reporters_named(connection_, name), words, NamedKind::reporter);
  }

 private:
  void look_for_server(const std::string& name, index::WordBits words) {
    const auto server = server_named(connection_, name);
    if (!server) return;
    TicketFilter filter;
    filter.server = server->name;
    filter.limit = most_named;
    add(newest_numbers(connection_, filter), words, NamedKind::server, is_about(connection_, server->name));
  }

  void add_reporters(const std::vector<Reporter>& reporters, index::WordBits words, NamedKind kind) {
    if (reporters.empty()) return;
    const auto read = std::min(reporters.size(), most_reporters_read);
    TicketFilter filter;
    filter.limit = most_named / read;
    std::vector<TicketNumber> newest;
    std::set<std::int64_t> ids;
    for (std::size_t i = 0; i < reporters.size(); ++i) {
      ids.insert(reporters[i].id);
      if (i >= read) continue;
      filter.reporters = {reporters[i].id};
      std::ranges::copy(newest_numbers(connection_, filter), std::back_inserter(newest));
    }
    if (ids.size() > read) words_.whole = false;
    add(std::move(newest), words, kind, is_reported_by(connection_, std::move(ids)), filter.limit);
  }

  void add(std::vector<TicketNumber> newest, index::WordBits words, NamedKind kind, IsOne is_one,
           std::size_t most = most_named) {
    if (newest.empty()) return;
    std::ranges::sort(newest);
    const bool all = newest.size() < most;
    if (!all) words_.whole = false;
    words_.query.named.push_back(
        {words, std::move(newest), kind == NamedKind::server, all ? nullptr : std::move(is_one)});
    words_.named.push_back(kind);
  }

  store::Connection& connection_;
  SearchWords& words_;
};

void leave_out(store::Connection& connection, const std::string& name, SearchWords& words) {
  if (name.empty() || name.size() > max_name_bytes) return;
  auto& without = words.query.without_named;
  if (const auto server = server_named(connection, name)) without.push_back(is_about(connection, server->name));
  auto reporters = reporters_of_office(connection, name, most_reporters);
  if (reporters.size() == most_reporters) words.whole = false;
  std::ranges::copy(reporters_named(connection, name), std::back_inserter(reporters));
  std::set<std::int64_t> ids;
  for (const auto& reporter : reporters) ids.insert(reporter.id);
  if (!ids.empty()) without.push_back(is_reported_by(connection, std::move(ids)));
}

}  // namespace

void add_named_tickets(store::Connection& connection, std::string_view text, SearchWords& words) {
  const auto left_out = words.names_left_out | std::views::take(most_left_out);
  for (const auto& name : left_out) leave_out(connection, name, words);
  if (words.names_left_out.size() > most_left_out) words.whole = false;
  Names names(connection, words);
  const auto& typed = words.typed;
  for (std::size_t first = 0; first < std::min(typed.size(), most_searched_names); ++first) {
    index::WordBits meant = 0;
    for (auto last = first; last < std::min(typed.size(), first + longest_searched_name) && typed[last].plain; ++last) {
      meant |= typed[last].words;
      const auto name = text.substr(typed[first].begin, typed[last].end - typed[first].begin);
      if (meant != 0 && name.size() <= max_name_bytes) names.look_for(std::string(name), meant);
    }
  }
}

bool add_tickets_of_name(store::Connection& connection, const std::string& name, index::WordBits meant,
                         SearchWords& words) {
  const auto before = words.named.size();
  Names(connection, words).look_for(name, meant);
  return words.named.size() > before;
}

}  // namespace gilir
