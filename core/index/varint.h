// Small numbers in few bytes (LEB128), as the index's blobs have them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace gilir::index {

// What Error{damaged} calls the index as {part}.
inline constexpr std::string_view index_part = "index";

[[noreturn]] inline void refuse_blob(const char* problem) {
  throw Error(ErrorCode::damaged).with("problem", problem).with("part", index_part);
}

inline void put_varint(std::string& bytes, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  bytes += static_cast<char>(value);
}

inline std::uint8_t take_byte(std::string_view& bytes) {
  if (bytes.empty()) refuse_blob("a blob ends early");
  const auto byte = static_cast<std::uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  return byte;
}

inline std::uint32_t take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto byte = take_byte(bytes);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (value > UINT32_MAX) break;
      return static_cast<std::uint32_t>(value);
    }
  }
  refuse_blob("a number is too long");
}

}  // namespace gilir::index
