// A desk as the program left it that had no index of texts in rows: its schema, with what it found look-alikes with.
#pragma once

#include "core/store/connection.h"

namespace gilir {

// The desk must be open nowhere else in this process.
inline void go_back_before_index(store::Connection& connection) {
  connection.script(
      "DROP TABLE indexed_text; DROP TABLE posting; DROP TABLE text_block; DROP TABLE text_finish; "
      "DROP TABLE index_state; DROP TABLE ended; CREATE TABLE duplicate_term (term TEXT PRIMARY KEY, tickets INTEGER "
      "NOT NULL) STRICT, "
      "WITHOUT ROWID; CREATE VIRTUAL TABLE duplicate_index USING fts5 (terms, content = '', columnsize = 0, "
      "detail = none, tokenize = \"ascii tokenchars '-_./:'\"); "
      "INSERT INTO duplicate_index (rowid, terms) SELECT number, title FROM ticket; "
      "INSERT OR IGNORE INTO duplicate_term (term, tickets) SELECT title, 1 FROM ticket; PRAGMA user_version=19");
}

}  // namespace gilir
