#include "core/operations/server/add.h"

#include "cli/desk_session.h"
#include "cli/server/server_options.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("letters, digits, dot, underscore and dash")}};
constexpr std::string_view levels[] = {"cooperative"};
constexpr OptionSpec options[] = {
    address_option,
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
constexpr auto fields = field_names<ServerView>;

AddServer parse(const Arguments& arguments) {
  AddServer operation;
  operation.name = ServerName{arguments.required_word("NAME")};
  const auto address = parse_address(arguments.required_text("address"));
  operation.host = address.host;
  operation.port = address.port.value_or(operation.port);
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
  const auto operation = parse(context.arguments);
  const auto server = DeskSession(context).perform(operation);
  if (context.output.json(server)) return 0;
  show_server(context.output, server);
  if (has_protocol(server, Protocol::ssh))
    context.output.note(phrase(_("Next: compare and pin its host key with gilir server trust {}"), server.name));
  if (has_protocol(server, Protocol::rdp))
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
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
