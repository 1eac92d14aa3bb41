// Speaks the protocol of duplicate finders' measures around gilir's own operations, on a real desk, at the tickets' own
// times, so that anybody can score any data set.
//
//   gilir_bench_lookalikes DIRECTORY       makes a desk in DIRECTORY; JSON lines on standard input and output
//
//   {"op":"add","ticket":{…}}              files it
//   {"op":"close","id":…,"at":…}           resolves it
//   {"op":"duplicate","id":…,"of":…}       merges it into the other
//   {"op":"query","ticket":{…},"k":20}     files it (a later "add" of it does nothing) and answers [{"id":…,"p":…},…]
//   {"op":"compare","ticket":{…}}          files it and answers [{"id":…,FEATURE:VALUE,…},…], all that it is compared
//                                          with, best first: see FeatureVector in core/duplicate/features.h
//   {"op":"file","ticket":{…}}             files it and answers {"id":…,"number":…,"strength":…,"of":…,"p":…,
//                                          "sticky":…,"agent":…}: of its best look-alike, and who got it
//
// A ticket has id, title, body and created (seconds since 1970), and may have reporter, office, server, category or
// component (a list, of which the first counts as its category).
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/unseen.h"
#include "core/desk/local_desk.h"
#include "core/operations/describe_operation.h"
#include "core/operations/people/agent.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/likeness.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/new.h"
#include "core/operations/ticket/resolve.h"
#include "core/ticket/ticket_table.h"

namespace gilir::bench {

struct CompareTicket {
  TicketNumber number;

  using Result = std::vector<ComparedTicket>;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CompareTicket, (), (number))

namespace {

constexpr std::array compare_fields{FieldSpec{"number", "the ticket", 0}};

std::vector<ComparedTicket> run(Context& context, const CompareTicket& operation) {
  const auto ticket = get_ticket(context.connection(), operation.number);
  return compare_all(context, ticket, index::terms_of(ticket.title, ticket.body));
}

constexpr int agents = 4;

// As late as the last ticket.
class TicketClock final : public Clock {
 public:
  Now now() const override { return now_; }
  std::string boot_identity() const override { return "measure"; }
  bool is_synchronised() const override { return true; }

  void move_to(double seconds) {
    const WallTime wall{Milliseconds{static_cast<std::int64_t>(seconds * 1000)}};
    if (wall <= now_.wall) return;
    now_.boot = BootTime{std::chrono::hours{1}} + (now_.wall == WallTime{} ? Milliseconds{0} : wall - start_);
    if (now_.wall == WallTime{}) start_ = wall;
    now_.wall = wall;
  }

 private:
  Now now_{};
  WallTime start_{};
};

std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string{};
}

double number_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

std::string up_to(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = 0;
  for (std::size_t at = 0; at <= bytes; next_code_point(text, at)) end = at;
  text.resize(end);
  return text;
}

// As gilir takes names.
std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, 60)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (kept || !name.empty()) name += kept ? c : '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

std::string category_of(const boost::json::object& ticket) {
  if (auto category = text_of(ticket, "category"); !category.empty()) return category;
  const auto* components = ticket.if_contains("component");
  if (components == nullptr || !components->is_array() || components->as_array().empty()) return {};
  const auto& first = components->as_array().front();
  return first.is_string() ? std::string(first.as_string()) : std::string{};
}

class Measured {
 public:
  explicit Measured(std::string directory) : directory_(std::move(directory)) {}

  void take(const boost::json::object& message, std::ostream& answers) {
    const auto op = text_of(message, "op");
    if (op == "add") file(message.at("ticket").as_object());
    if (op == "close") close(text_of(message, "id"), number_of(message, "at"));
    if (op == "duplicate") merge(text_of(message, "id"), text_of(message, "of"));
    if (op == "query") {
      const auto number = file(message.at("ticket").as_object());
      answers << look_alikes(number, std::max<std::int64_t>(1, static_cast<std::int64_t>(number_of(message, "k"))))
              << std::endl;
    }
    if (op == "compare") answers << compared(file(message.at("ticket").as_object())) << std::endl;
    if (op == "file") {
      file(message.at("ticket").as_object());
      answers << boost::json::serialize(receipt_) << std::endl;
    }
  }

 private:
  template <Operation Op>
  typename Op::Result perform(const Op& operation) {
    return desk_->perform(Call{.caller = AgentName{"agent-1"}}, operation).result;
  }

  void open(double at) {
    clock_.move_to(at);
    if (desk_) return;
    LocalDesk::make({directory_}, clock_, {"measure", AgentName{"agent-1"}});
    desk_.emplace(LocalDeskOptions{directory_}, clock_);
    for (int i = 2; i <= agents; ++i) perform(AddAgent{AgentName{"agent-" + std::to_string(i)}, 1, Role::agent});
  }

  std::optional<ServerName> server(const std::string& name) {
    if (name.empty()) return {};
    if (!servers_.contains(name)) {
      AddServer operation;
      operation.name = ServerName{name};
      operation.host = name + ".invalid";
      perform(operation);
      servers_.insert(name);
    }
    return ServerName{name};
  }

  TicketNumber file(const boost::json::object& ticket) {
    open(number_of(ticket, "created"));
    const auto id = text_of(ticket, "id");
    if (const auto known = numbers_.find(id); known != numbers_.end()) return known->second;
    NewTicket operation;
    operation.title = up_to(text_of(ticket, "title"), max_line_bytes);
    if (shows_nothing(operation.title)) operation.title = "-";
    operation.body = up_to(text_of(ticket, "body"), max_body_bytes);
    operation.reporter = up_to(text_of(ticket, "reporter"), 100);
    if (operation.reporter->empty()) operation.reporter = "-";
    operation.office = text_of(ticket, "office");
    operation.server = server(text_of(ticket, "server"));
    operation.category = name_of(category_of(ticket));
    const auto filed = perform(operation);
    numbers_.emplace(id, filed.number);
    ids_.emplace(filed.number, id);
    receipt_ = {{"id", id},
                {"number", filed.number.value},
                {"strength", "none"},
                {"of", nullptr},
                {"p", 0},
                {"sticky", filed.because == "sticky"},
                {"agent", filed.assignee ? filed.assignee->value : ""}};
    if (!filed.duplicates.empty()) {
      const auto& best = filed.duplicates.front();
      receipt_["strength"] = best.strength;
      receipt_["of"] = ids_.at(best.number);
      receipt_["p"] = best.score;
    }
    return filed.number;
  }

  void close(const std::string& id, double at) {
    open(at);
    try {
      perform(ResolveTicket{numbers_.at(id), "Done."});
    } catch (const Error&) {  // it is part of another ticket that is finished already
    }
  }

  void merge(const std::string& id, const std::string& of) {
    const auto into = numbers_.find(of);
    if (into == numbers_.end()) return;
    try {
      perform(MergeTickets{{numbers_.at(id)}, into->second, true});
    } catch (const Error&) {  // they are one already
    }
  }

  std::string look_alikes(TicketNumber number, std::int64_t count) {
    boost::json::array found;
    for (const auto& match : perform(FindDuplicates{number, count}).duplicates) {
      found.push_back({{"id", ids_.at(match.number)}, {"p", match.score}});
    }
    return boost::json::serialize(found);
  }

  std::string compared(TicketNumber number) {
    boost::json::array all;
    for (const auto& [older, features] : perform(CompareTicket{number})) {
      boost::json::object one{{"id", ids_.at(older)}};
      for_each_member<duplicate::FeatureVector>(
          [&](std::string_view name, auto member) { one[name] = features.*member; });
      all.push_back(std::move(one));
    }
    return boost::json::serialize(all);
  }

  std::string directory_;
  TicketClock clock_;
  std::optional<LocalDesk> desk_;
  std::set<std::string> servers_;
  std::map<std::string, TicketNumber> numbers_;
  std::map<TicketNumber, std::string> ids_;
  boost::json::object receipt_;
};

int measure(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: gilir_bench_lookalikes DIRECTORY < MESSAGES\n";
    return 2;
  }
  umask(077);
  Measured measured(argv[1]);
  std::string line;
  while (std::getline(std::cin, line)) measured.take(boost::json::parse(line).as_object(), std::cout);
  return 0;
}

}  // namespace

const OperationSpec CompareTicket::spec =
    describe_operation<CompareTicket, run>("bench.compare", Role::agent, Access::read, compare_fields);

}  // namespace gilir::bench

int main(int argc, char** argv) {
  try {
    return gilir::bench::measure(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "gilir_bench_lookalikes: " << error.what() << '\n';
    return 1;
  }
}
