// What the program rdp-certificate (plugins/rdp) answers about a desktop's certificate. Subject and issuer are the
// certificate's own words: hostile.
#pragma once

#include <string>

#include "core/base/describe.h"

namespace gilir {

struct ShownCertificate {
  std::string fingerprint;  // SHA-256, 64 lower-case hexadecimal digits
  std::string thumbprint;   // SHA-1, as Windows shows it
  std::string subject;
  std::string issuer;
  std::string valid_until;  // "2027-05-28"
  // Why there is none; then the rest is empty.
  std::string problem;
  // No connection came to be: that is the reason.
  bool unreachable = false;
  // "TLSv1", where it knows none that FreeRDP speaks with everybody; else empty.
  std::string outdated_tls = {};
};
BOOST_DESCRIBE_STRUCT(ShownCertificate, (),
                      (fingerprint, thumbprint, subject, issuer, valid_until, problem, unreachable, outdated_tls))

}  // namespace gilir
