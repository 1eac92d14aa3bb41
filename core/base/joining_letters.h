// Between which characters a joiner (U+200D) or non-joiner (U+200C) belongs to the writing and hides nothing: letters
// of scripts that join (RFC 5892, appendix A, more widely), and pictures that become one picture (UTS #51).
#pragma once

#include <array>
#include <utility>

namespace gilir {

// Arabic, Syriac, N'Ko, Mandaic; the scripts of India and Sri Lanka; Myanmar, Khmer, Mongolian; Arabic forms. In order.
inline constexpr std::array<std::pair<char32_t, char32_t>, 8> joining_letters{{
    {0x0620, 0x077F},
    {0x07C0, 0x07FF},
    {0x0840, 0x08FF},
    {0x0900, 0x0DFF},
    {0x1000, 0x109F},
    {0x1780, 0x18AF},
    {0xFB50, 0xFDFF},
    {0xFE70, 0xFEFC},
}};

// Skin tones among them. In order.
inline constexpr std::array<std::pair<char32_t, char32_t>, 4> joining_pictures{{
    {0x2190, 0x21FF},
    {0x2300, 0x27BF},
    {0x2B00, 0x2BFF},
    {0x1F000, 0x1FAFF},
}};

}  // namespace gilir
