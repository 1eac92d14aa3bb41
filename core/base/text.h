// Text from outside is hostile: what it may contain, how long it may be, and how it is shown.
// All functions take UTF-8 and never throw unless they say so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilir {

// Longest single-line texts and bodies that a desk stores, in bytes of UTF-8.
inline constexpr std::size_t max_name_bytes = 64;
inline constexpr std::size_t max_user_bytes = 255;
inline constexpr std::size_t max_line_bytes = 500;
inline constexpr std::size_t max_body_bytes = 256 * 1024;

// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629).
bool is_utf8(std::string_view text);
std::string replace_invalid_utf8(std::string_view text);

// What a desk can store and show everywhere: well-formed UTF-8 without NUL. What is neither becomes U+FFFD.
bool is_storable(std::string_view text);
std::string storable(std::string_view text);

// Reads the code point at `at` and moves `at` past it. Invalid bytes read as U+FFFD, one at a time.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

// True for C0, C1, DEL, bidirectional overrides and isolates (Trojan Source, CVE-2021-42574), line and
// paragraph separators, and the invisible tag and zero-width characters that hide text.
bool is_dangerous(char32_t code_point);

// What a terminal may be sent: dangerous code points are shown as \x1b or \u202e. Newline and tab stay in
// `printable_text` and are escaped in `printable_line`.
std::string printable_line(std::string_view text);
std::string printable_text(std::string_view text);

// Columns that `text` takes on a terminal: 0 for combining marks, 2 for wide East Asian and emoji.
std::size_t display_width(std::string_view text);
// The longest prefix of `text` within `columns`, ending in "…" when something was cut.
std::string cut_to_width(std::string_view text, std::size_t columns);

// Names of agents, servers, categories: 1–64 of [A-Za-z0-9._-], starting with a letter or digit.
bool is_name(std::string_view text);
// A host name, IPv4 address or IPv6 address without brackets; never starts with '-'.
bool is_host(std::string_view text);
// A login name on a server, as SSH has them (RFC 4252 §5): any text of at most max_user_bytes, such as CORP\siti,
// siti@corp.local or admin:web01, but none that a terminal could not show, none with blanks at its ends, and none that
// starts with '-', because programs take it as an argument.
bool is_user(std::string_view text);

// ASCII lower case; other code points are kept.
std::string ascii_lower(std::string_view text);
// Simple case folding for Latin, Greek and Cyrillic letters, as a search index needs it.
std::string fold_case(std::string_view text);
// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

// Up to three of `candidates` within an edit distance of max(2, a third of the length), nearest first.
std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace gilir
