import Crypto
import LintelModel

import struct Foundation.Data

/// A secret that lets its bearer in: of a session, an invitation or a token.
///
/// Only its hash is stored; 256 random bits need no salt.
package struct BearerSecret: Sendable, Equatable, CustomStringConvertible {
    /// The secret, for the one who gets it.
    package let revealed: String

    package init(_ text: String) {
        revealed = text
    }

    /// A new one, in the alphabet of RFC 4648, section 5, which needs no escaping anywhere.
    ///
    /// - Parameter prefix: what it begins with, so that one that leaks is known for what it is.
    /// - Returns: the secret.
    package static func random(prefix: String = "") -> BearerSecret {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return BearerSecret(prefix + text.replacing("=", with: ""))
    }

    /// What is stored in its place.
    package var hash: String { SHA256.hash(data: Data(revealed.utf8)).hexadecimal }

    package var description: String { "•••" }
}
