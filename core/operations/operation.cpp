#include "core/operations/operation.h"

#include <fmt/format.h>

#include <algorithm>

namespace gilir {
namespace {

constexpr std::int64_t most_elements = 1000;

// What is no text is stored as U+FFFD, three bytes for one. Only of texts that can grow past `most` it is counted.
std::size_t bytes_stored(std::string_view text, std::size_t most) {
  const bool may_grow_past = text.size() <= most && text.size() > most / 3;
  return may_grow_past && !is_storable(text) ? storable(text).size() : text.size();
}

}  // namespace

const FieldSpec* find_field(const OperationSpec& spec, std::string_view name) {
  const auto field = std::ranges::find(spec.fields, name, &FieldSpec::name);
  return field == spec.fields.end() ? nullptr : &*field;
}

void check_text(const FieldSpec* field, std::string_view name, std::string_view text) {
  const auto most = field != nullptr && field->most > 0 ? static_cast<std::size_t>(field->most) : max_line_bytes;
  const auto bytes = bytes_stored(text, most);
  if (bytes > most) throw invalid_field(name, fmt::format("is {} bytes long, at most {} are allowed", bytes, most));
}

void check_number(const FieldSpec* field, std::string_view name, std::int64_t number) {
  const auto most = field != nullptr && field->most > 0 ? field->most : largest_number;
  if (number >= 0 && number <= most) return;
  // Fields that end in _s are durations: bounded in milliseconds, told in seconds. What is less than their least, which
  // may be more than nothing, their operation refuses.
  if (name.ends_with("_s"))
    throw invalid_field(name,
                        number < 0 ? "must not be negative" : fmt::format("must be at most {} seconds", most / 1000));
  throw invalid_field(name, fmt::format("must be from 0 to {}", most));
}

void check_count(const FieldSpec* field, std::string_view name, std::size_t count) {
  const auto most = field != nullptr && field->most > 0 ? field->most : most_elements;
  if (count > static_cast<std::size_t>(most))
    throw invalid_field(name, fmt::format("has {} entries, at most {} are allowed", count, most));
}

}  // namespace gilir
