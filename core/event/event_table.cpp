#include "core/event/event_table.h"

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/base/json_reader.h"

namespace gilir {
namespace {

struct EventRow {
  EventNumber number;
  WallTime at{};
  AgentName actor;
  std::string kind;
  RawJson facts;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (number, at, actor, kind, facts, hash))

struct CanonicalEvent {
  EventNumber number;
  WallTime at{};
  AgentName actor;
  std::string kind;
  std::vector<Subject> subjects;
  RawJson facts;
};
BOOST_DESCRIBE_STRUCT(CanonicalEvent, (), (number, at, actor, kind, subjects, facts))

std::string next_hash(std::string_view previous, const CanonicalEvent& event) {
  const std::string text = std::string(previous) + "\n" + to_json(event);
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string hash;
  for (const auto byte : digest) hash += fmt::format("{:02x}", byte);
  return hash;
}

std::vector<Subject> subjects_of(store::Connection& connection, EventNumber number) {
  return connection.all<Subject>("SELECT kind, name FROM event_subject WHERE event = $1 ORDER BY kind, name", number);
}

CanonicalEvent canonical(EventRow row, std::vector<Subject> subjects) {
  return {row.number, row.at, std::move(row.actor), std::move(row.kind), std::move(subjects), std::move(row.facts)};
}

bool by_stored_name(const Subject& left, const Subject& right) {
  return std::pair(enum_name(left.kind), left.name) < std::pair(enum_name(right.kind), right.name);
}

std::vector<EventRow> read_rows(store::Connection& connection, const EventFilter& filter) {
  const auto limit = static_cast<std::int64_t>(filter.limit);
  const std::string order = filter.newest ? "DESC" : "ASC";
  if (!filter.subject) {
    return connection.all<EventRow>(
        "SELECT number, at, actor, kind, facts, hash FROM event WHERE number > $1 "
        "ORDER BY number " +
            order + " LIMIT $2",
        filter.after, limit);
  }
  if (!filter.also.empty()) {
    std::vector<store::Value> values{std::string(enum_name(filter.subject->kind)), filter.after.value, limit,
                                     filter.subject->name};
    std::string names = "$4";
    for (const auto& name : filter.also) {
      values.emplace_back(name);
      names += fmt::format(", ${}", values.size());
    }
    return connection.rows<EventRow>(
        "SELECT number, at, actor, kind, facts, hash FROM event WHERE number IN (SELECT "
        "event FROM event_subject WHERE kind = $1 AND name IN (" +
            names + ") AND event > $2) ORDER BY number " + order + " LIMIT $3",
        values);
  }
  return connection.all<EventRow>(
      "SELECT e.number, e.at, e.actor, e.kind, e.facts, e.hash FROM event_subject s JOIN event e ON e.number = s.event "
      "WHERE s.kind = $1 AND s.name = $2 AND s.event > $3 ORDER BY s.event " +
          order + " LIMIT $4",
      filter.subject->kind, filter.subject->name, filter.after, limit);
}

}  // namespace

std::string to_text(const LogHead& head) {
  return fmt::format("{}:{}", head.number.value, head.hash);
}

std::optional<LogHead> read_log_head(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  LogHead head;
  const auto* end = text.data() + colon;
  const auto parsed = std::from_chars(text.data(), end, head.number.value);
  head.hash = text.substr(colon + 1);
  const bool number_good = parsed.ec == std::errc{} && parsed.ptr == end && head.number.value >= 0;
  const bool hash_good = head.hash.size() == 2 * SHA256_DIGEST_SIZE &&
                         head.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  return number_good && hash_good ? std::optional(head) : std::nullopt;
}

EventLog::EventLog(store::Connection& connection, WallTime now, AgentName actor)
    : connection_(connection), now_(now), actor_(std::move(actor)) {}

EventNumber EventLog::append(EventKind kind, std::vector<Subject> subjects, EventFacts facts) {
  if (!head_) head_ = read_head(connection_);
  std::ranges::sort(subjects, by_stored_name);
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  const EventNumber number{head_->number.value + 1};
  EventRow row{number, now_, actor_, event_name(kind), RawJson{to_json(facts)}, {}};
  row.hash = next_hash(head_->hash, canonical(row, subjects));
  connection_.insert("event", row);
  for (const auto& subject : subjects) {
    connection_.run("INSERT INTO event_subject (kind, name, event) VALUES ($1, $2, $3)", subject.kind, subject.name,
                    number);
  }
  head_ = LogHead{number, row.hash};
  appended_.push_back(kind);
  return number;
}

std::vector<Event> read_events(store::Connection& connection, const EventFilter& filter) {
  std::vector<Event> events;
  for (auto& row : read_rows(connection, filter)) {
    events.push_back({row.number, row.at, row.actor, row.kind, subjects_of(connection, row.number),
                      from_json<EventFacts>(row.facts.text), row.hash});
  }
  if (filter.newest) std::ranges::reverse(events);
  return events;
}

LogHead read_head(store::Connection& connection) {
  return connection.first<LogHead>("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1").value_or(LogHead{});
}

LogHead verify_log(store::Connection& connection, const std::optional<LogHead>& expected) {
  LogHead head;
  const auto broken = [](std::int64_t number, std::string_view problem) {
    return Error(ErrorCode::chain_broken).with("event", number).with("problem", problem);
  };
  bool met = !expected || *expected == head;
  connection.each<EventRow>(
      "SELECT number, at, actor, kind, facts, hash FROM event ORDER BY number", [&](EventRow row) {
        const auto hash = row.hash;
        const auto number = row.number;
        if (number.value != head.number.value + 1) throw broken(head.number.value + 1, "missing");
        if (next_hash(head.hash, canonical(std::move(row), subjects_of(connection, number))) != hash) {
          throw broken(number.value, "changed");
        }
        head = {number, hash};
        met = met || *expected == head;
      });
  if (!met) throw broken(expected->number.value, "head");
  return head;
}

}  // namespace gilir
