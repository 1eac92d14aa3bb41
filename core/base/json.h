// Described structs to and from JSON (RFC 8259).
//
// Writing is direct, without a document tree. Rules: an empty optional is null, unless the struct says
// `static constexpr bool omit_empty = true`; a strong type is its value; durations are whole seconds (their
// members end in _s); a WallTime is RFC 3339 in UTC; text is written as UTF-8 with invalid bytes replaced
// by U+FFFD.
// Reading is tolerant: unknown keys are ignored, missing optionals and vectors stay empty; anything else that does not
// fit throws Error{invalid} whose details name the path. Input depth and size are bounded by the parser.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/describe.h"

namespace boost::json {
class value;
}

namespace gilir {

// A piece of JSON text that is already well-formed; written as it stands.
struct RawJson {
  std::string text;
  bool operator==(const RawJson&) const = default;
};

void write_json_string(std::string& out, std::string_view text);

template <class T>
void write_json(std::string& out, const T& value);

namespace json_detail {

template <class T>
constexpr bool omits_empty() {
  if constexpr (requires { T::omit_empty; }) return T::omit_empty;
  return false;
}

template <class T>
bool is_empty(const T& value) {
  if constexpr (is_optional<T>)
    return !value.has_value();
  else if constexpr (is_vector<T>)
    return value.empty();
  else
    return false;
}

template <class T>
void write_number(std::string& out, T value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, end.ptr);
}

template <Described T>
void write_object(std::string& out, const T& value) {
  out += '{';
  bool first = true;
  for_each_member<T>([&](std::string_view name, auto pointer) {
    if constexpr (omits_empty<T>()) {
      if (is_empty(value.*pointer)) return;
    }
    if (!first) out += ',';
    first = false;
    out += '"';
    out += name;
    out += "\":";
    write_json(out, value.*pointer);
  });
  out += '}';
}

}  // namespace json_detail

template <class T>
void write_json(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>)
    out += value ? "true" : "false";
  else if constexpr (std::is_arithmetic_v<T>)
    json_detail::write_number(out, value);
  else if constexpr (DescribedEnum<T>)
    write_json_string(out, enum_name(value));
  else if constexpr (is_strong_number<T>)
    json_detail::write_number(out, value.value);
  else if constexpr (is_strong_text<T>)
    write_json_string(out, value.value);
  else if constexpr (std::is_convertible_v<const T&, std::string_view>)
    write_json_string(out, value);
  else if constexpr (std::is_same_v<T, RawJson>)
    out += value.text.empty() ? std::string("null") : value.text;
  else if constexpr (std::is_same_v<T, WallTime>)
    write_json_string(out, format_rfc3339(value));
  else if constexpr (is_duration<T>)
    json_detail::write_number(out, std::chrono::floor<Seconds>(value).count());
  else if constexpr (is_optional<T>) {
    if (value)
      write_json(out, *value);
    else
      out += "null";
  } else if constexpr (is_vector<T>) {
    out += '[';
    bool first = true;
    for (const auto& element : value) {
      if (!first) out += ',';
      first = false;
      write_json(out, element);
    }
    out += ']';
  } else {
    static_assert(Described<T>, "describe this type, or teach write_json about it");
    json_detail::write_object(out, value);
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

}  // namespace gilir
