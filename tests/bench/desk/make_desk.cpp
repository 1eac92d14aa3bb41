// Makes a desk with many tickets for ./dev bench, through the desk's own tables: reporters, servers, tickets,
// their events in one chain, and the index for duplicates, as some years of work would have left them. What
// lies beside the desk is for measuring on it: lines of new titles and bodies, of reporters and, line by
// line, their offices, of numbers of tickets and of words to search for.
//
//   make_desk FOLDER TICKETS [TEXTS]      makes FOLDER/desk, FOLDER/titles, bodies, reporters, offices, numbers,
//   searches, and files of bodies with their names in FOLDER/body_files and log_files, the latter with a log of 64 KiB
//
// TEXTS are JSON lines with title and body, of which the desk's tickets are made; else they are invented.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/base/error.h"
#include "core/desk/desk_clock.h"
#include "core/desk/local_desk.h"
#include "core/index/merging.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/ticket_view.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_table.h"
#include "tests/bench/desk/tickets.h"

namespace gilir::bench {
namespace {

constexpr std::size_t tickets_a_transaction = 20'000;
// Between none and as many as are merged at once.
constexpr std::size_t waiting_texts = index::merge_after / 2;
constexpr std::size_t agents = 50;
constexpr std::size_t sample_lines = 1000;
constexpr std::size_t sample_files = 200;

std::size_t reporters_of(std::size_t tickets) {
  return std::max<std::size_t>(20, tickets / 100);
}
std::size_t offices_of(std::size_t tickets) {
  return std::clamp<std::size_t>(tickets / 500, 5, 500);
}

// A desk of `count` tickets that came in at equal distances over five years and were worked on in order of
// their numbers, so that the last `backlog` are open, with here and there an older one that was forgotten.
class DeskMaker {
 public:
  DeskMaker(const std::string& directory, std::size_t count, std::span<const GivenText> texts)
      : directory_(directory),
        count_(count),
        backlog_(std::clamp<std::size_t>(count / 20, 20, 10'000)),
        text_(count, texts) {
    LocalDesk::make({directory}, clock_, {"bench", AgentName{"bench"}});
    connection_ = std::make_unique<store::Connection>(store::ConnectionOptions{directory + "/desk.db"});
    // A desk that is half made is thrown away, so that nothing has to be durable before the end.
    connection_->script("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000");
  }

  void run() {
    begin();
    add_people();
    for (std::size_t number = 1; number <= count_; ++number) {
      file(number);
      if (number > backlog_) finish(number - backlog_);
      if (number % tickets_a_transaction == 0) commit_and_go_on(number);
      if (number + waiting_texts == count_) merge(1);
    }
    DeskTime made;
    made.now = clock_.now();
    made.since = made.now.wall;
    store_desk_time(*connection_, clock_, made);
    transaction_->commit();
    transaction_.reset();
    connection_->script("PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL");
  }

 private:
  using Days = std::chrono::days;

  void begin() { transaction_ = std::make_unique<store::Transaction>(*connection_, store::Transaction::Kind::write); }

  void commit_and_go_on(std::size_t done) {
    merge(index::merge_after);
    transaction_->commit();
    transaction_.reset();
    begin();
    const char* end = isatty(STDERR_FILENO) ? "\r" : "\n";
    if (isatty(STDERR_FILENO) || done % (count_ / 10) == 0)
      std::cerr << "  " << done << " of " << count_ << " tickets" << end;
  }

  // As a desk of that age would be: but for the last few, all texts are merged.
  void merge(std::int64_t waiting) {
    index::Merging merging(*connection_);
    while (merging.step(Seconds{1}, waiting)) {
    }
  }

  void add_people() {
    const auto now = clock_.now().wall;
    for (std::size_t i = 0; i < agents; ++i) {
      put_agent(*connection_, {agent(i), 1, Role::agent, true, static_cast<std::int64_t>(i), now});
    }
    for (std::size_t i = 0; i < reporters_of(count_); ++i)
      add_reporter(*connection_, {0, person(i), office(i % offices_of(count_)), ""});
    for (std::size_t i = 0; i < offices_of(count_); ++i) {
      Server server;
      server.name = ServerName{office(i)};
      server.host = office(i) + ".example";
      server.added = now;
      put_server(*connection_, server);
    }
  }

  AgentName agent(std::size_t number) const { return {"agent-" + std::to_string(number % agents + 1)}; }
  WallTime time_of(std::size_t number) const {
    const auto years = Milliseconds(Days{5 * 365}).count();
    return start_ + Milliseconds{years / static_cast<std::int64_t>(count_) * static_cast<std::int64_t>(number)};
  }
  Context context_at(std::size_t number) {
    return {*connection_, {time_of(number), {}}, {agent(number), 1, Role::agent, true, 0, {}}, true};
  }

  void file(std::size_t number) {
    auto context = context_at(number);
    const auto reporter = get_reporter(*connection_, static_cast<std::int64_t>(1 + text_.below(reporters_of(count_))));
    TicketRow row;
    row.title = text_.title();
    row.body = text_.body();
    row.status = TicketStatus::assigned;
    row.category = text_.in_one_of(3) ? "printer" : "";
    row.reporter = reporter.id;
    if (!text_.in_one_of(4)) row.server = ServerName{reporter.office};
    row.owner = row.assignee = agent(number);
    row.urgent = text_.in_one_of(20);
    row.created = row.updated = time_of(number);
    row = add_ticket(*connection_, std::move(row));
    add_voice(*connection_, {row.number, row.reporter, row.number});
    index_ticket(context, row.number, index::terms_of(row.title, row.body));
    if (number > 100 && text_.in_one_of(5)) add_look_alike(context, row.number);
    std::vector<Subject> subjects{
        subject(row.number), subject(*row.assignee), {SubjectKind::reporter, std::to_string(reporter.id)}};
    if (row.server) subjects.push_back(subject(*row.server));
    context.log(EventKind::ticket_filed, std::move(subjects),
                {.ticket = row.number,
                 .title = row.title,
                 .reporter = reporter.name,
                 .office = reporter.office,
                 .server = row.server});
    context.log(EventKind::ticket_assigned, {subject(row.number), subject(*row.assignee)},
                {.ticket = row.number, .agent = row.assignee, .because = "turn", .tier = 1});
  }

  void add_look_alike(Context& context, TicketNumber number) {
    DuplicateView view;
    view.number = TicketNumber{number.value - 1 - static_cast<std::int64_t>(text_.below(90))};
    view.strength = "weak";
    view.score = 0.41;
    view.reasons = {{duplicate::ReasonKind::same_server, "", 0}, {duplicate::ReasonKind::title_words, "", 52}};
    store_duplicates(context, number, {view});
  }

  // Works through a ticket that was filed `backlog_` tickets ago.
  void finish(std::size_t number) {
    if (text_.in_one_of(2000)) return;
    auto context = context_at(number + backlog_);
    auto row = get_ticket(*connection_, TicketNumber{static_cast<std::int64_t>(number)});
    const std::vector<Subject> subjects{
        subject(row.number), subject(*row.assignee), {SubjectKind::reporter, std::to_string(row.reporter)}};
    if (text_.in_one_of(2)) {
      context.log(EventKind::ticket_replied, subjects, {.ticket = row.number, .text = text_.answer()});
    }
    context.log(EventKind::ticket_resolved, subjects, {.ticket = row.number, .text = text_.answer()});
    row.status = TicketStatus::resolved;
    row = update_ticket(*connection_, std::move(row), context.now().wall);
    index_status(context, row);
    if (text_.in_one_of(50)) return;
    context.log(EventKind::ticket_closed, subjects, {.ticket = row.number});
    row.status = TicketStatus::closed;
    update_ticket(*connection_, std::move(row), context.now().wall);
  }

  SystemClock clock_;
  std::string directory_;
  std::size_t count_;
  std::size_t backlog_;
  TicketText text_;
  WallTime start_ = clock_.now().wall - Days{5 * 365};
  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<store::Transaction> transaction_;
};

std::string one_line_of(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

template <class Line>
void write_lines(const std::string& path, Line line) {
  std::ofstream file(path);
  for (std::size_t i = 0; i < sample_lines; ++i) file << line() << '\n';
  if (!file.flush()) throw std::runtime_error(path + " cannot be written");
}

// `body()` of each in a file of its own, whose names are the lines of `list`.
template <class Body>
void write_files(const std::string& folder, const std::string& list, Body body) {
  std::filesystem::create_directory(folder + "/files");
  std::ofstream names(folder + "/" + list);
  for (std::size_t i = 0; i < sample_files; ++i) {
    const auto path = fmt::format("{}/files/{}-{}", folder, list, i);
    std::ofstream file(path);
    file << body();
    names << std::filesystem::relative(path, folder).string() << '\n';
    if (!file.flush()) throw std::runtime_error(path + " cannot be written");
  }
  if (!names.flush()) throw std::runtime_error(list + " cannot be written");
}

void write_samples(const std::string& folder, std::size_t count, std::span<const GivenText> texts) {
  TicketText text(count + 1, texts);
  write_lines(folder + "/titles", [&] { return text.title(); });
  write_lines(folder + "/bodies", [&] { return one_line_of(text.body()); });
  write_files(folder, "body_files", [&] { return text.body() + "\n-"; });
  write_files(folder, "log_files", [&] { return text.body_with_log(); });
  std::vector<std::size_t> people(sample_lines);
  for (auto& one : people) one = text.below(reporters_of(count));
  auto next = people.begin();
  write_lines(folder + "/reporters", [&] { return person(*next++); });
  next = people.begin();
  write_lines(folder + "/offices", [&] { return office(*next++ % offices_of(count)); });
  write_lines(folder + "/searches", [&] { return text.search(); });
  write_lines(folder + "/numbers", [&] { return 1 + text.below(count); });
}

}  // namespace
}  // namespace gilir::bench

int main(int count, char** arguments) {
  const auto tickets = count == 3 || count == 4 ? std::strtoul(arguments[2], nullptr, 10) : 0;
  if (tickets < 100) {
    std::cerr << "usage: make_desk FOLDER TICKETS [TEXTS] (100 tickets or more)\n";
    return 2;
  }
  try {
    const std::string folder = arguments[1];
    std::vector<gilir::bench::GivenText> texts;
    if (count == 4) texts = gilir::bench::read_texts(arguments[3]);
    gilir::bench::DeskMaker(folder + "/desk", tickets, texts).run();
    gilir::bench::write_samples(folder, tickets, texts);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "make_desk: " << error.what() << '\n';
    return 1;
  }
}
