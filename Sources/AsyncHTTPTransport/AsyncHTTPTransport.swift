import AsyncHTTPClient
package import ConnectorKit
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Requests over the network: certificates always verified, connections kept, redirects not followed,
/// every answer bounded in time and size.
///
/// Whoever makes one calls ``shutdown()`` once no request runs any more.
package struct AsyncHTTPTransport: HTTPTransport {
    /// How long a connection may take to open, in seconds.
    private static let connectSeconds = 10

    private let client: HTTPClient

    /// Makes a transport with connections of its own.
    ///
    /// - Parameters:
    ///   - authorityFile: A PEM file of certificate authorities trusted beside the system's, for a PMS
    ///     behind a private authority.
    ///   - connectionsPerHost: How many connections to one host are kept at most.
    /// - Throws: ``ConnectorError`` with the code `misconfigured` where that file holds no certificate.
    package init(
        authorityFile: String? = nil,
        connectionsPerHost: Int = 8
    ) throws(ConnectorError) {
        var security = TLSConfiguration.makeClientConfiguration()
        security.certificateVerification = .fullVerification
        if let authorityFile {
            do {
                let authorities = try NIOSSLCertificate.fromPEMFile(authorityFile)
                security.additionalTrustRoots = [.certificates(authorities)]
            } catch {
                throw ConnectorError(
                    .misconfigured,
                    attempting: "trusting the authorities in \(authorityFile)",
                    "expected a PEM file with at least one certificate"
                )
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: security,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(Self.connectSeconds))),
            decompression: .disabled
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        // Some vendors compare the spelling of header names, which HTTP/2 lower-cases.
        configuration.httpVersion = .http1Only
        // Whether to try again is decided above, where it is known what was asked.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration
        )
    }

    /// Closes the connections.
    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        let address = request.url.prefix { $0 != "?" }
        let endpoint = try EndpointURL(String(address), attempting: "\(request.method) request")
        do {
            return try await withThrowingTaskGroup(
                of: HTTPExchangeResponse?.self
            ) { group in
                group.addTask { try await exchange(request) }
                group.addTask {
                    try await Task.sleep(for: .milliseconds(request.timeoutMilliseconds))
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let response = first else {
                    throw HTTPClientError.deadlineExceeded
                }
                return response
            }
        } catch {
            throw ConnectorError(
                .unavailable,
                attempting: "\(request.method) to \(endpoint.host)",
                Self.cause(of: error, in: request)
            )
        }
    }

    private func exchange(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        var message = HTTPClientRequest(url: request.url)
        message.method = HTTPMethod(rawValue: request.method)
        for header in request.headers {
            message.headers.add(name: header.name, value: header.value)
        }
        if let body = request.body {
            message.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(
            message,
            timeout: .milliseconds(Int64(request.timeoutMilliseconds))
        )
        let declared = response.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard declared <= request.maximumBytes else { throw AnswerTooLarge() }
        var collected = ByteBuffer()
        collected.reserveCapacity(declared)
        for try await chunk in response.body {
            guard collected.readableBytes + chunk.readableBytes <= request.maximumBytes else {
                throw AnswerTooLarge()
            }
            collected.writeImmutableBuffer(chunk)
        }
        return HTTPExchangeResponse(
            status: Int(response.status.code),
            headers: response.headers.map { (name: $0.name.lowercased(), value: $0.value) },
            body: Data(buffer: collected, byteTransferStrategy: .noCopy)
        )
    }

    /// What went wrong, without anything of the request but its bounds.
    private static func cause(of error: any Error, in request: HTTPExchangeRequest) -> String {
        switch error {
        case is AnswerTooLarge:
            "the answer is larger than the \(request.maximumBytes) bytes accepted"
        case is CancellationError: "the request was cancelled"
        case let failure as HTTPClientError: cause(of: failure, in: request)
        case let failure as NIOConnectionError: cause(of: failure)
        case let failure as IOError: failure.description
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            "TLS failed: \(VendorWords.clean(String(describing: error)))"
        default: "the exchange failed with \(type(of: error))"
        }
    }

    private static func cause(
        of failure: HTTPClientError,
        in request: HTTPExchangeRequest
    ) -> String {
        switch failure {
        case .cancelled: "the request was cancelled"
        case .connectTimeout: "no connection within \(connectSeconds) s"
        case .deadlineExceeded, .readTimeout:
            "no whole answer within \(request.timeoutMilliseconds) ms"
        case .remoteConnectionClosed: "the connection was closed before a whole answer came"
        default: failure.shortDescription
        }
    }

    private static func cause(of failure: NIOConnectionError) -> String {
        if let attempt = failure.connectionErrors.first {
            guard let cause = attempt.error as? IOError else {
                return "no connection: \(type(of: attempt.error))"
            }
            return "no connection: \(cause.description)"
        }
        return "the host's name is not known"
    }
}

/// An answer that outgrew what the request accepts.
private struct AnswerTooLarge: Error {}
