#include "cli/output/catalogue.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <string_view>

#include "core/process/descriptor.h"

namespace gilir::cli {
namespace {

constexpr std::size_t most_bytes = 4 * 1024 * 1024;
constexpr std::uint32_t magic = 0x950412de;
constexpr std::size_t header_bytes = 28;
// A row of a table: the text's length and its offset.
constexpr std::size_t row_bytes = 8;

}  // namespace

std::optional<Catalogue> Catalogue::read(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  const auto size = lseek(file.get(), 0, SEEK_END);
  if (size < static_cast<off_t>(header_bytes) || size > static_cast<off_t>(most_bytes)) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (pread(file.get(), bytes.data(), bytes.size(), 0) != size) return std::nullopt;
  Catalogue catalogue(std::move(bytes));
  if (!catalogue.read_tables()) return std::nullopt;
  return catalogue;
}

Catalogue::Catalogue(std::string bytes) : bytes_(std::move(bytes)) {}

// Everything is checked here once, so that a damaged file is no catalogue instead of a crash.
bool Catalogue::read_tables() {
  if (word(0) != magic) return false;
  rows_ = word(8);
  originals_ = word(12);
  translations_ = word(16);
  for (const auto table : {originals_, translations_}) {
    if (table > bytes_.size() || rows_ > (bytes_.size() - table) / row_bytes) return false;
    for (std::size_t row = 0; row < rows_; ++row) {
      const std::size_t end = std::size_t{word(table + row * row_bytes + 4)} + length_at(table, row);
      if (end >= bytes_.size() || bytes_[end] != '\0') return false;
    }
  }
  // The translation of "" is the header.
  const char* header = find("");
  two_forms_ = header != nullptr && std::string_view(header).find("nplurals=2") != std::string_view::npos;
  return true;
}

const char* Catalogue::find(const char* text) const {
  const auto row = row_of(text);
  return row ? text_at(translations_, *row) : nullptr;
}

const char* Catalogue::find(const char* one, std::uint64_t number) const {
  const auto row = row_of(one);
  if (!row) return nullptr;
  const char* form = text_at(translations_, *row);
  if (!two_forms_ || number == 1) return form;
  const std::size_t second = std::strlen(form) + 1;
  return second <= length_at(translations_, *row) ? form + second : form;
}

std::uint32_t Catalogue::word(std::size_t offset) const {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes_.data() + offset, sizeof value);
  return value;
}

const char* Catalogue::text_at(std::size_t table, std::size_t row) const {
  return bytes_.data() + word(table + row * row_bytes + 4);
}

std::size_t Catalogue::length_at(std::size_t table, std::size_t row) const {
  return word(table + row * row_bytes);
}

std::optional<std::size_t> Catalogue::row_of(const char* wanted) const {
  std::size_t low = 0;
  std::size_t high = rows_;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const int order = std::strcmp(wanted, text_at(originals_, middle));
    if (order == 0) return middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return std::nullopt;
}

}  // namespace gilir::cli
