#include "core/health/versions.h"

#include <algorithm>
#include <tuple>

namespace gilir {
namespace {

constexpr std::string_view oldest_libssh = "0.10.6";
constexpr std::string_view fixed_package = "0.10.6-0+deb12u3";
constexpr std::string_view fixed_libssh = "0.11.3";
// STRICT tables.
constexpr std::string_view oldest_sqlite = "3.37.0";
constexpr std::string_view fixed_sqlite = "3.51.3";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "~" sorts before the end of a part, which sorts before letters, which sort before all else.
int weight(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (text[at] == '~') return -1;
  return is_letter(text[at]) ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(text[at]) + 256;
}

std::string_view take_number(std::string_view& text) {
  while (text.starts_with('0')) text.remove_prefix(1);
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  const auto number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

std::strong_ordering compare_parts(std::string_view one, std::string_view other) {
  while (!one.empty() || !other.empty()) {
    while ((!one.empty() && !is_digit(one[0])) || (!other.empty() && !is_digit(other[0]))) {
      if (const auto order = weight(one, 0) <=> weight(other, 0); order != 0) return order;
      one.remove_prefix(std::min<std::size_t>(1, one.size()));
      other.remove_prefix(std::min<std::size_t>(1, other.size()));
    }
    const auto first = take_number(one);
    const auto second = take_number(other);
    if (const auto order = first.size() <=> second.size(); order != 0) return order;
    if (const auto order = first.compare(second) <=> 0; order != 0) return order;
  }
  return std::strong_ordering::equal;
}

// Epoch, upstream version, revision; an absent revision counts as "0", as an absent epoch does.
std::tuple<std::string_view, std::string_view, std::string_view> parts(std::string_view version) {
  std::string_view epoch = "0";
  if (const auto colon = version.find(':'); colon != std::string_view::npos) {
    epoch = version.substr(0, colon);
    version.remove_prefix(colon + 1);
  }
  const auto dash = version.rfind('-');
  if (dash == std::string_view::npos) return {epoch, version, "0"};
  return {epoch, version.substr(0, dash), version.substr(dash + 1)};
}

}  // namespace

std::strong_ordering compare_versions(std::string_view one, std::string_view other) {
  const auto [epoch, upstream, revision] = parts(one);
  const auto [other_epoch, other_upstream, other_revision] = parts(other);
  if (const auto order = compare_parts(epoch, other_epoch); order != 0) return order;
  if (const auto order = compare_parts(upstream, other_upstream); order != 0) return order;
  return compare_parts(revision, other_revision);
}

Finding check_libssh(const std::string& version, const std::optional<std::string>& package) {
  const auto& shown = package ? *package : version;
  if (compare_versions(version, fixed_libssh) >= 0) return {Check::libssh, Health::ok, Because::fine, shown, ""};
  if (compare_versions(version, oldest_libssh) < 0) {
    return {Check::libssh, Health::problem, Because::known_hole, shown, std::string(fixed_package)};
  }
  if (version != oldest_libssh || !package) {
    return {Check::libssh, Health::warning, Because::fix_unknown, shown,
            std::string(version == oldest_libssh ? fixed_package : fixed_libssh)};
  }
  const bool is_fixed = compare_versions(*package, fixed_package) >= 0;
  return {Check::libssh, is_fixed ? Health::ok : Health::problem, is_fixed ? Because::fine : Because::known_hole, shown,
          is_fixed ? "" : std::string(fixed_package)};
}

Finding check_sqlite(const std::string& version) {
  if (compare_versions(version, oldest_sqlite) < 0) {
    return {Check::sqlite, Health::problem, Because::known_hole, version, std::string(oldest_sqlite)};
  }
  const bool is_guarded = compare_versions(version, fixed_sqlite) < 0;
  return {Check::sqlite, Health::ok, is_guarded ? Because::guarded : Because::fine, version, ""};
}

}  // namespace gilir
