#include "cli/category/category_words.h"

#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {

void show_category(Output& output, const CategoryDetails& category, WallTime now) {
  output.line(bold(category.name));
  output.facts({{_("about"), category.about},
                {_("open tickets"), std::to_string(category.open_tickets)},
                {_("added"), full_time(category.added, now)}});
}

}  // namespace gilir::cli
