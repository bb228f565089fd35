import Crypto
import CryptoExtras
import Dispatch
import Synchronization

import struct Foundation.Data

/// Hashes passwords with scrypt (RFC 7914), one at a time and on a queue of its own, so that a storm of sign-ins
/// takes one core and 32 MB and no more, and holds up nothing else; beyond so many it is turned away.
package final class PasswordHasher: Sendable {
    /// The work of one hash: the third of the equivalent settings that the OWASP Password Storage Cheat Sheet
    /// names.
    private static let (rounds, blockSize, parallelism) = (1 << 15, 8, 3)

    /// How many passwords may wait to be verified: some seconds of work.
    private static let waitingAtMost = 64

    private let queue = DispatchQueue(label: "lintel.passwords")
    private let waiting = Mutex(0)

    package init() {}

    /// The hash of a password with a salt of its own, as text to be stored.
    package func hash(_ password: String) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        let key = try await derive(password, salt)
        return "scrypt$\(Self.rounds),\(Self.blockSize),\(Self.parallelism)$"
            + "\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Whether a password has that hash; without one it takes as long and is false, so that the time taken does
    /// not tell whether an account exists.
    ///
    /// - Throws: ``SignInError/wait(seconds:)`` where too many wait already.
    package func verify(_ password: String, against stored: String?) async throws -> Bool {
        let isTurnedAway = waiting.withLock { waiting in
            if waiting == Self.waitingAtMost { return true }
            waiting += 1
            return false
        }
        if isTurnedAway { throw SignInError.wait(seconds: 10) }
        defer { waiting.withLock { $0 -= 1 } }
        let parts = (stored ?? "").split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt",
            parts[1] == "\(Self.rounds),\(Self.blockSize),\(Self.parallelism)",
            let salt = Data(base64Encoded: parts[2]), let expected = Data(base64Encoded: parts[3])
        else {
            _ = try await derive(password, Data(count: 16))
            return false
        }
        let key = try await derive(password, salt)
        // Comparing authentication codes takes the same time whatever differs.
        let secret = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: expected, using: secret)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: key, using: secret)
    }

    private func derive(_ password: String, _ salt: Data) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Self.key(password, salt) }) }
        }
    }

    private static func key(_ password: String, _ salt: Data) throws -> Data {
        // Unicode's compositions of one password are one password (RFC 8265, section 4.2).
        let bytes = Data(password.precomposedStringWithCanonicalMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: bytes,
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: parallelism
        )
        return key.withUnsafeBytes { Data($0) }
    }
}
