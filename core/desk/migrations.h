// The schema of a desk, as numbered migrations.
#pragma once

#include "core/store/migration.h"

namespace gilir {

store::Migrations desk_migrations();

}  // namespace gilir
