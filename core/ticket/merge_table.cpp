#include "core/ticket/merge_table.h"

#include <algorithm>

#include "core/base/error.h"

namespace gilir {
namespace {

std::string select_merge(std::string_view rest) {
  return "SELECT " + store::columns<MergeRecord>() + " FROM merge " + std::string(rest);
}

}  // namespace

MergeRecord add_merge(store::Connection& connection, MergeRecord record) {
  record.id = connection.first<std::int64_t>("SELECT coalesce(max(id), 0) + 1 FROM merge").value_or(1);
  connection.insert("merge", record);
  return record;
}

MergeRecord merge_of(store::Connection& connection, TicketNumber source) {
  auto record = connection.first<MergeRecord>(select_merge("WHERE source = $1 ORDER BY id DESC LIMIT 1"), source);
  if (record) return *record;
  throw Error(ErrorCode::damaged).with("path", connection.path()).with("problem", "a merge was not recorded");
}

std::vector<MergeRecord> merges_into(store::Connection& connection, TicketNumber target, std::int64_t id) {
  return connection.all<MergeRecord>(select_merge("WHERE target = $1 AND id > $2 ORDER BY id"), target, id);
}

void update_merge(store::Connection& connection, const MergeRecord& record) {
  connection.put("merge", R"("id")", record);
}

void remove_merge(store::Connection& connection, const MergeRecord& record) {
  connection.run("DELETE FROM merge WHERE id = $1", record.id);
}

void detach_urgency(store::Connection& connection, TicketNumber target) {
  connection.run("UPDATE merge SET target_urgent = 1 WHERE target = $1 AND source_urgent = 1", target);
}

void add_merge_news(store::Connection& connection, const MergeNews& news) {
  connection.put("merge_news", R"("agent", "source")", news);
}

std::vector<MergeNews> merge_news_of(store::Connection& connection, const AgentName& agent, std::int64_t limit) {
  static const std::string sql = "SELECT " + store::columns<MergeNews>() +
                                 " FROM merge_news WHERE agent = $1 ORDER BY \"at\" DESC, source DESC LIMIT $2";
  return connection.all<MergeNews>(sql, agent, limit);
}

bool has_merge_news(store::Connection& connection, const AgentName& agent, TicketNumber ticket) {
  return connection
      .first<std::int64_t>("SELECT 1 FROM merge_news WHERE agent = $1 AND (source = $2 OR target = $2) LIMIT 1", agent,
                           ticket)
      .has_value();
}

void remove_merge_news(store::Connection& connection, const AgentName& agent, TicketNumber ticket) {
  connection.run("DELETE FROM merge_news WHERE agent = $1 AND (source = $2 OR target = $2)", agent, ticket);
}

void remove_merge_news(store::Connection& connection, TicketNumber source) {
  connection.run("DELETE FROM merge_news WHERE source = $1", source);
}

bool joined(bool one, bool other) {
  return one || other;
}

std::optional<WallTime> joined(const std::optional<WallTime>& one, const std::optional<WallTime>& other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

}  // namespace gilir
