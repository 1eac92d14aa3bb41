// Time that moves only when a test moves it, and a machine that can be started anew.
#pragma once

#include <string>

#include "core/base/clock.h"

namespace gilir {

class FakeClock final : public Clock {
 public:
  Now now() const override { return now_; }
  std::string boot_identity() const override { return boot_; }
  bool is_synchronised() const override { return synchronised_; }

  void advance(Milliseconds time) {
    now_.wall += time;
    now_.boot += time;
  }
  // As another time namespace sees it.
  void advance_boot(Milliseconds time) { now_.boot += time; }
  // The machine's wall clock is set; its boot clock does not notice.
  void set_wall(WallTime wall) {
    now_.wall = wall;
    synchronised_ = false;
  }
  // NTP has set the wall clock.
  void synchronise(WallTime wall) {
    now_.wall = wall;
    synchronised_ = true;
  }
  // The boot clock begins again, as after a restart.
  void reboot(std::string identity) {
    boot_ = std::move(identity);
    now_.boot = BootTime{Seconds{10}};
  }
  // A process of another boot, such as one that a container kept alive.
  void pretend_boot(std::string identity) { boot_ = std::move(identity); }

 private:
  Now now_{WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}} + std::chrono::hours{9},
           BootTime{std::chrono::hours{1}}};
  std::string boot_ = "first boot";
  bool synchronised_ = false;
};

}  // namespace gilir
