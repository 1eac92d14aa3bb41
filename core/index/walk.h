// Adds up what some terms weigh in each text, going through their postings side by side.
//
// Texts are gone through in windows (window.h), however many texts a desk has.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <span>
#include <utility>

#include "core/index/postings.h"
#include "core/index/snapshot.h"
#include "core/index/window.h"

namespace gilir::index {

// What is known of a term's postings in one list, and what each of them adds: `constant` and `factor` times its weight,
// neither of them negative.
struct WalkTerm {
  List list{};
  std::string text;
  std::int64_t merged = 0;            // texts with it
  std::vector<Posting> waiting = {};  // in rising order
  float factor = 0;
  float constant = 0;
  WordBits words = 0;  // that a text has which has this term

  std::int64_t texts() const { return merged + static_cast<std::int64_t>(waiting.size()); }
};

struct WalkBounds {
  // So many postings are gone through: of the rarest terms first, whole as long as they fit; the others share what is
  // left, and of each the newest are taken. It does not matter which of them are merged.
  std::int64_t postings = 0;
  // Of each of the others so many in any case.
  std::int64_t newest = 0;
  // Texts with all of these words come first; only where every text is live.
  WordBits all_words = 0;
};

class Walk {
 public:
  // `live`: texts that do not count are left out, and so are chunks of which none can; it may be null.
  Walk(store::Connection& connection, const Snapshot& snapshot, LiveTexts* live)
      : connection_(connection), merged_(snapshot.merged()), live_(live) {}

  // Once. False when not all of the terms' postings are gone through.
  bool add(std::vector<WalkTerm> terms, const WalkBounds& bounds);

  // Words of those terms: a text may have them all the same.
  WordBits cut_words() const { return cut_words_; }

  // Calls visit(number, sum), or visit(number, sum, words), for each text of which the sum is at least `least` then, in
  // rising order. How many have a sum at all is returned.
  template <class Visit>
  std::int64_t each_sum(const Weight& least, Visit&& visit) {
    const auto window = std::make_unique<Window>();
    if (all_words_ != 0) window->words.resize(window_texts);
    std::int64_t count = 0;
    start();
    while (fill(*window)) {
      for (std::size_t at = 0; at < window->touched.size(); ++at) {
        auto touched = std::exchange(window->touched[at], 0);
        if (touched == 0) continue;
        const auto place_of_first = at * touched_bits;
        const auto sums = std::span(window->sums).subspan(place_of_first, touched_bits);
        const auto first = window->first + static_cast<std::int64_t>(place_of_first);
        // Of an old desk, nine in ten do not count.
        const auto counted = live_ != nullptr ? touched & live_->live_from(first) : touched;
        const bool all = counted == touched;
        touched = counted;
        for (; touched != 0; touched &= touched - 1) {
          const auto place = static_cast<std::size_t>(std::countr_zero(touched));
          const auto sum = std::exchange(sums[place], Weight{0});
          count += sum != 0;
          WordBits words = 0;
          if (!window->words.empty()) words = std::exchange(window->words[place_of_first + place], WordBits{0});
          if (sum < std::max(least, Weight{1})) continue;
          if constexpr (std::is_invocable_v<Visit&, std::int64_t, Weight, WordBits>)
            visit(first + static_cast<std::int64_t>(place), sum, words);
          else
            visit(first + static_cast<std::int64_t>(place), sum);
        }
        if (!all) std::ranges::fill(sums, Weight{0});
      }
    }
    return count;
  }

 private:
  struct Chunk {
    std::int64_t first = 0;
    std::size_t at = 0;
    std::size_t size = 0;
  };
  // One term's way through its chunks, which are in falling order from `next` - 1 down to `end`.
  struct Cursor {
    ChunkReader reader;
    Posting posting;  // the present one
    std::size_t next = 0;
    std::size_t end = 0;
    std::int64_t skip = 0;  // of the first chunk
    bool more = false;
    std::array<Weight, weight_levels> weights{};
    WordBits words = 0;
  };
  struct Waiting {
    std::int64_t number = 0;
    Weight weight = 0;
    WordBits words = 0;
  };

  std::int64_t add_newest(const WalkTerm& term, std::int64_t most);
  std::int64_t add_merged(const WalkTerm& term, std::int64_t most, const std::array<Weight, weight_levels>& weights);
  void start();
  bool fill(Window& window);
  void add_words(Window& window, std::size_t place, WordBits words) const;
  template <bool with_words>
  void go_through(Cursor& cursor, std::int64_t end, Window& window);
  void advance(Cursor& cursor);

  store::Connection& connection_;
  std::int64_t merged_;
  LiveTexts* live_;
  WordBits all_words_ = 0;
  WordBits cut_words_ = 0;
  std::string bytes_;
  std::vector<Chunk> chunks_;
  std::vector<Cursor> cursors_;
  std::vector<Waiting> waiting_;
  std::size_t waiting_at_ = 0;
};

}  // namespace gilir::index
