// To add a command: declare its spec below, add it to the array in order of path, and name its file in
// CMakeLists.txt. A test fails when the order is wrong.
#include "cli/command_table.h"

namespace gilir::cli {
namespace commands {

extern const CommandSpec agent_add;
extern const CommandSpec agent_away;
extern const CommandSpec agent_back;
extern const CommandSpec agent_list;
extern const CommandSpec agent_move;
extern const CommandSpec agent_remove;
extern const CommandSpec agent_show;
extern const CommandSpec category_add;
extern const CommandSpec category_edit;
extern const CommandSpec category_list;
extern const CommandSpec category_show;
extern const CommandSpec complete;
extern const CommandSpec completion;
extern const CommandSpec doctor;
extern const CommandSpec help;
extern const CommandSpec init;
extern const CommandSpec linked;
extern const CommandSpec lock_accept;
extern const CommandSpec lock_acquire;
extern const CommandSpec lock_break;
extern const CommandSpec lock_deny;
extern const CommandSpec lock_grant;
extern const CommandSpec lock_hand_over;
extern const CommandSpec lock_history;
extern const CommandSpec lock_knock;
extern const CommandSpec lock_list;
extern const CommandSpec lock_release;
extern const CommandSpec lock_renew;
extern const CommandSpec lock_show;
extern const CommandSpec lock_steal;
extern const CommandSpec lock_watch;
extern const CommandSpec log;
extern const CommandSpec log_verify;
extern const CommandSpec next;
extern const CommandSpec overview;
extern const CommandSpec reporter_add;
extern const CommandSpec reporter_edit;
extern const CommandSpec reporter_list;
extern const CommandSpec reporter_merge;
extern const CommandSpec reporter_show;
extern const CommandSpec search;
extern const CommandSpec server_add;
extern const CommandSpec server_check;
extern const CommandSpec server_edit;
extern const CommandSpec server_list;
extern const CommandSpec server_remove;
extern const CommandSpec server_show;
extern const CommandSpec server_trust;
extern const CommandSpec ssh;
extern const CommandSpec tick;
extern const CommandSpec ticket_assign;
extern const CommandSpec ticket_close;
extern const CommandSpec ticket_distinct;
extern const CommandSpec ticket_duplicates;
extern const CommandSpec ticket_edit;
extern const CommandSpec ticket_escalate;
extern const CommandSpec ticket_history;
extern const CommandSpec ticket_link;
extern const CommandSpec ticket_list;
extern const CommandSpec ticket_merge;
extern const CommandSpec ticket_new;
extern const CommandSpec ticket_note;
extern const CommandSpec ticket_pass;
extern const CommandSpec ticket_postpone;
extern const CommandSpec ticket_reject;
extern const CommandSpec ticket_reopen;
extern const CommandSpec ticket_reply;
extern const CommandSpec ticket_resolve;
extern const CommandSpec ticket_show;
extern const CommandSpec ticket_start;
extern const CommandSpec ticket_unmerge;
extern const CommandSpec ticket_voice;
extern const CommandSpec version;
extern const CommandSpec with;

namespace {

// clang-format off
constexpr const CommandSpec* all[] = {
    &overview,
    &agent_add,
    &agent_away,
    &agent_back,
    &agent_list,
    &agent_move,
    &agent_remove,
    &agent_show,
    &category_add,
    &category_edit,
    &category_list,
    &category_show,
    &complete,
    &completion,
    &doctor,
    &help,
    &init,
    &linked,
    &lock_accept,
    &lock_acquire,
    &lock_break,
    &lock_deny,
    &lock_grant,
    &lock_hand_over,
    &lock_history,
    &lock_knock,
    &lock_list,
    &lock_release,
    &lock_renew,
    &lock_show,
    &lock_steal,
    &lock_watch,
    &log,
    &log_verify,
    &next,
    &reporter_add,
    &reporter_edit,
    &reporter_list,
    &reporter_merge,
    &reporter_show,
    &search,
    &server_add,
    &server_check,
    &server_edit,
    &server_list,
    &server_remove,
    &server_show,
    &server_trust,
    &ssh,
    &tick,
    &ticket_assign,
    &ticket_close,
    &ticket_distinct,
    &ticket_duplicates,
    &ticket_edit,
    &ticket_escalate,
    &ticket_history,
    &ticket_link,
    &ticket_list,
    &ticket_merge,
    &ticket_new,
    &ticket_note,
    &ticket_pass,
    &ticket_postpone,
    &ticket_reject,
    &ticket_reopen,
    &ticket_reply,
    &ticket_resolve,
    &ticket_show,
    &ticket_start,
    &ticket_unmerge,
    &ticket_voice,
    &version,
    &with,
};
// clang-format on

}  // namespace
}  // namespace commands

CommandTable command_table() {
  return commands::all;
}

}  // namespace gilir::cli
