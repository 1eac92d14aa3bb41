#include "cli/output/sink.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/output/translate.h"
#include "core/base/error.h"

namespace gilir::cli {

constexpr std::size_t buffer_bytes = 64 * 1024;

void DescriptorSink::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= buffer_bytes) flush();
}

void DescriptorSink::flush() {
  // Taken out first, so that an error is reported once and not again by the next flush.
  const std::string pending = std::exchange(buffer_, {});
  for (std::size_t done = 0; done < pending.size();) {
    const ssize_t written = ::write(descriptor_, pending.data() + done, pending.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno == EPIPE) {
      throw ReaderGone();
    } else if (errno == EAGAIN) {
      // A terminal that another program left in non-blocking mode.
      pollfd ready{descriptor_, POLLOUT, 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      throw Error(ErrorCode::failed)
          .with("problem", std::string(N_("cannot write the output")) + ": " + strerror(errno));
    }
  }
}

}  // namespace gilir::cli
