// Words for places in an office that are told apart by a number or name behind them: "loket 2", "ruang rapat". Pure.
#pragma once

#include <string_view>

namespace gilir::index {

bool is_place_word(std::string_view word);

}  // namespace gilir::index
