package import LintelModel

package import struct Foundation.Data

/// One answer of a PMS as it came.
///
/// Where every page hashes as the last applied snapshot's did, nothing changed and none is decoded.
package struct SnapshotPage: Sendable {
    package enum Kind: String, Sendable {
        case units
        /// People whose residencies come on later pages, where a vendor lists the two apart.
        case people
        case residents
    }

    package let kind: Kind
    package let bytes: Data
    /// The hash of what matters in ``bytes``: of all of them, unless the vendor echoes a request id or
    /// the time of day, which the connector leaves out.
    package let hash: ContentHash
    /// When what it states was true, where that may be long before it was fetched: an exported file's time.
    package let statedAt: Timestamp?

    package init(
        kind: Kind,
        bytes: Data,
        hash: ContentHash? = nil,
        statedAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.bytes = bytes
        self.hash = hash ?? ContentHash(of: bytes)
        self.statedAt = statedAt
    }
}
