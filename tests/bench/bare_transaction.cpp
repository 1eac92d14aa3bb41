// The least that a process can do to change a desk: opens a SQLite file, passes the write gate, stores one
// row, goes. What gilir's commands take beyond it is theirs.
//
//   bare_transaction FOLDER      with bare.db in it, in WAL mode, with a table `row (number INTEGER PRIMARY
//   KEY)`
#include <iostream>

#include "core/base/error.h"
#include "core/store/connection.h"
#include "core/store/write_gate.h"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string folder = arguments[1];
  try {
    gilir::store::Connection connection({.path = folder + "/bare.db"});
    gilir::store::WriteGate gate(folder + "/gate");
    const auto inside = gate.enter(gilir::Seconds{30});
    gilir::store::Transaction transaction(connection, gilir::store::Transaction::Kind::write);
    connection.run("INSERT INTO row DEFAULT VALUES");
    transaction.commit();
    return 0;
  } catch (const gilir::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
