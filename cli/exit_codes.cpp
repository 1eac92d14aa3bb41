#include "cli/exit_codes.h"

#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

constexpr ExitCodeMeaning meanings[] = {
    {"0", N_("done; an empty list is also 0")},
    {"1", N_("failed for a reason not below")},
    {"2", N_("the command line is wrong")},
    {"3", N_("no such ticket, server, agent, or nothing to do")},
    {"4", N_("not allowed")},
    {"5", N_("conflict: the state or version does not permit it")},
    {"69", N_("the desk cannot be reached or opened")},
    {"75", N_("the server is held by someone else, or the wait ran out: try later")},
    {"76", N_("the lock was lost, taken over or ran out while in use")},
    {"126", N_("with, and a plugin: the program cannot be run")},
    {"127", N_("with: there is no such program")},
    {"128+N", N_("ended by the signal N: 130 by Ctrl-C; with ssh and with also when what ran was ended by it")},
    {"255",
     N_("ssh and server check: could not connect, log in or verify the host key, or the connection was lost or left")},
};

}  // namespace

std::span<const ExitCodeMeaning> exit_code_meanings() {
  return meanings;
}

}  // namespace gilir::cli
