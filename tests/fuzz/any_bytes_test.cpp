// The properties that libFuzzer drives where Clang builds, driven by seeded generators with any compiler.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/fuzz/postings_property.h"
#include "tests/fuzz/snippet_property.h"
#include "tests/fuzz/terms_property.h"

namespace gilir {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int rounds = 50'000;
#else
constexpr int rounds = 1'000'000;
#endif

// Words as people write them, what joins and hides words, several scripts, and pieces of broken characters.
constexpr auto pieces = std::to_array<std::string_view>(
    {"printer", "komputernya", "mati2",    "ORA-00942", "srv-db01", "10.0.3.7", "getUserName", "jaringaaan",
     "nggak",   "tidak",       "1",        "A",         "ti",       " ",        " ",           " ",
     " ",       "\n",          "-",        "_",         ".",        "/",        ":",           "'",
     "\"",      "*",           "\u2019",   "\u00ad",    "\u0301",   "ａ",       "½",           "ﷺ",
     "打印机",  "ก",           "も",       "ß",         "İ",        "ﬁ",        "é",           "\U0001F600",
     "\u200d",  "…",           "\xf0\x9f", "\x80",      "\xff",     "\xc3",     "=",           "\x7f"});

class Bytes {
 public:
  explicit Bytes(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  char byte() { return static_cast<char>(random_()); }

  // Written, with a byte changed now and then.
  const std::string& text() {
    text_.clear();
    for (auto count = below(12); count > 0; --count) text_ += pieces[below(pieces.size())];
    if (!text_.empty() && below(4) == 0) text_[below(text_.size())] = byte();
    return text_;
  }

  // A good blob with up to four bytes changed, most of them at its beginning, cut short now and then; or anything.
  const std::string& damaged(const std::vector<std::string>& good) {
    text_ = good[below(good.size())];
    for (auto count = below(5); count > 0; --count) text_[below(below(2) == 0 ? 16 : text_.size())] = byte();
    if (below(3) == 0) text_.resize(below(text_.size()));
    if (below(16) == 0) {
      text_.resize(below(64));
      for (char& each : text_) each = byte();
    }
    return text_;
  }

 private:
  std::mt19937 random_;
  std::string text_;
};

std::string shown(std::string_view bytes) {
  return testing::PrintToString(std::string(bytes));
}

template <class Next, class Property>
void each_holds(Next&& next, Property&& property) {
  for (int round = 0; round < rounds; ++round) {
    const std::string& bytes = next();
    try {
      property(bytes);
    } catch (const std::exception& broken) {
      FAIL() << broken.what() << " of " << shown(bytes);
    }
  }
}

// A chunk behind its first number, and a text's terms.
std::vector<std::string> good_blobs() {
  std::vector<index::Posting> postings;
  std::vector<std::string> blobs;
  for (std::int64_t number = 1; number < 60; number += 1 + number % 7)
    postings.push_back({number, static_cast<std::uint8_t>(number % 8)});
  blobs.push_back(std::string("\1\0\0\0", 4) + index::pack_postings(postings).front().bytes);
  blobs.push_back(
      index::pack_terms(index::terms_of("printer mati di srv-db01", "ORA-00942 lagi, printernya mati"), {}));
  return blobs;
}

TEST(AnyBytes, AsPostingsAndPackedTermsAreDamagedOrCanBePackedAgain) {
  Bytes bytes(1);
  const auto blobs = good_blobs();
  each_holds(
      [&]() -> auto& { return bytes.damaged(blobs); }, index::require_postings_of_any_bytes);
}

TEST(AnyBytes, AsATextBecomeSortedBoundedWellFormedTerms) {
  Bytes bytes(2);
  each_holds(
      [&]() -> auto& { return bytes.text(); }, index::require_terms_of_any_bytes);
}

TEST(AnyBytes, AsATextAndWhatIsSearchedInItAreShownInABoundedPieceMarkedWithinIt) {
  Bytes bytes(3);
  each_holds(
      [&]() -> auto& { return bytes.text(); }, require_snippet_of_any_bytes);
}

}  // namespace
}  // namespace gilir
