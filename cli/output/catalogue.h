// A compiled message catalogue (GNU gettext manual, 10.3 "The Format of GNU MO Files").
//
// Read by gilir itself and not by libc, because libc's gettext translates only in a locale that is generated
// on the machine, and a small server or a container has none but C.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gilir::cli {

class Catalogue {
 public:
  // Nothing when there is no such file, when it is longer than 4 MiB, or when it is no catalogue of this
  // machine's byte order. Texts are taken to be UTF-8.
  static std::optional<Catalogue> read(const std::string& path);

  // The translation, valid as long as the catalogue; null when there is none.
  const char* find(const char* text) const;
  // The same for a text with a plural, whose key is the form for one. Languages with one form and with two,
  // the first of them for exactly one, are understood; of others the first form is taken.
  const char* find(const char* one, std::uint64_t number) const;

 private:
  explicit Catalogue(std::string bytes);
  bool read_tables();
  std::uint32_t word(std::size_t offset) const;
  // The text that row `row` of the table at `table` points to.
  const char* text_at(std::size_t table, std::size_t row) const;
  std::size_t length_at(std::size_t table, std::size_t row) const;
  // The row of the translation, or none.
  std::optional<std::size_t> row_of(const char* wanted) const;

  std::string bytes_;
  std::size_t rows_ = 0;
  std::size_t originals_ = 0;
  std::size_t translations_ = 0;
  bool two_forms_ = false;
};

}  // namespace gilir::cli
