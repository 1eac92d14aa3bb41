#include "core/operations/server/add.h"

#include "cli/desk_session.h"
#include "cli/server/machine_options.h"
#include "cli/server/server_options.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("letters, digits, dot, underscore and dash")}};
constexpr std::string_view levels[] = {"cooperative"};
constexpr OptionSpec options[] = {
    address_option,
    alias_of_option,
    different_from_option,
    {.name = "level",
     .value = Value::required,
     .value_name = "LEVEL",
     .default_text = "cooperative",
     .about = N_("what stops an agent without the lease: cooperative"),
     .choices = levels},
    lock_delay_option,
    logins_option,
    offer_option,
    protocol_option,
    seats_option,
    term_option,
    user_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server add kantor-123 --address 10.20.3.4 --user admin", .about = N_("one agent, one login")},
    {.command = "gilir server add app-1 --address app-1.example:2222 --seats 2 --logins many",
     .about = N_("two agents at once, each with any number of sessions")},
};
constexpr ExitCodeSpec exit_codes[] = {same_machine_exit};
constexpr auto fields = field_names<ServerView>;

// What a second name has from the server that it names.
void refuse_lock_settings(const Arguments& arguments) {
  for (const auto* name : {"level", "lock-delay", "logins", "offer", "protocol", "seats", "term"}) {
    if (arguments.given(name)) {
      throw usage_error(plain_text(phrase(_("--{} belongs to the lock: change it with gilir server edit {}"), name,
                                          arguments.required_text("alias-of"))));
    }
  }
}

AddServer parse(const Arguments& arguments) {
  AddServer operation;
  operation.name = ServerName{arguments.required_word("NAME")};
  claim_machine(arguments, operation);
  if (operation.alias_of) refuse_lock_settings(arguments);
  if (!operation.alias_of || arguments.given("address")) {
    const auto address = parse_address(arguments.required_text("address"));
    operation.host = address.host;
    operation.port = address.port.value_or(operation.port);
  }
  if (const auto asked = protocols_asked(arguments)) {
    operation.protocols = asked->protocols;
    operation.rdp_port = asked->rdp_port;
  }
  operation.user = arguments.text("user").value_or("");
  operation.seats = arguments.number("seats", 1, most_seats).value_or(operation.seats);
  operation.logins = logins_asked(arguments).value_or(operation.logins);
  operation.term_s = arguments.duration("term").value_or(std::chrono::duration_cast<Seconds>(operation.term_s));
  operation.lock_delay_s = duration_or_none(arguments, "lock-delay");
  operation.offer_s = arguments.duration("offer");
  arguments.choice("level", {"cooperative"});
  return operation;
}

int run(CommandContext& context) {
  auto operation = parse(context.arguments);
  DeskSession desk(context);
  HostAddresses looked_up;
  if (!operation.host.empty()) looked_up = addresses_of(operation.host);
  operation.addresses = looked_up.addresses;
  const auto server = desk.perform(operation);
  tell_unresolved(context.output, operation.host, looked_up);
  if (context.output.json(server)) return 0;
  show_server(context.output, server);
  if (has_protocol(server, Protocol::ssh) && server.fingerprint.empty())
    context.output.note(phrase(_("Next: compare and pin its host key with gilir server trust {}"), server.name));
  if (has_protocol(server, Protocol::rdp) && server.certificate.empty())
    context.output.note(
        phrase(_("Next: compare and pin its certificate with gilir server trust {} --rdp"), server.name));
  return 0;
}

}  // namespace

extern constexpr CommandSpec server_add{
    .path = "server add",
    .purpose = N_("Add a server that agents log in to; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
