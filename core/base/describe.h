// What Boost.Describe tells of our structs and enums, with gilir's two naming rules: an enumerator or
// member that would be a C++ keyword ends in '_' in C++ only (`new_` is "new" in JSON and SQL), and a
// flattened type can be told from a described one.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/ids.h"

namespace gilir {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
inline constexpr bool is_strong_number = false;
template <class Tag>
inline constexpr bool is_strong_number<StrongNumber<Tag>> = true;

template <class T>
inline constexpr bool is_strong_text = false;
template <class Tag>
inline constexpr bool is_strong_text<StrongText<Tag>> = true;

template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

constexpr std::string_view public_name(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

// Calls visit(member name, member pointer) for each described member, in order of description.
template <Described T, class Visit>
constexpr void for_each_member(Visit&& visit) {
  boost::mp11::mp_for_each<
      boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
      [&](auto member) { visit(public_name(member.name), member.pointer); });
}

template <DescribedEnum E>
constexpr std::string_view enum_name(E value) {
  std::string_view name = "?";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (enumerator.value == value) name = public_name(enumerator.name);
  });
  return name;
}

template <DescribedEnum E>
constexpr std::optional<E> enum_from_name(std::string_view name) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (public_name(enumerator.name) == name) found = enumerator.value;
  });
  return found;
}

// "a, b, c": every value of E, for error messages and help.
template <DescribedEnum E>
std::string enum_names(std::string_view separator = ", ") {
  std::string names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (!names.empty()) names += separator;
    names += public_name(enumerator.name);
  });
  return names;
}

}  // namespace gilir
