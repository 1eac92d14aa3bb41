// What the webhook is told: HOOK.conf and HOOK.secret beside the hook, HOOK being the path it runs under.
#pragma once

#include <stdexcept>
#include <string>

#include "core/base/clock.h"

namespace gilir::webhook {

// Why nothing can be posted at all; a sentence for the hooks' log.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Settings {
  std::string url;                 // http or https
  Milliseconds time_limit{8'000};  // for all tries of one event
  std::string secret;              // the key's bytes
};

// HOOK.conf has lines KEY=VALUE, and comments behind '#': url, and time_limit in seconds, from 1 to 9.
// HOOK.secret is one line, the key, or "whsec_" and the key in base64 (as Standard Webhooks writes it);
// nobody but the owner may read it. Throws Refusal.
Settings read_settings(const std::string& hook);

}  // namespace gilir::webhook
