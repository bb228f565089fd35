import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL

/// How browsers reach the server.
package enum ServerTransport: Sendable {
    /// Plain HTTP: for loopback alone.
    case plain
    /// Plain HTTP behind a proxy that ends TLS.
    case behindTLS
    /// TLS with a certificate and its key, as PEM files.
    case tls(certificate: String, key: String)

    /// Why a certificate or a key cannot be used.
    package struct Unusable: Error, CustomStringConvertible {
        package let description: String
    }

    var isSecure: Bool {
        if case .plain = self { false } else { true }
    }

    /// The scheme that this process itself speaks.
    var scheme: String {
        if case .tls = self { "https" } else { "http" }
    }

    var server: HTTPServerBuilder {
        get throws {
            // Whoever sends nothing, or half a request, is not waited for longer.
            let connection = HTTP1Channel.Configuration(idleTimeout: .seconds(60))
            guard case .tls(let certificate, let key) = self else {
                return .http1(configuration: connection)
            }
            do {
                let chain = try NIOSSLCertificate.fromPEMFile(certificate)
                var configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
                )
                configuration.minimumTLSVersion = .tlsv12
                configuration.applicationProtocols = ["http/1.1"]
                return try .tls(
                    .http1(configuration: connection),
                    tlsConfiguration: configuration
                )
            } catch {
                throw Unusable(
                    description:
                        "the certificate \(certificate) and the key \(key) cannot be used: "
                        + "expected two PEM files, the chain with the server's own certificate first "
                        + "(\(error))"
                )
            }
        }
    }
}
