// The schema of a desk, as numbered migrations. Sessions of an older gilir that have the desk open go on after one: it
// leaves them what they read and write to wait for a lock, to renew it and to give it back.
#pragma once

#include "core/store/migration.h"

namespace gilir {

store::Migrations desk_migrations();

}  // namespace gilir
