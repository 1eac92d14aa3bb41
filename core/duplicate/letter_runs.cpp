#include "core/duplicate/letter_runs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/text.h"
#include "core/index/normal_form.h"

namespace gilir::duplicate {
namespace {

constexpr std::size_t longest_title = 500;
constexpr std::size_t run_length = 4;

// Zero is a free slot.
constexpr std::uint32_t kept(std::uint32_t run) {
  return run == 0 ? 1 : run;
}

// Calls visit() for each character of a title's words, in lower case, and for one blank between them and at both ends.
template <class Visit>
void each_letter(std::string_view title, Visit visit) {
  std::string normal;
  if (!std::ranges::all_of(title, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    normal = index::normal_form(title);
    title = normal;
  }
  visit(U' ');
  bool in_word = false;
  for (std::size_t at = 0; at < title.size();) {
    const auto byte = static_cast<unsigned char>(title[at]);
    auto c = static_cast<char32_t>(byte);
    if (byte < 0x80) {
      ++at;
      if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    } else {
      c = next_code_point(title, at);
    }
    if (index::is_word_character(c) || c == '_') {
      visit(c);
      in_word = true;
    } else if (in_word) {
      visit(U' ');
      in_word = false;
    }
  }
  if (in_word) visit(U' ');
}

// Calls visit() with each run of four characters, as one number.
template <class Visit>
void each_run(std::string_view title, Visit visit) {
  std::array<std::uint32_t, run_length> last{};
  std::size_t letters = 0;
  each_letter(title.substr(0, longest_title), [&](char32_t c) {
    if (letters == longest_title) return;
    std::ranges::copy(last.begin() + 1, last.end(), last.begin());
    last.back() = static_cast<std::uint32_t>(c);
    if (++letters < run_length) return;
    std::uint32_t run = 0;
    for (const auto letter : last) run = (run * 0x0100'0193u) ^ letter;
    visit(run);
  });
}

}  // namespace

LetterRuns::LetterRuns(std::string_view title) {
  each_run(title, [&](std::uint32_t run) { add(run); });
}

bool LetterRuns::add(std::uint32_t run) {
  auto& slot = slots_[place_of(run)];
  if (slot != 0) return false;
  slot = kept(run);
  ++size_;
  return true;
}

std::size_t LetterRuns::place_of(std::uint32_t run) const {
  std::size_t at = (run * 0x9E37'79B1u >> 16) % slot_count;
  while (slots_[at] != 0 && slots_[at] != kept(run)) at = (at + 1) % slot_count;
  return at;
}

double LetterRuns::cosine(std::string_view title) const {
  LetterRuns theirs;
  std::size_t shared = 0;
  each_run(title, [&](std::uint32_t run) {
    if (theirs.add(run) && has(run)) ++shared;
  });
  return shared == 0 ? 0 : double(shared) / std::sqrt(double(size_) * double(theirs.size_));
}

}  // namespace gilir::duplicate
