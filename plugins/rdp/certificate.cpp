// rdp-certificate HOST PORT: prints what certificate a server shows over RDP, as one line of JSON
// (core/server/shown_certificate.h), for `gilir server trust --rdp`. Nobody logs in: it ends after the TLS handshake.
// A program of its own, so that gilir does not have to load OpenSSL each time that it starts. Exit status 0 when there
// is an answer, be it a problem.
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/process/descriptor.h"
#include "core/server/shown_certificate.h"

namespace gilir {
namespace {

constexpr unsigned patience_s = 20;
constexpr timeval patience_of_one_step{.tv_sec = 10, .tv_usec = 0};

struct Problem {
  std::string text;
  bool unreachable = false;
};

template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, decltype([](T* owned) { release(owned); })>;
using Context = Owned<SSL_CTX, SSL_CTX_free>;
using Connection = Owned<SSL, SSL_free>;
using Certificate = Owned<X509, X509_free>;
using Memory = Owned<BIO, BIO_free_all>;

Descriptor connect_to(const char* host, const char* port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int failed = getaddrinfo(host, port, &wanted, &found); failed != 0)
    throw Problem{gai_strerror(failed), true};
  const Owned<addrinfo, freeaddrinfo> addresses(found);
  int problem = EADDRNOTAVAIL;
  for (const auto* address = addresses.get(); address != nullptr; address = address->ai_next) {
    Descriptor socket(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) {
      // Of a kind that this system has not, as IPv6: why another address failed says more.
      if (problem == EADDRNOTAVAIL) problem = errno;
      continue;
    }
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience_of_one_step, sizeof patience_of_one_step);
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience_of_one_step, sizeof patience_of_one_step);
    if (::connect(socket.get(), address->ai_addr, address->ai_addrlen) == 0) return socket;
    // A timeout of ours reads as EINPROGRESS.
    problem = errno == EINPROGRESS ? ETIMEDOUT : errno;
  }
  throw Problem{strerror(problem), true};
}

void receive(int socket, unsigned char* bytes, std::size_t size) {
  while (size > 0) {
    const auto got = recv(socket, bytes, size, 0);
    if (got < 0) throw Problem{errno == EAGAIN ? "it did not answer in time" : strerror(errno)};
    if (got == 0) throw Problem{"it closed the connection before it showed a certificate"};
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
}

// [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2: asks for TLS or NLA, both of which begin with a TLS handshake.
void negotiate(int socket) {
  constexpr std::array<unsigned char, 19> request{3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0};
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    throw Problem{strerror(errno)};
  std::array<unsigned char, 512> answer{};
  receive(socket, answer.data(), 4);
  const std::size_t size = static_cast<std::size_t>(answer[2]) << 8 | answer[3];
  if (answer[0] != 3 || size < 11 || size > answer.size()) throw Problem{"it does not speak RDP"};
  receive(socket, answer.data() + 4, size - 4);
  constexpr unsigned char connection_confirm = 0xd0;
  constexpr unsigned char negotiation_response = 2;
  if ((answer[5] & 0xf0) != connection_confirm) throw Problem{"it does not speak RDP"};
  if (size < 19 || answer[11] != negotiation_response || answer[15] == 0)
    throw Problem{"it offers neither TLS nor NLA, so it has no certificate"};
}

std::string digits_of(const X509* certificate, const EVP_MD* kind) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, kind, digest.data(), &size) != 1) throw Problem{"its certificate cannot be read"};
  std::string text;
  for (unsigned at = 0; at < size; ++at) text += fmt::format("{:02x}", digest[at]);
  return text;
}

std::string name_of(const X509_NAME* name) {
  const Memory memory(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &text);
  return replace_invalid_utf8(std::string(text, static_cast<std::size_t>(size)).substr(0, 400));
}

std::string day_of(const ASN1_TIME* time) {
  tm day{};
  if (ASN1_TIME_to_tm(time, &day) != 1) return "?";
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

struct Handshake {
  Certificate certificate;
  std::string outdated_tls;
};

// Takes whatever is shown: it is compared by a person, or with what is pinned, not trusted.
Handshake shake_hands(int socket, const char* host) {
  const Context context(SSL_CTX_new(TLS_client_method()));
  const Connection connection(context ? SSL_new(context.get()) : nullptr);
  if (!connection) throw Problem{"OpenSSL does not start"};
  SSL_set_security_level(connection.get(), 0);
  SSL_set_verify(connection.get(), SSL_VERIFY_NONE, nullptr);
  SSL_set_tlsext_host_name(connection.get(), host);
  SSL_set_fd(connection.get(), socket);
  const int done = SSL_connect(connection.get());
  Certificate certificate(SSL_get1_peer_certificate(connection.get()));
  const bool is_outdated = SSL_version(connection.get()) < TLS1_2_VERSION;
  // One that was shown counts, also when the server wants one of us and says no afterwards.
  if (certificate) return {std::move(certificate), is_outdated ? SSL_get_version(connection.get()) : ""};
  const auto* reason = done == 1 ? nullptr : ERR_reason_error_string(ERR_peek_error());
  throw Problem{reason == nullptr ? "it showed no certificate" : std::string("TLS: ") + reason};
}

ShownCertificate look(const char* host, const char* port) {
  const auto socket = connect_to(host, port);
  negotiate(socket.get());
  const auto handshake = shake_hands(socket.get(), host);
  const auto* shown = handshake.certificate.get();
  return {digits_of(shown, EVP_sha256()),
          digits_of(shown, EVP_sha1()),
          name_of(X509_get_subject_name(shown)),
          name_of(X509_get_issuer_name(shown)),
          day_of(X509_get0_notAfter(shown)),
          {},
          false,
          handshake.outdated_tls};
}

}  // namespace
}  // namespace gilir

int main(int count, char** words) {
  if (count != 3) {
    std::fputs("usage: rdp-certificate HOST PORT\n", stderr);
    return 2;
  }
  alarm(gilir::patience_s);
  std::signal(SIGPIPE, SIG_IGN);
  gilir::ShownCertificate shown;
  try {
    shown = gilir::look(words[1], words[2]);
  } catch (const gilir::Problem& problem) {
    shown.problem = problem.text;
    shown.unreachable = problem.unreachable;
  }
  std::puts(gilir::to_json(shown).c_str());
  return 0;
}
