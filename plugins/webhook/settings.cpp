#include "plugins/webhook/settings.h"

#include <fcntl.h>
#include <nettle/base64.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "cli/output/known_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/base/text.h"
#include "core/process/descriptor.h"

namespace gilir::webhook {
namespace {

using cli::_;
using cli::phrase;

constexpr std::size_t largest_file = 64 * 1024;
constexpr std::size_t shortest_key = 16;
constexpr std::string_view encoded_prefix = "whsec_";

[[noreturn]] void refuse(const std::string& path, const cli::Line& problem) {
  throw Refusal(path + ": " + plain_text(problem));
}

std::string system_problem() {
  return cli::known_words(std::strerror(errno));
}

// The whole file, which nobody else may write, nor read when it is secret.
std::string read_file(const std::string& path, bool secret) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts {};
  if (!file || ::fstat(file.get(), &facts) != 0) refuse(path, system_problem());
  if (!S_ISREG(facts.st_mode)) refuse(path, _("is no file"));
  if (facts.st_uid != ::geteuid() && facts.st_uid != 0) refuse(path, _("belongs to another user"));
  if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0) refuse(path, _("others may write it"));
  if (secret && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    refuse(path, _("others may read it; chmod 600 takes that from them"));
  std::string text(largest_file + 1, '\0');
  std::size_t size = 0;
  for (ssize_t got = 1; got > 0 && size < text.size(); size += static_cast<std::size_t>(got)) {
    got = ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0) refuse(path, system_problem());
  }
  if (size > largest_file) refuse(path, _("is too large"));
  text.resize(size);
  return text;
}

std::string decoded(const std::string& path, std::string_view text) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::string key(BASE64_DECODE_LENGTH(text.size()), '\0');
  auto size = key.size();
  const bool good =
      base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(key.data()), text.size(), text.data()) == 1;
  if (!good || base64_decode_final(&context) != 1) refuse(path, _("what stands behind whsec_ is not base64"));
  key.resize(size);
  return key;
}

std::string read_secret(const std::string& path) {
  const auto text = read_file(path, true);
  const auto line = trimmed(text);
  const auto key =
      line.starts_with(encoded_prefix) ? decoded(path, line.substr(encoded_prefix.size())) : std::string(line);
  if (key.size() < shortest_key) refuse(path, _("the key is shorter than 16 bytes"));
  return key;
}

void set(Settings& settings, const std::string& path, std::string_view key, std::string_view value) {
  if (key == "url") {
    const auto lower = ascii_lower(value);
    if (!lower.starts_with("https://") && !lower.starts_with("http://"))
      refuse(path, _("url is no http or https address"));
    settings.url = value;
  } else if (key == "time_limit") {
    int seconds = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (problem != std::errc{} || end != value.data() + value.size() || seconds < 1 || seconds > 9) {
      refuse(path, _("time_limit is no number of seconds from 1 to 9"));
    }
    settings.time_limit = Seconds{seconds};
  } else {
    refuse(path, phrase(_("there is no setting {}"), printable_line(key)));
  }
}

}  // namespace

Settings read_settings(const std::string& hook) {
  Settings settings;
  const auto path = hook + ".conf";
  const auto text = read_file(path, false);
  for (std::string_view rest = text; !rest.empty();) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    line = trimmed(line);
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) refuse(path, _("a line is not KEY=VALUE"));
    set(settings, path, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
  if (settings.url.empty()) refuse(path, _("url is missing"));
  settings.secret = read_secret(hook + ".secret");
  return settings;
}

}  // namespace gilir::webhook
