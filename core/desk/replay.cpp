#include "core/desk/replay.h"

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <array>

namespace gilir {
namespace {

struct RequestRow {
  AgentName actor;
  std::string id;
  std::string operation;
  std::string payload_hash;
  RawJson result;
  WallTime at{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (), (actor, id, operation, payload_hash, result, at))

std::string key_of(const RequestStep& request) {
  return request.index == 0 ? request.id : fmt::format("{}/{}", request.id, request.index);
}

// Of several operations under one id each knows how many they are: fewer or more of them are another change.
std::string payload_hash(const RequestStep& request, const OperationSpec& spec, const void* operation) {
  auto payload = (spec.payload_json != nullptr ? spec.payload_json : spec.operation_json)(operation);
  if (request.count > 1) payload += fmt::format("/{}", request.count);
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, payload.size(), reinterpret_cast<const std::uint8_t*>(payload.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string text;
  for (const auto byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

bool replay(Context& context, const RequestStep& request, const OperationSpec& spec, const void* operation,
            void* result) {
  const auto row = context.connection().first<RequestRow>(
      "SELECT actor, id, operation, payload_hash, result, at FROM request WHERE actor = $1 AND id = $2",
      context.caller().name, key_of(request));
  if (!row) return false;
  if (row->operation != spec.name || row->payload_hash != payload_hash(request, spec, operation)) {
    throw Error(ErrorCode::request_reused).with("request_id", request.id);
  }
  spec.read_result(row->result.text, result);
  if (spec.refresh != nullptr) spec.refresh(context, result);
  return true;
}

void remember(Context& context, const RequestStep& request, const OperationSpec& spec, const void* operation,
              const void* result) {
  context.connection().insert("request", RequestRow{context.caller().name, key_of(request), std::string(spec.name),
                                                    payload_hash(request, spec, operation),
                                                    RawJson{spec.result_json(result)}, context.now().wall});
  context.connection().run(
      "DELETE FROM request WHERE rowid IN (SELECT rowid FROM request WHERE at < $1 AND operation <> 'ticket.new' LIMIT "
      "100)",
      context.now().wall - std::chrono::hours{24});
}

void move_kept_times(store::Connection& connection, WallTime since, Milliseconds by) {
  connection.run("UPDATE request SET at = at + $2 WHERE at >= $1", since, by.count());
}

}  // namespace gilir
