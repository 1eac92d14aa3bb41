#include "cli/server/trust_rdp.h"

#include <algorithm>

#include "cli/input.h"
#include "cli/output/message.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/program_path.h"
#include "cli/server/server_options.h"
#include "core/base/json_reader.h"
#include "core/health/package_version.h"
#include "core/server/certificate_pin.h"
#include "core/server/shown_certificate.h"

namespace gilir::cli {
namespace {

// The program gives up by itself before that.
constexpr Milliseconds program_patience{30'000};
constexpr std::size_t longest_file = 64 * 1024;

int desktop_port(const ServerView& server) {
  return server.rdp_port != 0 ? server.rdp_port : usual_rdp_port;
}

ShownCertificate fetch(const ServerView& server) {
  const auto own = own_program();
  const auto program = own.substr(0, own.rfind('/')) + "/../libexec/gilir/rdp-certificate";
  const auto port = std::to_string(desktop_port(server));
  const auto answer = ask_program(program, {server.host, port}, program_patience);
  ShownCertificate shown;
  try {
    shown = from_json<ShownCertificate>(answer.text);
  } catch (const Error&) {
    throw Error(ErrorCode::cannot_run)
        .with("command", program)
        .with("problem", N_("it is not part of this installation, or does not run"))
        .with("status", 126);
  }
  if (!shown.outdated_tls.empty() && !server.legacy) {
    throw Error(ErrorCode::connection_lost)
        .with("server", server.name)
        .with("problem", N_("the desktop has only outdated encryption") + (": " + shown.outdated_tls))
        .with("outdated", true);
  }
  if (shown.problem.empty()) return shown;
  if (!shown.unreachable)
    throw Error(ErrorCode::connection_lost).with("server", server.name).with("problem", shown.problem);
  throw Error(ErrorCode::connect_failed)
      .with("server", server.name)
      .with("address", address_words(server.host, desktop_port(server)))
      .with("problem", shown.problem);
}

}  // namespace

std::string certificate_given(CommandContext& context, const std::string& given) {
  if (given == "-") return context.input.all(longest_file);
  const auto is_digit = [](char letter) {
    return std::string_view("0123456789abcdefABCDEF: ").find(letter) != std::string_view::npos;
  };
  const auto digits = given.starts_with("sha256:") || given.starts_with("SHA256:") ? given.substr(7) : given;
  if (given == pinned_authority || std::ranges::all_of(digits, is_digit)) return given;
  return read_text_file(given);
}

std::string certificate_fetched(CommandContext& context, const ServerView& server) {
  const auto shown = fetch(server);
  auto& output = context.output;
  output.note(phrase(_("{} at {} port {} shows this certificate over RDP:"), bold(server.name.value), server.host,
                     desktop_port(server)));
  output.note({"  SHA-256  ", bold(shown.fingerprint)});
  output.note({"  SHA-1    ", shown.thumbprint});
  output.note(phrase(_("  {}, by {}, until {}"), shown.subject, shown.issuer, shown.valid_until));
  output.note(
      _("Compare it with what the server's own console says. In Windows' PowerShell, where the SHA-1 is called "
        "Thumbprint: Get-ChildItem \"Cert:\\LocalMachine\\Remote Desktop\". Elsewhere: openssl x509 -noout "
        "-fingerprint -sha256 -in FILE"));
  if (!context.prompt.yes(_("Is it the same?"), "--key")) throw Error(ErrorCode::interrupted);
  return shown.fingerprint;
}

void check_certificate(const ServerView& server) {
  if (server.certificate.empty()) {
    throw Error(ErrorCode::host_key_unknown).with("server", server.name).with("type", "certificate");
  }
  if (server.certificate == pinned_authority) return;
  const auto shown = fetch(server);
  if (shown.fingerprint == server.certificate) return;
  throw Error(ErrorCode::host_key_changed)
      .with("server", server.name)
      .with("fingerprint", shown.fingerprint)
      .with("expected", server.certificate)
      .with("type", "certificate");
}

}  // namespace gilir::cli
