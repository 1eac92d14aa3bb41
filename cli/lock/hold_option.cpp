#include "cli/lock/hold_option.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/environment.h"

namespace gilir::cli {
namespace {

constexpr std::int64_t largest_hold = std::int64_t{1} << 53;

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (!word.empty()) found.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return found;
}

}  // namespace

std::optional<HoldId> hold_asked(const CommandContext& context, const ServerName& server) {
  if (const auto named = context.arguments.number("hold", 1, largest_hold)) return HoldId{*named};
  const auto servers = words(context.environment.value("GILIR_SERVER"));
  const auto holds = words(context.environment.value("GILIR_HOLD"));
  const auto at = std::ranges::find(servers, server.value);
  if (at == servers.end() || servers.size() != holds.size()) return std::nullopt;
  const auto text = holds[static_cast<std::size_t>(at - servers.begin())];
  HoldId hold;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), hold.value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return hold;
}

}  // namespace gilir::cli
