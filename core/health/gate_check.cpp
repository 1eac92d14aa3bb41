#include "core/health/gate_check.h"

#include <unistd.h>

#include "core/base/error.h"
#include "core/store/gate_holder.h"
#include "core/store/write_gate.h"

namespace gilir {
namespace {

constexpr Milliseconds slow{1000};

}  // namespace

std::optional<int> holder_of_lock(const std::string& path) {
  return store::holder_of_lock(path);
}

Finding check_gate(const std::string& directory, Milliseconds limit) {
  const auto path = directory + "/gate";
  if (access(path.c_str(), F_OK) != 0) return {Check::gate, Health::ok, Because::missing, path, ""};
  const auto start = std::chrono::steady_clock::now();
  try {
    store::WriteGate gate(path);
    gate.enter(limit);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) {
      return {Check::gate, Health::problem, Because::not_opened, path, error.text("problem")};
    }
    const auto holder = holder_of_lock(path);
    if (!holder) return {Check::gate, Health::problem, Because::held, path, ""};
    const auto because = store::state_of_process(*holder).stopped ? Because::stopped : Because::held;
    return {Check::gate, Health::problem, because, path, std::to_string(*holder)};
  }
  const auto took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
  const bool is_slow = took >= slow;
  return {Check::gate, is_slow ? Health::warning : Health::ok, is_slow ? Because::slow : Because::fine, path,
          std::to_string(took.count())};
}

}  // namespace gilir
