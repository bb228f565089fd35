import ConnectorKit
import Crypto
package import Foundation

/// Seals credentials for the database with AES-GCM (NIST SP 800-38D) under a key that lives in a file
/// of its own, mode 0600, so that a copy of the database alone reveals none.
package struct CredentialVault: Sendable {
    private let key: SymmetricKey

    /// Why a key file or a sealed text cannot be used.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Opens the key file, or makes it at first use.
    ///
    /// - Throws: ``Failure`` where the file is not 32 bytes, is readable by others, or cannot be made.
    package init(keyFile path: String) throws {
        let made = try Self.makeIfMissing(path)
        guard let data = made ?? FileManager.default.contents(atPath: path) else {
            throw Failure(description: "cannot read the key file \(path)")
        }
        guard data.count == 32 else {
            throw Failure(
                description: "the key file \(path) has \(data.count) bytes, expected 32; "
                    + "without the right one the stored credentials cannot be read"
            )
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0 {
            throw Failure(
                description:
                    "others may read the key file \(path) (mode \(String(mode, radix: 8))); "
                    + "run: chmod 600 \(path)"
            )
        }
        key = SymmetricKey(data: data)
    }

    /// Makes the file so that nobody can see it half written, and never over one that is there.
    private static func makeIfMissing(_ path: String) throws -> Data? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else {
                throw Failure(
                    description:
                        "cannot make the key file \(path): \(String(cString: strerror(errno)))"
                )
            }
            return nil
        }
        defer { close(descriptor) }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let written = bytes.withUnsafeBytes { buffer in
            write(descriptor, buffer.baseAddress, buffer.count)
        }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw Failure(description: "cannot write the key file \(path)")
        }
        return bytes
    }

    /// The secrets as one sealed text; `owner` binds it to its connection, so that one sealed for another
    /// does not open.
    func seal(_ secrets: [String: Secret], owner: String) throws -> String {
        try seal(try JSONEncoder().encode(secrets.mapValues(\.revealed)), for: owner)
    }

    func unseal(_ sealed: String, owner: String) throws -> [String: Secret] {
        let plain = try unseal(sealed, for: owner)
        return try JSONDecoder().decode([String: String].self, from: plain).mapValues { Secret($0) }
    }

    /// Bytes as a sealed text that opens for the same owner alone.
    package func seal(_ plain: Data, for owner: String) throws -> String {
        let box = try AES.GCM.seal(plain, using: key, authenticating: Data(owner.utf8))
        guard let combined = box.combined else {
            throw Failure(description: "what is to be stored cannot be sealed")
        }
        return combined.base64EncodedString()
    }

    package func unseal(_ sealed: String, for owner: String) throws -> Data {
        guard let data = Data(base64Encoded: sealed),
            let box = try? AES.GCM.SealedBox(combined: data),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Data(owner.utf8))
        else {
            throw Failure(
                description: "what is stored does not open with this key file: "
                    + "it is not the one it was sealed with"
            )
        }
        return plain
    }
}
