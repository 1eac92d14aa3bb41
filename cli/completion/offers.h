// What can be offered for an unfinished command line: from the command table, from plugins, and from the desk.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace gilir::cli {

// No more than this many are offered at once.
inline constexpr std::size_t most_offers = 50;

struct Offer {
  std::string word;   // in place of the word under the cursor
  std::string about;  // "" when there is nothing to say
};

// What the shell itself is asked to offer.
enum class ShellOffers { none, files, directories, programs };

struct Offers {
  std::vector<Offer> offers;
  ShellOffers shell = ShellOffers::none;
};

// Opens the desk only when its values are asked for. `context` is that of the command that completes. What
// the desk refuses is thrown; without a desk nothing is offered.
Offers offers_for(CommandContext& context, const std::vector<std::string>& words);

}  // namespace gilir::cli
