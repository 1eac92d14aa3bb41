// The reading half of core/base/json.h, apart because few files need Boost.JSON's parser.
#pragma once

#include <boost/json/value.hpp>

#include "core/base/json.h"

namespace gilir {

// Longest text and deepest nesting that parse_json accepts.
inline constexpr std::size_t max_json_bytes = 2 << 20;
inline constexpr std::size_t max_json_depth = 32;

// Throws Error{invalid} when `text` is not one JSON value within the bounds above.
boost::json::value parse_json(std::string_view text);
std::string serialize_json(const boost::json::value& value);

namespace json_detail {

[[noreturn]] void refuse(const std::string& path, std::string_view problem);
WallTime read_time(const boost::json::value& json, const std::string& path);

}  // namespace json_detail

template <class T>
void read_json(const boost::json::value& json, T& value, const std::string& path = "") {
  using json_detail::refuse;
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_bool()) refuse(path, "expected true or false");
    value = json.get_bool();
  } else if constexpr (std::is_arithmetic_v<T>) {
    boost::json::error_code error;
    const auto number = json.to_number<T>(error);
    if (error) refuse(path, "expected a number in range");
    value = number;
  } else if constexpr (DescribedEnum<T>) {
    if (!json.is_string()) refuse(path, "expected a string");
    const auto known = enum_from_name<T>(std::string_view{json.get_string()});
    if (!known) refuse(path, "expected one of " + enum_names<T>());
    value = *known;
  } else if constexpr (is_strong_number<T> || is_strong_text<T>) {
    read_json(json, value.value, path);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) refuse(path, "expected a string");
    value = std::string_view{json.get_string()};
  } else if constexpr (std::is_same_v<T, RawJson>) {
    value.text = serialize_json(json);
  } else if constexpr (std::is_same_v<T, WallTime>) {
    value = json_detail::read_time(json, path);
  } else if constexpr (is_duration<T>) {
    std::int64_t seconds = 0;
    read_json(json, seconds, path);
    if (seconds < 0 || seconds > 10'000'000'000) refuse(path, "expected seconds in range");
    value = Seconds{seconds};
  } else if constexpr (is_optional<T>) {
    if (json.is_null())
      value.reset();
    else
      read_json(json, value.emplace(), path);
  } else if constexpr (is_vector<T>) {
    if (!json.is_array()) refuse(path, "expected an array");
    value.clear();
    for (const auto& element : json.get_array()) {
      read_json(element, value.emplace_back(), path + "/" + std::to_string(value.size()));
    }
  } else {
    static_assert(Described<T>);
    if (!json.is_object()) refuse(path, "expected an object");
    const auto& object = json.get_object();
    for_each_member<T>([&](std::string_view name, auto pointer) {
      using Member = std::decay_t<decltype(value.*pointer)>;
      const auto* member = object.if_contains(name);
      if (member != nullptr) {
        read_json(*member, value.*pointer, path + "/" + std::string(name));
      } else if constexpr (!is_optional<Member> && !is_vector<Member>) {
        refuse(path + "/" + std::string(name), "is missing");
      }
    });
  }
}

template <class T>
T from_json(std::string_view text) {
  T value{};
  read_json(parse_json(text), value);
  return value;
}

}  // namespace gilir
