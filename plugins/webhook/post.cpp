#include "plugins/webhook/post.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/process/boot_timer.h"
#include "plugins/webhook/signature.h"

namespace gilir::webhook {
namespace {

using cli::_;
using cli::phrase;

constexpr Milliseconds first_pause{250};
// One silent try must leave time for another.
constexpr Milliseconds longest_try{4'000};
constexpr std::size_t most_answer = 64 * 1024;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// What the receiver says beside its status is nobody's concern; more than a little of it ends the try.
std::size_t drop(char*, std::size_t, std::size_t size, void* read) {
  auto& total = *static_cast<std::size_t*>(read);
  total += size;
  return total <= most_answer ? size : 0;
}

Headers headers_of(const Settings& settings, const Delivery& delivery) {
  // Signed anew for each try: a receiver refuses what is old.
  const auto timestamp = std::to_string(::time(nullptr));
  const auto signed_by = signature(settings.secret, delivery.id, timestamp, delivery.body);
  Headers headers(nullptr, curl_slist_free_all);
  for (const auto& line :
       {std::string("Content-Type: application/json"), "webhook-id: " + delivery.id, "webhook-timestamp: " + timestamp,
        "webhook-signature: " + signed_by, "X-Gilir-Event: " + delivery.event, std::string("Expect:")}) {
    auto* longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) throw Refusal(_("out of memory"));
    static_cast<void>(headers.release());
    headers.reset(longer);
  }
  return headers;
}

struct Answer {
  bool delivered = false;
  bool try_again = false;
  std::string words;
};

Answer answer_of(CURLcode result, long status, const char* problem) {
  if (status >= 200 && status < 300) return {true, false, {}};
  if (status == 0) return {false, true, *problem != '\0' ? problem : curl_easy_strerror(result)};
  const bool try_again = status == 408 || status == 429 || status >= 500;
  const bool redirect = status >= 300 && status < 400;
  const auto* words =
      redirect ? _("the receiver answered {}; redirects are not followed") : _("the receiver answered {}");
  return {false, try_again, plain_text(phrase(words, status))};
}

Answer post_once(const Settings& settings, const Delivery& delivery, Milliseconds limit) {
  const Handle handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle) throw Refusal(_("libcurl does not start"));
  const auto headers = headers_of(settings, delivery);
  std::array<char, CURL_ERROR_SIZE> problem{};
  std::size_t read = 0;
  bool good = true;
  const auto set = [&](CURLoption option, auto value) {
    good = curl_easy_setopt(handle.get(), option, value) == CURLE_OK && good;
  };
  set(CURLOPT_URL, settings.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_USERAGENT, "gilir-webhook/" GILIR_VERSION);
  set(CURLOPT_POSTFIELDS, delivery.body.data());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(delivery.body.size()));
  set(CURLOPT_WRITEFUNCTION, drop);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&read));
  set(CURLOPT_ERRORBUFFER, problem.data());
  if (!good) throw Refusal(_("this libcurl lacks what is needed"));
  const auto result = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return answer_of(result, status, problem.data());
}

void pause(Milliseconds length) {
  const timespec time{length.count() / 1000, (length.count() % 1000) * 1'000'000};
  ::nanosleep(&time, nullptr);
}

}  // namespace

bool post(const Settings& settings, const Delivery& delivery) {
  const auto until = boot_now() + settings.time_limit;
  for (auto wait = first_pause;; wait *= 2) {
    const auto answer = post_once(settings, delivery, std::clamp(until - boot_now(), Milliseconds{1}, longest_try));
    if (answer.delivered) return true;
    const bool again = answer.try_again && boot_now() + wait < until;
    const auto* words = again ? _("{}; trying again") : _("{}; given up");
    fmt::print(stderr, "{}\n", plain_text(phrase(words, answer.words)));
    if (!again) return false;
    pause(wait);
  }
}

}  // namespace gilir::webhook
