#include "cli/completion/offers.h"

#include <algorithm>
#include <set>

#include "cli/arguments.h"
#include "cli/completion/asked.h"
#include "cli/desk_session.h"
#include "cli/help_topics.h"
#include "cli/output/style.h"
#include "cli/plugin.h"
#include "cli/shared_options.h"
#include "core/base/text.h"
#include "core/operations/desk/complete.h"

namespace gilir::cli {
namespace {

class Collector {
 public:
  Collector(CommandContext& context, Asked asked) : context_(context), asked_(std::move(asked)) {}

  Offers collect() {
    switch (asked_.typed) {
      case Typed::path:
        add_words_of_path();
        // A command that is a noun too (`log`) may have arguments of its own.
        if (asked_.positional != nullptr) add_values(kind_of(*asked_.positional));
        break;
      case Typed::option:
        add_option_names();
        break;
      case Typed::option_value:
        add_option_values();
        break;
      case Typed::positional:
        add_values(kind_of(*asked_.positional));
        break;
      case Typed::own_command:
        offers_.shell = ShellOffers::programs;
        break;
      case Typed::own_argument:
        offers_.shell = ShellOffers::files;
        break;
      case Typed::nothing:
        break;
    }
    if (offers_.offers.size() > most_offers) offers_.offers.resize(most_offers);
    return std::move(offers_);
  }

 private:
  void add(std::string_view word, std::string about) {
    if (word.starts_with(asked_.beginning))
      offers_.offers.push_back({asked_.kept + std::string(word), std::move(about)});
  }

  // The next word of every path that goes on from here; in front of all, plugins too.
  void add_words_of_path() {
    const auto before = asked_.path.empty() ? std::string() : asked_.path + " ";
    std::set<std::string_view> seen;
    for (const CommandSpec* command : context_.table) {
      if (command->hidden || !command->path.starts_with(before) || command->path.size() == before.size()) continue;
      const auto rest = command->path.substr(before.size());
      const auto word = rest.substr(0, rest.find(' '));
      if (!seen.insert(word).second) continue;
      add(word, word == rest ? _(command->purpose) : verbs_of(before + std::string(word)));
    }
    if (!before.empty()) return;
    for (const auto& plugin : list_plugins(context_.environment, context_.table)) add(plugin.name, plugin.path);
  }

  // Words of two words are typed as one here, with the '-' that help takes, too.
  void add_topics() {
    for (const auto& topic : help_topics()) {
      std::string word(topic.word);
      std::ranges::replace(word, ' ', '-');
      const bool is_noun = std::ranges::any_of(context_.table, [&](const CommandSpec* command) {
        return !command->hidden && command->path.substr(0, command->path.find(' ')) == word;
      });
      if (!is_noun) add(word, _(topic.about));
    }
    add(locks_topic, _("how locks work, and what they promise"));
    add(words_topic, _("what the words mean"));
    add(exit_codes_topic, _("how it ends, for scripts"));
  }

  // "add, away, back": what a noun can be followed by.
  std::string verbs_of(const std::string& noun) const {
    std::string verbs;
    for (const CommandSpec* command : context_.table) {
      if (command->hidden || !command->path.starts_with(noun + " ")) continue;
      verbs.append(verbs.empty() ? "" : ", ").append(command->path.substr(noun.size() + 1));
    }
    return verbs;
  }

  void add_option_names() {
    static constexpr CommandSpec bare{};
    for_each_option(asked_.command == nullptr ? bare : *asked_.command,
                    [&](const OptionSpec& option) { add(std::string("--").append(option.name), _(option.about)); });
  }

  void add_option_values() {
    const auto& option = *asked_.option;
    const auto& command = *(asked_.command == nullptr ? &context_.command : asked_.command);
    if (option.name == "json") {
      for (const auto field : command.fields) add(field, "");
      if (asked_.kept.ends_with('=')) add("help", "");
    } else if (option.name == "sort") {
      for (const auto order : command.sort_orders) add(order, "");
    } else if (!option.choices.empty()) {
      for (const auto choice : option.choices) add(choice, "");
    } else {
      add_values(kind_of(option));
    }
  }

  void add_values(Completes kind) {
    switch (kind) {
      case Completes::ticket:
        add_from_desk(ValueKind::ticket);
        break;
      case Completes::server:
        add_from_desk(ValueKind::server);
        break;
      case Completes::agent:
        add_from_desk(ValueKind::agent);
        break;
      case Completes::reporter:
        add_from_desk(ValueKind::reporter);
        break;
      case Completes::office:
        add_from_desk(ValueKind::office);
        break;
      case Completes::category:
        add_from_desk(ValueKind::category);
        break;
      case Completes::file:
        offers_.shell = ShellOffers::files;
        break;
      case Completes::directory:
        offers_.shell = ShellOffers::directories;
        break;
      case Completes::command:
        add_words_of_path();
        if (asked_.path.empty()) add_topics();
        break;
      case Completes::shell:
        for (const auto* shell : {"bash", "fish", "zsh"}) add(shell, "");
        break;
      case Completes::by_name:
      case Completes::nothing:
        break;
    }
  }

  void add_from_desk(ValueKind kind) {
    CompleteValue operation;
    operation.kind = kind;
    operation.typed = asked_.beginning;
    operation.limit = most_offers;
    // The desk that the unfinished line names, not the one of the command that completes.
    const auto arguments = Arguments::parse(context_.command, asked_.desk_options);
    CommandContext theirs{context_.command,     arguments,      context_.output, context_.input, context_.prompt,
                          context_.environment, context_.clock, context_.table};
    for (auto& one : DeskSession(theirs).perform(operation).candidates) {
      // Nobody types such a name, and no shell should.
      if (printable_line(one.value) != one.value) continue;
      if (kind == ValueKind::agent) one.about = plain_text(phrase(_("tier {}"), one.about));
      add(one.value, one.about);
    }
  }

  CommandContext& context_;
  Asked asked_;
  Offers offers_;
};

}  // namespace

Offers offers_for(CommandContext& context, const std::vector<std::string>& words) {
  return Collector(context, understand(context.table, words)).collect();
}

}  // namespace gilir::cli
