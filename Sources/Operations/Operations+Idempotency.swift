package import Foundation
package import LintelModel
import SQLEngine
import Storage

/// Writes that a program may send again when it does not know whether they were done.
///
/// Follows the IETF draft “The Idempotency-Key HTTP Header Field” (draft-ietf-httpapi-idempotency-key-header).
extension Operations {
    /// How long a key is remembered.
    private static let keyMilliseconds: Int64 = 86_400_000

    /// What a write was answered.
    package struct KeptReply: Sendable, Equatable, Codable {
        package let status: Int
        package let location: String?
        package let contentType: String?
        package let body: Data

        package init(status: Int, location: String?, contentType: String?, body: Data) {
            self.status = status
            self.location = location
            self.contentType = contentType
            self.body = body
        }
    }

    /// What is known of a key when a write comes with it.
    package enum KnownKey: Sendable, Equatable {
        /// Nothing: the write is to be done.
        case new
        /// The same write was done, and answered so.
        case done(KeptReply)
        /// The same write is being done, or was when the server stopped.
        case unknown
        /// Another write came with it.
        case other
    }

    /// Takes a key for a write.
    ///
    /// - Parameters:
    ///   - key: as the program made it; kept for 24 hours.
    ///   - token: whose key it is.
    ///   - request: what the write consists of.
    /// - Returns: what is known of the key.
    /// - Throws: ``SQLError``.
    package func takeKey(
        _ key: String,
        of token: TokenID,
        for request: Data
    ) async throws -> KnownKey {
        let now = now
        let hash = ContentHash(of: request).text
        let kept = try await database.write { connection in
            try IdempotencyKeys.take(
                key,
                of: token,
                requestHash: hash,
                at: now,
                forgetting: now.adding(milliseconds: -Self.keyMilliseconds),
                on: connection
            )
        }
        guard let kept else { return .new }
        guard kept.requestHash == hash else { return .other }
        guard let reply = kept.reply else { return .unknown }
        let plain = try vault.unseal(reply, for: Self.owner(of: key, token))
        return .done(try JSONDecoder().decode(KeptReply.self, from: plain))
    }

    /// Keeps what a write was answered, sealed: it may hold names, or a secret that is shown once.
    package func keepReply(_ reply: KeptReply, under key: String, of token: TokenID) async throws {
        let sealed = try vault.seal(
            try JSONEncoder().encode(reply),
            for: Self.owner(of: key, token)
        )
        try await database.write { connection in
            try IdempotencyKeys.keep(sealed, under: key, of: token, on: connection)
        }
    }

    /// Frees a key whose write did nothing, so that it can be sent again.
    package func freeKey(_ key: String, of token: TokenID) async throws {
        try await database.write { try IdempotencyKeys.free(key, of: token, on: $0) }
    }

    private static func owner(of key: String, _ token: TokenID) -> String { "\(token) \(key)" }
}
