#include <sys/prctl.h>
#include <sys/socket.h>

#include <csignal>
#include <cstdlib>
#include <memory>

#include "core/base/json_reader.h"
#include "core/desk/local_desk.h"
#include "core/hooks/hook_depth.h"
#include "core/process/boot_timer.h"
#include "core/session/renewer.h"
#include "core/session/renewer_message.h"

namespace gilir {

namespace {

// As for a renewal in the loop itself: what cannot pass the gate in time is asked for again.
constexpr Milliseconds patience{3000};

class RenewerProcess {
 public:
  RenewerProcess(int asker, std::string program) : asker_(asker), program_(std::move(program)) {}

  int run() {
    const auto task = receive_text(asker_, true);
    if (task.kind != ReceivedText::text) return 0;
    read_json(parse_json(task.bytes), task_);
    while (true) {
      const auto request = receive_text(asker_, true);
      if (request.kind != ReceivedText::text) return 0;
      if (!send_text(asker_, to_json(answer_to(request.bytes)))) return 0;
    }
  }

 private:
  AnswerMessage answer_to(const std::string& text) {
    AnswerMessage answer;
    try {
      RequestMessage request;
      read_json(parse_json(text), request);
      answer.asked_at = request.asked_at;
      if (boot_now() >= BootTime(Milliseconds(request.cut_at))) {
        throw Error(ErrorCode::failed).with("problem", "the renewal was asked for too long ago");
      }
      answer.renewed = renew();
    } catch (const Error& error) {
      answer.error = error.code();
      // Opened where there was no room, it would stay one that can only be read.
      if (error.code() == ErrorCode::no_space) desk_.reset();
      for (const auto& [key, value] : error.details()) answer.details.push_back({key, RawJson{value}});
    } catch (const std::exception& error) {
      answer.error = ErrorCode::failed;
      answer.details.push_back({"problem", RawJson{to_json(std::string(error.what()))}});
    }
    return answer;
  }

  RenewedHolds renew() {
    if (!desk_) {
      const char* depth = std::getenv(hook_depth_variable);
      desk_ = std::make_unique<LocalDesk>(
          LocalDeskOptions{task_.desk, nullptr, program_, hook_depth_from(depth == nullptr ? "" : depth)}, clock_);
    }
    Call call{task_.caller};
    call.patience = patience;
    return desk_->perform(call, KeepHolds{task_.holds}).result;
  }

  int asker_;
  std::string program_;
  const SystemClock clock_{};
  RenewerTask task_;
  std::unique_ptr<LocalDesk> desk_;
};

bool is_asker_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

}  // namespace

int renewer_main(int descriptor, const std::string& program) noexcept {
  if (!is_asker_socket(descriptor)) return 2;
  ::prctl(PR_SET_NAME, renewer_name);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  try {
    return RenewerProcess(descriptor, program).run();
  } catch (...) {
    // Its asker sees the end of the socket, and renews by itself.
    return 1;
  }
}

}  // namespace gilir
