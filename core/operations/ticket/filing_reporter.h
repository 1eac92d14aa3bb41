// Which reporter a name means: he is known by name and office together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/context.h"
#include "core/people/people.h"

namespace gilir {

struct NamedReporter {
  Reporter reporter;
  // He was unknown and has been added.
  bool added = false;
};

// The reporter who files. With an office, an unknown one is added; without, the name must be known in exactly
// one office. Without a name it is the caller himself, who is added without more ado.
// Error{not_found} with near names; Error{invalid} when the name is known in several offices.
NamedReporter filing_reporter(Context& context, const std::optional<std::string>& name,
                              const std::optional<std::string>& office);

// A reporter who is known; without an office the name must be known in exactly one.
// Error{not_found} with near names; Error{invalid} of `office_field` when the name is known in several offices.
Reporter known_reporter(Context& context, const std::string& name, const std::optional<std::string>& office,
                        std::string_view office_field = "office");

// Everybody whom name and office may mean; in all offices when none is given. Error{not_found} for nobody.
std::vector<std::int64_t> reporters_meant(Context& context, const std::string& name,
                                          const std::optional<std::string>& office);

}  // namespace gilir
