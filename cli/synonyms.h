// Words that other tools have for what gilir calls by another name: what somebody types who has just come from them.
#pragma once

#include <span>
#include <string_view>

namespace gilir::cli {

struct Synonym {
  std::string_view noun;  // "" in front of everything; "*" behind any noun that has the verb
  std::string_view word;
  std::string_view verb;  // of that noun; with a blank in it a whole command without "gilir"
};

std::span<const Synonym> synonyms();

struct OptionSynonym {
  std::string_view given;  // without dashes
  std::string_view ours;   // where the command takes it
};

std::span<const OptionSynonym> option_synonyms();

}  // namespace gilir::cli
