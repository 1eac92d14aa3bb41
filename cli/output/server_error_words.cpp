#include "cli/output/server_error_words.h"

#include "cli/output/translate.h"
#include "cli/output/usage_words.h"

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

ErrorWords same_machine_words(const Error& error) {
  const auto server = error.text("server");
  const auto other = error.text("other");
  const auto because = error.text("because");
  const auto words = because == "host_key"      ? _("{} is the same machine as {}: both have this host key")
                     : because == "certificate" ? _("{} is the same machine as {}: both show this certificate")
                     : because == "address"     ? _("{} is the same machine as {}: both are at this address")
                                                : _("{} and {} are one name but for upper and lower case");
  return say(phrase(words, server, other),
             phrase(_("If it is one machine, give both one lock with --alias-of {}; if it is another, say "
                      "--different-from {}"),
                    other, joined(error, "others", " --different-from ")));
}

ErrorWords server_in_use_words(const Error& error) {
  const auto server = error.text("name");
  const auto because = error.text("because");
  if (!error.text("tickets").empty()) {
    return say(phrase(_("{} cannot be removed: open tickets name it: {}"), server, error.text("tickets")),
               _("Resolve them or name another server in them first, or remove it all the same with --force"));
  }
  if (because.empty()) return {};
  const auto words = because == "waits"     ? _("{} is waiting for {}, so it stays where it is")
                     : because == "offered" ? _("it is the turn of {} at {}, so it stays where it is")
                     : because == "ending"  ? _("{} has just left {}, and what ran there may not be over yet")
                                            : _("{} is using {}, so it stays where it is");
  return say(phrase(words, error.text("by"), server),
             phrase(_("See who has it, and who waits, with gilir lock show {}; then try again"), server));
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
  if (error.code() == ErrorCode::same_machine) return same_machine_words(error);
  if (error.code() == ErrorCode::in_use && error.text("kind") == "server") return server_in_use_words(error);
  if (error.code() == ErrorCode::version_moved && !error.text("server").empty()) {
    return say(phrase(_("{} was changed meanwhile, and nothing was kept of what was found"), error.text("server")),
               phrase(_("Look at it again with gilir server check {}"), error.text("server")));
  }
  return {};
}

}  // namespace gilir::cli
