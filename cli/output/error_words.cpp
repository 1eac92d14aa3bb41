#include "cli/output/error_words.h"

#include <charconv>

#include "cli/output/held_words.h"
#include "cli/output/known_words.h"
#include "cli/output/loss_words.h"
#include "cli/output/output.h"
#include "cli/output/people_error_words.h"
#include "cli/output/refused_move_words.h"
#include "cli/output/server_error_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "cli/output/usage_words.h"
#include "core/lock/demand.h"

namespace gilir::cli {
namespace {

std::string server_of(const Error& error) {
  const auto server = error.text("server");
  return server.empty() ? _("the server") : server;
}

// Kinds are English words of the protocol; people read them in their language.
std::string kind_of(const Error& error) {
  const auto kind = error.text("kind");
  for (const char* known : {N_("ticket"), N_("server"), N_("agent"), N_("reporter"), N_("office"), N_("unit"),
                            N_("category"), N_("lease"), N_("hold"), N_("tier")}) {
    if (kind == known) return _(known);
  }
  return kind.empty() ? _("entry") : kind;
}

ErrorWords say(const Line& message, const Line& hint = {}) {
  return {plain_text(message), plain_text(hint)};
}

// A field of whole seconds.
std::string duration_of(const Error& error, std::string_view key) {
  const auto json = error.detail(key);
  std::int64_t seconds = 0;
  std::from_chars(json.data(), json.data() + json.size(), seconds);
  return duration_words(Seconds{seconds});
}

ErrorWords ticket_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  switch (error.code()) {
    case ErrorCode::wrong_state:
      return refused_move_words(error);
    case ErrorCode::version_moved:
      return say(
          phrase(_("#{} has moved on to version {} (you named {})"), part("number"), part("version"), part("expected")),
          phrase(_("Look at it again with gilir ticket show {}"), part("number")));
    case ErrorCode::merge_loop:
      if (part("number") == part("into")) {
        return say(phrase(_("#{} cannot be merged into itself"), part("number")));
      }
      return say(phrase(_("#{} cannot be merged into #{}: that one is merged into it"), part("number"), part("into")));
    case ErrorCode::cross_reporter:
      return say(phrase(_("#{} and #{} come from different reporters or offices"), part("number"), part("into")),
                 _("If one answer is right for both, merge them with --cross-reporter"));
    case ErrorCode::no_higher_tier:
      return say(phrase(_("#{} is at tier {}, and no agent is above it"), part("number"), part("tier")),
                 _("Name a tier or an agent with --to"));
    case ErrorCode::wrong_server:
      return say(phrase(_("#{} is about {}, not {}"), part("number"), part("ticket_server"), part("server")),
                 _("Name a ticket of that server with --ticket, or say what it is for with --reason"));
    case ErrorCode::not_assignee:
      return say(phrase(_("{} works on #{}"), part("assignee"), part("number")),
                 phrase(_("To take it over: gilir ticket assign {} me"), part("number")));
    case ErrorCode::merged:
      if (!part("agent").empty()) {
        return say(phrase(_("#{} is part of #{}, for which {} has {}: there is nothing to wait for"), part("number"),
                          part("into"), part("agent"), part("server")),
                   phrase(_("The answer to #{} will be the answer to yours"), part("into")));
      }
      return say(phrase(_("#{} was merged into #{}: nothing is left to log in for"), part("number"), part("into")),
                 phrase(_("To take the merge back: gilir ticket unmerge {}"), part("number")));
    case ErrorCode::resolved:
      return part("answer").empty()
                 ? say(phrase(_("#{} is {} and needs no server any more"), part("number"), status_of(error)),
                       phrase(_("Open it again with gilir ticket reopen {} -m WHY"), part("number")))
                 : say(phrase(_("#{} is {} and needs no server any more; the answer was: {}"), part("number"),
                              status_of(error), part("answer")));
    default:
      return {};
  }
}

ErrorWords desk_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  switch (error.code()) {
    case ErrorCode::no_desk:
      return say(phrase(_("there is no desk at {}"), part("path")),
                 _("Make one with gilir init, or name one with --desk"));
    case ErrorCode::unreachable:
      return say(phrase(_("the desk {} cannot be opened: {}"), part("path"), known_words(part("problem"))),
                 limit_hint(part("problem")));
    case ErrorCode::foreign_file:
      return say(phrase(_("{} is not a desk"), part("path")));
    case ErrorCode::newer_schema:
      return say(phrase(_("the desk {} was made by a newer gilir (schema {}, this one knows {})"), part("path"),
                        part("schema"), part("supported")),
                 _("Install the newer gilir"));
    case ErrorCode::damaged:
      if (const auto server = part("server"); !server.empty()) {
        return say(phrase(_("the host key pinned for {} cannot be read"), server),
                   plain_text(phrase(_("Pin it again: gilir server trust {} --replace --key LINE"), server)));
      }
      if (part("part") == "index") {
        return say(phrase(_("the desk's index of texts is damaged: {}"), known_words(part("problem"))),
                   _("No ticket is lost; an admin has it made anew with gilir doctor --repair-index"));
      }
      return say(phrase(_("the desk {} is damaged: {}"), part("path"), known_words(part("problem"))),
                 _("Keep the file as it is and go back to a backup"));
    case ErrorCode::no_space:
      return say(phrase(_("there is no space left for {}"), part("path")), _("Free some space and try again"));
    case ErrorCode::past_boot:
      return say(_("this process belongs to a start of the machine that is over"),
                 _("Start it again; where the desk was copied away and back: gilir doctor --repair-machine"));
    case ErrorCode::network_desk:
      return say(phrase(_("the desk {} lies on a network file system ({})"), part("path"), part("kind")),
                 _("Keep it on a local disk and share it through a hub"));
    case ErrorCode::foreign_desk:
      if (part("kind") == "directory") {
        return say(phrase(_("the directory {} belongs to user {}"), part("path"), part("owner")),
                   _("Make the desk as that user, or name a directory of your own"));
      }
      return say(phrase(_("the desk {} belongs to {}"), part("path"), part("owner")),
                 _("A desk has one user of the machine; others reach it through a hub"));
    case ErrorCode::busy:
      if (part("pid").empty()) return say(_("the desk is busy with other changes"), _("Try again"));
      if (part("stopped") == "true") {
        return say(
            phrase(_("the desk waits for process {} ({}), which is stopped"), part("pid"), part("command")),
            phrase(_("Let it go on with kill -CONT {}, or end it with kill -KILL {}"), part("pid"), part("pid")));
      }
      return say(phrase(_("the desk is busy with a change of process {} ({})"), part("pid"), part("command")),
                 _("Try again; if it does not end, see what that process does"));
    default:
      return {};
  }
}

// An admin may admit what a server has, as old as it is.
Line legacy_hint(const Error& error) {
  return phrase(_("It should be brought up to date; until then an admin can allow it these with gilir server edit {} "
                  "--legacy"),
                error.text("server"));
}

ErrorWords authentication_words(const Error& error) {
  const auto user = error.text("user");
  const auto problem = error.text("problem");
  const auto accepted = joined(error, "accepted");
  return say(problem.empty() ? phrase(_("{} does not let {} in"), server_of(error), user)
                             : phrase(_("{} does not let {} in: {}"), server_of(error), user, known_words(problem)),
             !error.text("outdated").empty() ? legacy_hint(error)
             : accepted.empty()              ? Line{}
                                             : phrase(_("It accepts: {}"), accepted));
}

ErrorWords connection_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  switch (error.code()) {
    case ErrorCode::connect_failed:
      return say(
          phrase(_("cannot connect to {} at {}: {}"), server_of(error), part("address"), known_words(part("problem"))),
          part("server").empty() ? Line()
                                 : phrase(_("See what is known of it with gilir server show {}"), part("server")));
    case ErrorCode::authentication_failed:
      return authentication_words(error);
    case ErrorCode::connection_lost:
      return say(phrase(_("the connection to {} was lost: {}"), server_of(error), known_words(part("problem"))),
                 part("outdated").empty() ? Line() : legacy_hint(error));
    default:
      return {};
  }
}

// "[3,7]" without its brackets.
std::string_view joined_numbers(std::string_view json) {
  return json.size() < 2 ? json : json.substr(1, json.size() - 2);
}

ErrorWords lock_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  const auto server = server_of(error);
  switch (error.code()) {
    case ErrorCode::held:
      return held_words(error);
    case ErrorCode::timed_out:
      return say(phrase(_("the wait for {} ran out"), server),
                 part("server").empty() ? Line() : phrase(_("See who has it with gilir lock show {}"), server));
    case ErrorCode::wait_lapsed:
      return say(phrase(_("the place in the line of {} is gone"), server), _("Try again"));
    case ErrorCode::lost:
      if (part("because") == "over") return say(phrase(_("that lock on {} is over"), server));
      return say(phrase(_("the lock on {} is over: {}"), server, loss_words(error)));
    case ErrorCode::lease_over:
      return say(phrase(_("nobody has {} under the number {} now"), server, part("lease")),
                 phrase(_("See who has it by now with gilir lock show {}"), part("server")));
    case ErrorCode::asked_already:
      // Told only to the one that it is for.
      if (!part("to").empty()) {
        return say(phrase(_("{} is handing {} over to you already"), part("by"), server),
                   phrase(_("Take it with gilir lock accept {0}"), part("server")));
      }
      if (part("kind") == enum_name(DemandKind::hand_over)) {
        return say(phrase(_("{} is handing {} over to somebody already"), part("by"), server),
                   phrase(_("See to whom with gilir lock show {}"), part("server")));
      }
      if (!part("holder").empty()) {
        return say(phrase(_("{} takes {} from you, which cannot be denied"), part("by"), server),
                   phrase(_("See how long it takes with gilir lock show {}"), part("server")));
      }
      return say(phrase(_("{} has asked the holder of {} already"), part("by"), server),
                 phrase(_("See how long it takes with gilir lock show {}"), part("server")));
    case ErrorCode::refused_lately:
      return say(phrase(_("{} keeps {}, and has told you so"), part("holder"), server),
                 phrase(_("Knock again in {}, or for another reason"), duration_of(error, "expires_in_s")));
    case ErrorCode::not_exclusive:
      return say(phrase(_("you have {} already"), server), _("Leave --exclusive out to share it with yourself"));
    case ErrorCode::own_session:
      if (part("gone") == "true") {
        return say(phrase(_("your session at {} is gone (process {}), and it is free for you again in {}"), server,
                          part("pid"), duration_of(error, "free_in_s")),
                   _("Try again then, or wait for it with --wait"));
      }
      if (part("within") == "true") {
        return say(
            phrase(_("{} stands no further session, and you are in one there (process {})"), server, part("pid")),
            _("Work in that session, or end it first"));
      }
      return say(phrase(_("{} stands no further session, and you have one there (process {})"), server, part("pid")),
                 _("End that session first, or wait for its end with --wait"));
    case ErrorCode::ambiguous_hold:
      return say(phrase(_("you have taken {} several times"), server),
                 phrase(_("Name one with --hold ({}); gilir lock show {} --details tells what each is for"),
                        joined_numbers(error.detail("holds")), part("server")));
    case ErrorCode::deadlock:
      return say(_("waiting here would never end: its holder waits for something you have"),
                 _("Release what you have, or acquire all of it in one command"));
    default:
      return {};
  }
}

ErrorWords exists_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  const auto kind = part("kind");
  if (kind == "desk") return say(phrase(_("there is a desk at {} already"), part("name")));
  if (kind == "directory") {
    return say(phrase(_("the directory {} is not empty"), part("name")), _("Name a new or empty directory"));
  }
  if (kind == "host_key") {
    return say(phrase(_("{} has another key pinned, {}; the one given is {}"), part("name"), part("expected"),
                      part("fingerprint")),
               _("If its key was changed on purpose, say so with --replace"));
  }
  const bool can_be_shown = kind == "server" || kind == "agent" || kind == "category";
  return say(phrase(_("the {} {} exists already"), kind_of(error), part("name")),
             can_be_shown ? phrase(_("See it with gilir {} show {}"), kind, part("name")) : Line());
}

ErrorWords chain_words(const Error& error) {
  const auto event = error.text("event");
  const auto problem = error.text("problem");
  const auto hint = _("Keep the desk as it is and compare it with a backup");
  if (problem == "missing") return say(phrase(_("the log is not whole: event {} is missing"), event), hint);
  if (problem == "changed") return say(phrase(_("the log is not whole: event {} was changed"), event), hint);
  if (problem == "head") {
    return say(phrase(_("the log is not whole: it does not lead to the head given, event {}"), event), hint);
  }
  return say(phrase(_("the log does not verify at event {}: {}"), event, known_words(problem)), hint);
}

ErrorWords not_found_words(const Error& error) {
  const auto kind = error.text("kind");
  const auto name = error.text("name");
  if (name.empty() && !error.detail("name").empty())
    return say(phrase(_("no {} is named: the name is empty"), kind_of(error)));
  if (kind == "timed_hold") {
    return say(phrase(_("you have no lock on {} from gilir lock acquire"), name),
               phrase(_("See who has it with gilir lock show {}"), name));
  }
  if (kind == "own_lease") return say(phrase(_("you do not have {}"), name));
  if (kind == "holder") return say(phrase(_("nobody else has {}"), name));
  if (kind == "hand_over") return say(phrase(_("nobody hands {} over to you"), name));
  if (kind == "demand") return say(phrase(_("nobody asks you for {}"), name));
  if (!error.text("office").empty()) {
    const auto offices = joined(error, "offices");
    return say(phrase(_("there is no {} {} of {}"), kind_of(error), name, error.text("office")),
               offices.empty() ? Line{did_you_mean(error)} : phrase(_("{} is known in {}"), name, offices));
  }
  const auto near = did_you_mean(error);
  if (near.empty() && !error.detail("caller").empty()) {
    return say(phrase(_("there is no agent {}"), name), _("--as, $GILIR_AGENT or your config says who you are"));
  }
  if (!error.detail("adds").empty()) {
    const auto adds = plain_text(phrase(_("Somebody new is added with --office, or by gilir reporter add {}"), name));
    return say(phrase(_("there is no {} {}"), kind_of(error), name), near.empty() ? adds : near + " " + adds);
  }
  const bool bare_number = kind == "ticket" && !name.starts_with('#');
  return say(phrase(_("there is no {} {}"), kind_of(error), bare_number ? "#" + name : name), near);
}

// A search for what can be found.
Line no_words_hint(const Error& error) {
  if (error.text("problem") != "hold nothing to look for") return {};
  return _(
      "Name a word that tickets have, as in gilir search printer; a beginning has two letters or more, as in ce*, and "
      "what is left out stands beside a word, as in printer -- -toner");
}

ErrorWords invalid_words(const Error& error) {
  const auto offices = joined(error, "offices");
  const auto option = error.text("option");
  const auto field = option.empty() ? error.text("field") : option;
  if (offices.empty()) return say(phrase("{}: {}", field, known_words(error.text("problem"))), no_words_hint(error));
  return say(phrase(_("{}: {} is known in several offices: {}"), field, error.text("name"), offices));
}

ErrorWords general_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  switch (error.code()) {
    case ErrorCode::usage:
      return usage_words(error);
    case ErrorCode::invalid:
      return invalid_words(error);
    case ErrorCode::not_found:
      return not_found_words(error);
    case ErrorCode::nothing_to_do:
      return say(_("there is nothing to do"));
    case ErrorCode::not_allowed:
      if (part("needs") == "holder") return say(_("that lock is somebody else's"));
      return say(phrase(_("you are not allowed to do that: it needs {}"), known_words(part("needs"))));
    case ErrorCode::exists:
      return exists_words(error);
    case ErrorCode::in_use:
      return say(phrase(_("the {} {} is in use by {}"), kind_of(error), part("name"), part("by")));
    case ErrorCode::request_reused:
      return say(phrase(_("the request id {} was used for another change"), part("request_id")),
                 _("Give a new --request-id"));
    case ErrorCode::interrupted:
      return say(_("stopped by a signal"));
    case ErrorCode::cannot_run:
      return say(phrase(_("cannot run {}: {}"), part("command"), known_words(part("problem"))));
    case ErrorCode::chain_broken:
      return chain_words(error);
    case ErrorCode::failed:
      return say(part("problem").empty() ? std::string(_("something went wrong")) : known_words(part("problem")),
                 limit_hint(part("problem")));
    default:
      return {};
  }
}

}  // namespace

ErrorWords error_words(const Error& error) {
  for (const auto words_of :
       {server_words, people_words, general_words, ticket_words, lock_words, desk_words, connection_words}) {
    auto words = words_of(error);
    if (!words.message.empty()) return words;
  }
  return {std::string(enum_name(error.code())), {}};
}

void show_error(Output& output, const Error& error, NextSteps next) {
  const auto words = error_words(error);
  if (output.is_json()) {
    std::string json = "{\"schema\":1,\"error\":{\"code\":";
    write_json(json, error.code());
    json += ",\"message\":";
    write_json_string(json, words.message);
    json += ",\"hint\":";
    json += words.hint.empty() ? "null" : to_json(words.hint);
    json += ",\"details\":{";
    bool first = true;
    for (const auto& [key, value] : error.details()) {
      if (!first) json += ',';
      first = false;
      write_json_string(json, key);
      json += ':';
      json += value;
    }
    output.error_json(json + "}}}");
    return;
  }
  const auto end = [](const std::string& text) { return text.ends_with('?') || text.ends_with('.') ? "" : "."; };
  Line line{bad("gilir:"), " ", words.message, end(words.message)};
  if (!words.hint.empty()) line += Line{" ", words.hint, end(words.hint)};
  output.note(line);
  for (const auto& more : held_lines(error, next)) output.note(more);
}

}  // namespace gilir::cli
