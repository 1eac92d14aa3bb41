// Posting one delivery, with retries.
#pragma once

#include <string>

#include "plugins/webhook/settings.h"

namespace gilir::webhook {

struct Delivery {
  std::string id;     // the event's number
  std::string event;  // its kind
  std::string body;   // its JSON
};

// Posts until the receiver answers 2xx. Tried again, 0.25 s later, then after twice as long each time, while
// time is left: no connection, no answer, 408, 429 and 5xx. Every other answer ends it; redirects are not
// followed. What went wrong is said on standard error. Returns whether it was delivered.
bool post(const Settings& settings, const Delivery& delivery);

}  // namespace gilir::webhook
