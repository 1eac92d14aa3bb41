// To add a command: declare its spec below, add it to the array in order of path, and name its file in
// CMakeLists.txt. A test fails when the order is wrong.
#include "cli/command_table.h"

namespace gilir::cli {
namespace commands {

extern const CommandSpec agent_add;
extern const CommandSpec agent_away;
extern const CommandSpec agent_back;
extern const CommandSpec agent_list;
extern const CommandSpec agent_show;
extern const CommandSpec complete;
extern const CommandSpec completion;
extern const CommandSpec doctor;
extern const CommandSpec help;
extern const CommandSpec init;
extern const CommandSpec linked;
extern const CommandSpec lock_acquire;
extern const CommandSpec lock_history;
extern const CommandSpec lock_list;
extern const CommandSpec lock_release;
extern const CommandSpec lock_renew;
extern const CommandSpec lock_show;
extern const CommandSpec log;
extern const CommandSpec log_verify;
extern const CommandSpec overview;
extern const CommandSpec reporter_add;
extern const CommandSpec reporter_list;
extern const CommandSpec server_add;
extern const CommandSpec server_edit;
extern const CommandSpec server_list;
extern const CommandSpec server_remove;
extern const CommandSpec server_show;
extern const CommandSpec server_trust;
extern const CommandSpec ssh;
extern const CommandSpec tick;
extern const CommandSpec ticket_assign;
extern const CommandSpec ticket_close;
extern const CommandSpec ticket_duplicates;
extern const CommandSpec ticket_escalate;
extern const CommandSpec ticket_history;
extern const CommandSpec ticket_list;
extern const CommandSpec ticket_merge;
extern const CommandSpec ticket_new;
extern const CommandSpec ticket_note;
extern const CommandSpec ticket_reply;
extern const CommandSpec ticket_resolve;
extern const CommandSpec ticket_show;
extern const CommandSpec ticket_start;
extern const CommandSpec version;
extern const CommandSpec with;

namespace {

constexpr const CommandSpec* all[] = {
    &overview,
    &agent_add,
    &agent_away,
    &agent_back,
    &agent_list,
    &agent_show,
    &complete,
    &completion,
    &doctor,
    &help,
    &init,
    &linked,
    &lock_acquire,
    &lock_history,
    &lock_list,
    &lock_release,
    &lock_renew,
    &lock_show,
    &log,
    &log_verify,
    &reporter_add,
    &reporter_list,
    &server_add,
    &server_edit,
    &server_list,
    &server_remove,
    &server_show,
    &server_trust,
    &ssh,
    &tick,
    &ticket_assign,
    &ticket_close,
    &ticket_duplicates,
    &ticket_escalate,
    &ticket_history,
    &ticket_list,
    &ticket_merge,
    &ticket_new,
    &ticket_note,
    &ticket_reply,
    &ticket_resolve,
    &ticket_show,
    &ticket_start,
    &version,
    &with,
};

}  // namespace
}  // namespace commands

CommandTable command_table() { return commands::all; }

}  // namespace gilir::cli
