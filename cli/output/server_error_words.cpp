#include "cli/output/server_error_words.h"

#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

ErrorWords say(const Line& message, const Line& hint) {
  return {plain_text(message), plain_text(hint)};
}

ErrorWords certificate_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  switch (error.code()) {
    case ErrorCode::host_key_unknown:
      return say(phrase(_("{} has no pinned certificate"), part("server")),
                 phrase(_("Compare it, then pin it with gilir server trust {} --rdp"), part("server")));
    case ErrorCode::host_key_changed:
      return say(
          phrase(_("the certificate of {} has changed: it shows {}, pinned is {}"), part("server"), part("fingerprint"),
                 part("expected")),
          phrase(
              _("It may have been renewed, or someone may be listening in. Compare it with the server's own, and pin "
                "it with gilir server trust {} --rdp --replace"),
              part("server")));
    case ErrorCode::exists:
      return say(phrase(_("{} has another certificate pinned, {}; the one given is {}"), part("name"), part("expected"),
                        part("fingerprint")),
                 _("If it was renewed on purpose, say so with --replace"));
    default:
      return {};
  }
}

ErrorWords host_key_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  const auto server = part("server").empty() ? std::string(_("the server")) : part("server");
  switch (error.code()) {
    case ErrorCode::host_key_unknown:
      return say(part("fingerprint").empty() ? phrase(_("{} has no pinned host key"), server)
                                             : phrase(_("{} has no pinned host key; it shows {} {}"), server,
                                                      part("type"), part("fingerprint")),
                 phrase(_("Compare it, then pin it with gilir server trust {}"), part("server")));
    case ErrorCode::host_key_changed:
      return say(phrase(_("the host key of {} has changed: it shows {}, pinned is {}"), server, part("fingerprint"),
                        part("expected")),
                 _("Someone may be listening in. Ask whoever runs the server before you trust the new key"));
    default:
      return {};
  }
}

}  // namespace

ErrorWords server_words(const Error& error) {
  if (error.text("type") == "certificate" || error.text("kind") == "certificate") return certificate_words(error);
  if (auto words = host_key_words(error); !words.message.empty()) return words;
  if (error.code() == ErrorCode::not_found && error.text("kind") == "ssh") {
    return say(
        phrase(_("{} has no SSH, only a desktop"), error.text("name")),
        phrase(_("Open it with gilir rdp {0}; gilir server trust {0} --rdp pins its certificate. If it has SSH as "
                 "well: gilir server edit {0} --protocol ssh,rdp"),
               error.text("name")));
  }
  if (error.code() == ErrorCode::in_use && error.text("kind") == "server" && !error.text("tickets").empty()) {
    return say(phrase(_("{} cannot be removed: open tickets name it: {}"), error.text("name"), error.text("tickets")),
               _("Resolve them or name another server in them first, or remove it all the same with --force"));
  }
  return {};
}

}  // namespace gilir::cli
