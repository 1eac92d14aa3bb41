#include "core/server/certificate_pin.h"

#include "tests/fakes/expect_error.h"

namespace gilir {
namespace {

constexpr std::string_view pem =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBbzCCARWgAwIBAgIUXS4jY84YTNYdgVqWljrBg/FLT1YwCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UEAwwBZDAgFw0yNjExMjcxMDM2MTlaGA8yMDgxMDgzMDEwMzYxOVow\n"
    "DDEKMAgGA1UEAwwBZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIPkvAHuwclp\n"
    "LbgOCLYdcVnZujWe3TG2RcBjx7KQ48LbuO+Pov1JXmcVkW2gK5d5j9Qu5N+YG/nK\n"
    "/br8nTQzIL6jUzBRMB0GA1UdDgQWBBQ0LlWh83ilontIUlU0FjqtBkShyzAfBgNV\n"
    "HSMEGDAWgBQ0LlWh83ilontIUlU0FjqtBkShyzAPBgNVHRMBAf8EBTADAQH/MAoG\n"
    "CCqGSM49BAMCA0gAMEUCICe8rkbLmkuWQWIYHsRrxzWlfazD/ihOR6LHDJ83KRuJ\n"
    "AiEA/t7FCNIOU240P1tqb0qE+AT0NLRJy5WZO4nDo6nHn9Q=\n"
    "-----END CERTIFICATE-----\n";
// As openssl x509 -fingerprint -sha256 printed it.
constexpr std::string_view fingerprint = "c7aff09f0c35e003f7fb552060b5b9fdc016a9f9b7fe97594e731d3012aabe41";

std::string problem(std::string_view text) {
  const auto error = thrown_by([&] { read_certificate_pin(text); });
  EXPECT_EQ(error.code(), ErrorCode::invalid);
  EXPECT_EQ(error.text("field"), "certificate");
  return error.text("problem");
}

TEST(CertificatePin, IsTheFingerprintThatOpensslPrints) {
  EXPECT_EQ(read_certificate_pin(pem), fingerprint);
  EXPECT_EQ(read_certificate_pin("subject=CN = desktop\n" + std::string(pem) + std::string(1, '\0')), fingerprint);
}

TEST(CertificatePin, TakesDigitsAsPeopleHaveThem) {
  EXPECT_EQ(read_certificate_pin(fingerprint), fingerprint);
  EXPECT_EQ(
      read_certificate_pin("sha256:C7:AF:F0:9F:0C:35:E0:03:F7:FB:55:20:60:B5:B9:FD:C0:16:A9:F9:B7:FE:97:59:4E:73:1D:"
                           "30:12:AA:BE:41\n"),
      fingerprint);
  EXPECT_EQ(read_certificate_pin("authority"), "authority");
}

TEST(CertificatePin, MustBeWhole) {
  for (const auto& text :
       {std::string(), std::string("c7af"), std::string(fingerprint) + "00", std::string("authorities"),
        std::string(pem.substr(0, 400)), std::string("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE----------END CERTIFICATE-----"), std::string(100'000, 'a')}) {
    EXPECT_NE(problem(text), "") << text.substr(0, 100);
  }
}

}  // namespace
}  // namespace gilir
