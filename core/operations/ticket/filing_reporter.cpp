#include "core/operations/ticket/filing_reporter.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/name_key.h"
#include "core/base/text.h"
#include "core/base/unseen.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

Error unknown_reporter(Context& context, const std::string& name) {
  return Error(ErrorCode::not_found)
      .with("kind", "reporter")
      .with("name", name)
      .with("near", near_names(name, reporter_names(context.connection())));
}

constexpr std::size_t most_offices_named = 20;

std::vector<std::string> offices_of(const std::vector<Reporter>& known) {
  std::vector<std::string> offices;
  for (const auto& reporter : known) {
    if (offices.size() == most_offices_named) break;
    offices.push_back(reporter.office);
  }
  return offices;
}

Error not_in_office(Context& context, const std::string& name, const std::string& office) {
  const auto known = reporters_named(context.connection(), name);
  if (known.empty()) return unknown_reporter(context, name).with("office", office);
  return Error(ErrorCode::not_found)
      .with("kind", "reporter")
      .with("name", name)
      .with("office", office)
      .with("offices", offices_of(known));
}

Error several_offices(const std::string& name, const std::vector<Reporter>& known, std::string_view field) {
  const auto offices = offices_of(known);
  std::string list;
  for (const auto& office : offices) list += (list.empty() ? "" : ", ") + (office.empty() ? "no office" : office);
  if (offices.size() < known.size()) list += ", …";
  return Error(ErrorCode::invalid)
      .with("field", field)
      .with("name", name)
      .with("problem", name + " is known in several offices: " + list)
      .with("offices", offices);
}

Reporter find_or_add(Context& context, const std::string& name, const std::string& office, bool& added) {
  if (auto known = find_reporter(context.connection(), name, office)) return *known;
  added = true;
  auto reporter = add_reporter(context.connection(), {0, name, known_office(context.connection(), office), ""});
  const Subject who{SubjectKind::reporter, std::to_string(reporter.id)};
  context.log(EventKind::reporter_added, {who}, {.reporter = name, .office = reporter.office});
  return reporter;
}

}  // namespace

NamedReporter filing_reporter(Context& context, const std::optional<std::string>& name,
                              const std::optional<std::string>& office) {
  NamedReporter named;
  if (!name) {
    bool added = false;
    named.reporter = find_or_add(context, context.caller().name.value, office.value_or(""), added);
    return named;
  }
  const std::string plain(trimmed(*name));
  if (shows_nothing(plain)) throw invalid_field("reporter", "is empty");
  if (office) {
    named.reporter = find_or_add(context, plain, std::string(trimmed(*office)), named.added);
    return named;
  }
  if (reporters_named(context.connection(), plain).empty()) throw unknown_reporter(context, plain).with("adds", true);
  named.reporter = known_reporter(context, plain, std::nullopt);
  return named;
}

Reporter known_reporter(Context& context, const std::string& name, const std::optional<std::string>& office,
                        std::string_view office_field) {
  const std::string plain(trimmed(name));
  if (office) {
    const std::string place(trimmed(*office));
    if (auto reporter = find_reporter(context.connection(), plain, place)) return *reporter;
    throw not_in_office(context, plain, place);
  }
  const auto known = reporters_named(context.connection(), plain);
  if (known.empty()) throw unknown_reporter(context, plain);
  if (known.size() == 1) return known.front();
  // Desks from before names were compared so may have the same person several times.
  const auto is_written_so = [&](const Reporter& one) { return one.name == plain; };
  if (std::ranges::count_if(known, is_written_so) == 1) return *std::ranges::find_if(known, is_written_so);
  const auto place = name_key(known.front().office);
  if (std::ranges::any_of(known, [&](const Reporter& one) { return name_key(one.office) != place; })) {
    throw several_offices(plain, known, office_field);
  }
  return *std::ranges::min_element(known, {}, &Reporter::id);
}

std::vector<std::int64_t> reporters_meant(Context& context, const std::string& name,
                                          const std::optional<std::string>& office) {
  if (office) return {known_reporter(context, name, office).id};
  const std::string plain(trimmed(name));
  const auto named = reporters_named(context.connection(), plain);
  if (named.empty()) throw unknown_reporter(context, plain);
  if (named.size() > most_namesakes) throw several_offices(plain, named, "office");
  std::vector<std::int64_t> ids;
  for (const auto& reporter : named) ids.push_back(reporter.id);
  return ids;
}

}  // namespace gilir
