// Keeps a lock while something runs under it: `gilir ssh` and `gilir with` share it.
//
// A life: made from a granted turn; opened() just before the connection or child that the lock protects comes
// to be; ticks renew the permit; finish() records the end. Going away without opened() gives the holds back at
// once; after opened() only finish(closed) does, because a session that may still stand must not be overtaken:
// its holds run out by themselves.
#pragma once

#include <string>
#include <vector>

#include "cli/output/style.h"
#include "core/desk/desk.h"
#include "core/desk/turn_taking.h"
#include "core/guardian/supervision.h"
#include "core/operations/lock/demand_view.h"
#include "core/operations/lock/session.h"
#include "core/session/renewer.h"

namespace gilir::cli {

class LockKeeper final : public SessionControl {
 public:
  // `kind` is "ssh" or "with". Borrows the desk.
  LockKeeper(Desk& desk, AgentName caller, Turn turn, std::string kind);
  LockKeeper(const LockKeeper&) = delete;
  LockKeeper& operator=(const LockKeeper&) = delete;
  ~LockKeeper() override;

  // Renewals happen in a process of their own (core/session/renewer.h) from now on: a session's loop does not wait for
  // the desk. It starts a moment after the session, so that a short one has none; where it cannot, the loop renews.
  // `program` is gilir's own.
  void renew_beside(std::string program) { program_ = std::move(program); }

  // The permit in force, and then a renewal each time it is due, and a look each second in between.
  Instruction tick(BootTime now) override;
  // The servers' bells: what others ask of this lock, and its loss, are known at once. Nobody watches them in a
  // session's first moments, because the kernel takes longer to end a watch than many a command runs.
  std::vector<int> descriptors() const override;
  Instruction readable(int descriptor, BootTime now) override;
  Instruction answer(char key, BootTime now) override;
  Instruction shown(BootTime now) override;

  // That and how the lease went, for the person; `because` is Supervision's word for it.
  Line loss_line(const std::string& because) const;

  const std::vector<LeaseView>& leases() const { return turn_.acquired.leases; }
  const std::vector<LogOff>& log_offs() const { return turn_.acquired.log_offs; }
  Permit permit() const { return permit_; }

  // From now on something may stand at the other end.
  void opened() { opened_ = true; }
  // Records the start in the log; a failure is a notice at the next tick, not an error.
  void record_start(const std::string& command);
  // Records the end, and gives the holds back when `end.closed`. Never throws: what could not be given back
  // runs out. Its fields `holds`, `kind`, `ticket` and `started` are filled in here.
  void finish(EndSession end) noexcept;
  // Where the lock may stand on after finish(): another hold of the caller's keeps it.
  const std::vector<ServerName>& stays() const { return stays_; }

 private:
  void start_renewer();
  void renew(Instruction& instruction, BootTime now);
  void renew_here(Instruction& instruction, BootTime now);
  void take_renewal(Instruction& instruction, const RenewedHolds& renewed, BootTime asked_at);
  void take_failure(Instruction& instruction, const Error& error, BootTime now);
  void take_answer(Instruction& instruction, BootTime now);
  KeepHolds kept_holds() const;
  bool is_renewal_due(BootTime now) const;
  // Takes up what the bells rang for; whether anything happened on the desk.
  bool hear();
  void look(Instruction& instruction, BootTime now);
  void look_for_news(Instruction& instruction, BootTime now, bool in_any_case);
  void show_demand(Instruction& instruction, const std::vector<DemandView>& demands, BootTime now);
  void take_loss(Instruction& instruction, const Error& error);
  std::vector<ServerName> servers() const;

  Desk& desk_;
  Call call_;
  Turn turn_;
  std::string kind_;
  Permit permit_;
  BootTime renew_at_{};
  std::string failure_;  // why renewing fails now, of which the person was told
  std::string program_;
  std::optional<Renewer> renewer_;
  std::vector<std::string> notices_;
  std::optional<DemandView> demand_;  // what is asked of the holder now
  BootTime demand_until_{};
  BootTime tell_shown_at_{};
  std::optional<Error> loss_;
  EventNumber seen_;
  bool started_ = false;
  bool watches_ = false;
  bool opened_ = false;
  bool finished_ = false;
  std::vector<ServerName> stays_;
};

}  // namespace gilir::cli
