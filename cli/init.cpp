#include <filesystem>

#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/first_steps.h"
#include "cli/output/error_words.h"
#include "cli/output/shell_words.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/desk/local_desk.h"
#include "core/people/agent_name.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "DIR",
                                           .about = N_("an empty or new directory; else the desk that would be used"),
                                           .count = Count::optional}};
constexpr OptionSpec options[] = {
    {.name = "agent",
     .value = Value::required,
     .value_name = "NAME",
     .about = N_("who you are there, your user name unless given")},
    {.name = "name",
     .value = Value::required,
     .value_name = "NAME",
     .about = N_("the desk's name, the directory's unless given")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir init", .about = N_("a desk of your own, with you as its admin")},
    {.command = "gilir init /srv/desk --name 'Help desk' --agent sari",
     .about = N_("a named desk in a place of its own")},
};

struct NewDeskView {
  std::string desk;
  std::string name;
  std::string agent;
  // The config file, when it was written: it held no desk yet.
  std::optional<std::string> config;
};
BOOST_DESCRIBE_STRUCT(NewDeskView, (), (desk, name, agent, config))

constexpr auto fields = field_names<NewDeskView>;

bool is_address(std::string_view desk) {
  return desk.find("://") != std::string_view::npos;
}

NewDeskView parse(const CommandContext& context) {
  const auto& arguments = context.arguments;
  NewDeskView desk;
  desk.desk = choose_desk(arguments, context.environment);
  if (const auto directory = arguments.word("DIR")) {
    if (directory->empty()) throw usage_error(std::string_view(_("DIR is empty")));
    desk.desk = is_address(*directory) ? *directory : std::filesystem::absolute(*directory).lexically_normal().string();
  }
  if (is_address(desk.desk)) {
    throw usage_error(std::string_view(_("a desk is made in a directory, not at an address")));
  }
  while (desk.desk.size() > 1 && desk.desk.ends_with('/')) desk.desk.pop_back();
  desk.name =
      std::string(trimmed(arguments.text("name").value_or(std::filesystem::path(desk.desk).filename().string())));
  if (desk.name.empty() || desk.name.size() > max_line_bytes) {
    throw usage_error(plain_text(phrase(_("--name takes from 1 to {} characters"), max_line_bytes)));
  }
  desk.agent = arguments.text("agent").value_or(own_agent_name(context.environment).value);
  if (!is_agent_name(AgentName{desk.agent})) {
    throw usage_error(plain_text(phrase(_("{} cannot be an agent's name: name one with --agent"), desk.agent)));
  }
  return desk;
}

// Keeps desk and agent as the defaults, unless the config has a desk: then it is somebody's choice already. The desk is
// made by then, so where no config can be kept, too, its user says the same in the environment. Returns why they must.
std::string complete_config(const Environment& environment, NewDeskView& desk) {
  try {
    const auto path = config_path(environment);
    if (!read_config(path).desk.empty())
      return _("Your config names a desk already and stays as it is; for this one say:");
    write_config(path, {{"desk", desk.desk}, {"agent", desk.agent}});
    desk.config = path;
    return {};
  } catch (const Error& error) {
    return plain_text(phrase(_("It cannot be kept as your desk: {}. For this one say:"), error_words(error).message));
  }
}

void show(Output& output, const NewDeskView& desk, const std::string& no_config) {
  output.line(phrase(_("Made the desk {} in {}."), bold(desk.name), desk.desk));
  output.line(phrase(_("You are its admin, as {}, in tier 1 and present."), bold(desk.agent)));
  if (desk.config) {
    output.line(phrase(_("It is your desk from now on: {} says so."), *desk.config));
  } else {
    output.line(no_config);
    output.line(
        {"  ", accent("export GILIR_DESK=" + shell_word(desk.desk) + " GILIR_AGENT=" + shell_word(desk.agent))});
  }
  output.line();
  output.line(_("Next:"));
  show_steps(output, {{"gilir agent add NAME --tier 1", _("somebody who shares the work")},
                      {"gilir server add NAME --address HOST", _("a machine that agents log in to")},
                      {"gilir ticket new -t TITLE", _("the first ticket")}});
}

int run(CommandContext& context) {
  auto desk = parse(context);
  LocalDesk::make({desk.desk, nullptr}, context.clock, {desk.name, AgentName{desk.agent}});
  const auto no_config = complete_config(context.environment, desk);
  if (!context.output.json(desk)) show(context.output, desk, no_config);
  return 0;
}

}  // namespace

extern constexpr CommandSpec init{
    .path = "init",
    .purpose = N_("Make a desk, with you as its admin."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
