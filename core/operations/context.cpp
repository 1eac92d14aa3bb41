#include "core/operations/context.h"

#include "core/server/server_table.h"

namespace gilir {

ServerName Context::lock_of(const ServerName& server) {
  return lock_name(connection_, server);
}

}  // namespace gilir
