// An edit's changes: what is named and differs is applied, and told in the event as "seats=2 term_s=30".
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace gilir {

// Applies the members that are named and differ, and tells them as "seats=2 term_s=30".
class NamedChanges {
 public:
  template <class Member, class Asked>
  void apply(std::string_view name, Member& member, const std::optional<Asked>& asked) {
    if (!asked || *asked == member) return;
    if constexpr (std::is_same_v<Member, int>)
      member = static_cast<int>(*asked);
    else
      member = *asked;
    std::string value;
    if constexpr (std::is_same_v<Member, std::string>)
      value = member;
    else if constexpr (is_strong_text<Member>)
      value = member.value;
    else
      value = to_json(member);
    if (!text_.empty()) text_ += ' ';
    text_ += fmt::format("{}={}", name, value);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace gilir
