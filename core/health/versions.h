// Versions as Debian orders them, and those of gilir's libraries that are known to have holes.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/health/finding.h"

namespace gilir {

// [EPOCH:]UPSTREAM[-REVISION], ordered as deb-version(7) says: "~" before the end, letters before other
// signs, digits as numbers.
std::strong_ordering compare_versions(std::string_view one, std::string_view other);

// The libssh that gilir-full loaded: by the version that the library states ("0.10.6") and, when a package of
// the system holds the file that was loaded, the package's ("0.10.6-0+deb12u3"), which tells of fixes that
// distributions bring to an old version. CVE-2025-5318 and others are closed in 0.10.6-0+deb12u3 and in
// 0.11.3.
Finding check_libssh(const std::string& version, const std::optional<std::string>& package);

// SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when one connection checkpoints while another commits;
// gilir's write gate rules that out.
Finding check_sqlite(const std::string& version);

}  // namespace gilir
