#include "core/hooks/hook_cursor.h"

namespace gilir {

std::optional<EventNumber> read_hook_cursor(store::Connection& connection) {
  return connection.first<EventNumber>("SELECT delivered FROM hook_cursor");
}

void move_hook_cursor(store::Connection& connection, EventNumber delivered) {
  connection.run("UPDATE hook_cursor SET delivered = $1", delivered);
}

void begin_hook_cursor(store::Connection& connection, EventNumber first) {
  connection.run("INSERT INTO hook_cursor (id, delivered) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
                 EventNumber{first.value - 1});
}

}  // namespace gilir
