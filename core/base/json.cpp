#include "core/base/json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "core/base/error.h"
#include "core/base/iso_time.h"
#include "core/base/json_reader.h"
#include "core/base/text.h"

namespace gilir {

void write_json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  const std::string repaired = is_utf8(text) ? std::string() : replace_invalid_utf8(text);
  if (!repaired.empty()) text = repaired;
  out += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    switch (character) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (byte >= 0x20 && byte != 0x7f) {
          out += character;
        } else {
          out += "\\u00";
          out += hex[byte >> 4];
          out += hex[byte & 15];
        }
    }
  }
  out += '"';
}

boost::json::value parse_json(std::string_view text) {
  if (text.size() > max_json_bytes) json_detail::refuse("", "is longer than 1 MiB");
  boost::json::parse_options options;
  options.max_depth = max_json_depth;
  boost::json::error_code error;
  auto value = boost::json::parse(text, error, {}, options);
  if (error) json_detail::refuse("", "is not JSON: " + error.message());
  return value;
}

std::string serialize_json(const boost::json::value& value) {
  return boost::json::serialize(value);
}

namespace json_detail {

void refuse(const std::string& path, std::string_view problem) {
  throw invalid_field(path.empty() ? std::string("/") : path, problem);
}

WallTime read_time(const boost::json::value& json, const std::string& path) {
  if (!json.is_string()) refuse(path, "expected a time");
  const auto time = parse_iso_time(std::string_view(json.get_string()));
  const auto instant = time ? instant_of(*time) : std::nullopt;
  if (!instant) refuse(path, "expected a time");
  return *instant;
}

}  // namespace json_detail
}  // namespace gilir
