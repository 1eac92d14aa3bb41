#include "core/people/turn.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace gilir {
namespace {

// A tier whose agents come, go and are served.
class Tier {
 public:
  void join(const std::string& name) {
    Agent agent;
    agent.name = AgentName{name};
    agent.turn = place_for_newcomer(agents_);
    agents_.push_back(agent);
  }
  void leave(const std::string& name) { find(name).present = false; }
  void come_back(const std::string& name) { find(name).present = true; }

  // Who gets the next ticket; "" when nobody is there.
  std::string serve() {
    const auto next = next_in_turn(agents_);
    if (!next) return {};
    find(next->value).turn = place_after_turn(agents_);
    return next->value;
  }
  // The same for a ticket that `name` gives back.
  std::string serve_passing_over(const std::string& name) {
    const auto next = next_in_turn(agents_, AgentName{name});
    if (!next) return {};
    find(next->value).turn = place_after_turn(agents_);
    return next->value;
  }
  std::string serve(int tickets) {
    std::string order;
    for (int i = 0; i < tickets; ++i) order += (order.empty() ? "" : " ") + serve();
    return order;
  }

  std::vector<Agent>& agents() { return agents_; }
  std::int64_t present() const { return std::ranges::count(agents_, true, &Agent::present); }

 private:
  Agent& find(const std::string& name) { return *std::ranges::find(agents_, AgentName{name}, &Agent::name); }

  std::vector<Agent> agents_;
};

Tier tier_of(const std::vector<std::string>& names) {
  Tier tier;
  for (const auto& name : names) tier.join(name);
  return tier;
}

TEST(Turn, GoesRoundInOrder) {
  auto tier = tier_of({"ani", "budi", "citra"});
  EXPECT_EQ(tier.serve(7), "ani budi citra ani budi citra ani");
}

TEST(Turn, PassesOverAgentsWhoAreAway) {
  auto tier = tier_of({"ani", "budi", "citra"});
  tier.leave("budi");
  EXPECT_EQ(tier.serve(4), "ani citra ani citra");
}

TEST(Turn, NobodyPresentMeansNobodyServed) {
  auto tier = tier_of({"ani"});
  tier.leave("ani");
  EXPECT_EQ(tier.serve(), "");
  EXPECT_EQ(Tier{}.serve(), "");
}

TEST(Turn, CannotBeDodgedByLeavingAndComingBack) {
  auto tier = tier_of({"ani", "budi", "citra"});
  EXPECT_EQ(tier.serve(), "ani");
  tier.leave("budi");
  tier.come_back("budi");
  EXPECT_EQ(tier.serve(3), "budi citra ani");
}

TEST(Turn, GivesNobodyWhoReturnsTwoInARow) {
  auto tier = tier_of({"ani", "budi"});
  tier.leave("budi");
  EXPECT_EQ(tier.serve(5), "ani ani ani ani ani");
  tier.come_back("budi");
  EXPECT_EQ(tier.serve(4), "budi ani budi ani");
}

TEST(Turn, PutsNewcomersBehindAllWhoWait) {
  auto tier = tier_of({"ani", "budi", "citra"});
  EXPECT_EQ(tier.serve(), "ani");
  tier.join("dewi");
  EXPECT_EQ(tier.serve(5), "budi citra dewi ani budi");
}

TEST(Turn, DoesNotServeTheLastOneAgainWhileANewcomerWaits) {
  auto tier = tier_of({"ani"});
  EXPECT_EQ(tier.serve(3), "ani ani ani");
  tier.join("budi");
  tier.join("citra");
  EXPECT_EQ(tier.serve(4), "budi citra ani budi");
}

TEST(Turn, PassesOverWhoGivesATicketBackWhileOthersAreThere) {
  auto tier = tier_of({"ani", "budi", "citra"});
  EXPECT_EQ(tier.serve(), "ani");
  EXPECT_EQ(next_in_turn(tier.agents(), AgentName{"budi"}), AgentName{"citra"});
  // Never the one who was served last while somebody else may be.
  EXPECT_EQ(next_in_turn(tier.agents(), AgentName{"citra"}), AgentName{"budi"});
  tier.leave("budi");
  tier.leave("citra");
  EXPECT_EQ(next_in_turn(tier.agents(), AgentName{"ani"}), AgentName{"ani"});
  tier.leave("ani");
  EXPECT_EQ(next_in_turn(tier.agents(), AgentName{"ani"}), std::nullopt);
}

TEST(Turn, KeepsThePlaceOfWhoGivesATicketBack) {
  auto tier = tier_of({"ani", "budi"});
  EXPECT_EQ(tier.serve(), "ani");
  EXPECT_EQ(tier.serve_passing_over("budi"), "ani");
  EXPECT_EQ(tier.serve(3), "budi ani budi");
}

TEST(Turn, GivesNobodyTwoInARowHoweverManyTicketsAreGivenBack) {
  const std::vector<std::string> names{"ani", "budi", "citra", "dewi"};
  auto tier = tier_of(names);
  std::mt19937 random(7);
  std::string last;
  for (int i = 0; i < 2000; ++i) {
    const auto& passed_over = names[random() % names.size()];
    const auto name = random() % 3 == 0 ? tier.serve_passing_over(passed_over) : tier.serve();
    EXPECT_NE(name, last);
    last = name;
  }
}

// Random absence, return and joining. Held at every step: nobody is served twice in a row while another
// present agent waits; and over any stretch, agents present throughout it differ by at most one. The latter
// is checked for every pair from the moment since which both have been present.
class RandomTier {
 public:
  explicit RandomTier(std::uint32_t seed) : random_(seed) {}

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      switch (pick(10)) {
        case 0:
          join();
          break;
        case 1:
        case 2:
          toggle();
          break;
        default:
          serve();
          break;
      }
      if (testing::Test::HasFailure()) return;
    }
  }

 private:
  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

  void join() {
    if (tier_.agents().size() == 9) return;
    const std::string name(1, static_cast<char>('a' + pick(26)));
    const auto taken = [&](const Agent& agent) { return agent.name.value == name; };
    if (std::ranges::any_of(tier_.agents(), taken)) return;
    tier_.join(name);
    forget(name);
  }

  void toggle() {
    if (tier_.agents().empty()) return;
    auto& agent = tier_.agents()[static_cast<std::size_t>(pick(static_cast<int>(tier_.agents().size())))];
    agent.present = !agent.present;
    forget(agent.name.value);
  }

  void serve() {
    const auto others = tier_.present() - 1;
    const auto name = tier_.serve();
    if (name.empty()) {
      EXPECT_EQ(others, -1);
      return;
    }
    if (name == last_) {
      EXPECT_EQ(others, 0) << name << " was served twice in a row while others waited";
    }
    last_ = name;
    for (const auto& agent : tier_.agents()) {
      if (!agent.present || agent.name.value == name) continue;
      auto& lead = lead_[{name, agent.name.value}];
      lead += 1;
      lead_[{agent.name.value, name}] = -lead;
      note(name, agent.name.value, lead);
    }
  }

  // A stretch begins anew for every pair that `name` is part of.
  void forget(const std::string& name) {
    const auto names_it = [&](const auto& entry) { return entry.first.first == name || entry.first.second == name; };
    std::erase_if(lead_, names_it);
    std::erase_if(range_, names_it);
  }

  // Over any stretch inside the time both were present, the difference of their shares is a difference of
  // leads, so leads may span one at most.
  void note(const std::string& one, const std::string& other, int lead) {
    const auto key = std::minmax(one, other);
    const int seen = one < other ? lead : -lead;
    auto& [least, most] = range_.try_emplace({key.first, key.second}, 0, 0).first->second;
    least = std::min(least, seen);
    most = std::max(most, seen);
    EXPECT_LE(most - least, 1) << one << " and " << other << " were both present";
  }

  std::mt19937 random_;
  Tier tier_;
  std::string last_;
  std::map<std::pair<std::string, std::string>, int> lead_;
  std::map<std::pair<std::string, std::string>, std::pair<int, int>> range_;
};

TEST(Turn, IsFairUnderRandomAbsenceReturnAndJoining) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomTier(seed).run(400);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace gilir
