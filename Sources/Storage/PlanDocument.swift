import Crypto
package import Foundation
package import LintelModel
package import Reconciliation
package import SQLEngine

/// A plan with all that applying it needs, as a file: made by a preview, applied exactly or not at all.
///
/// It names people: a file of it is for its owner alone.
package struct PlanDocument: Sendable, Codable, Equatable {
    /// What the snapshot of one PMS property was, by which the next run recognises it.
    package struct Snapshot: Sendable, Codable, Equatable {
        package var attachment: AttachmentID
        package var isComplete: Bool
        /// Whether no record in it was unreadable.
        package var isReadable: Bool
        package var counts: SnapshotCounts
        package var pageHashes: [String]

        package init(
            attachment: AttachmentID,
            isComplete: Bool,
            isReadable: Bool,
            counts: SnapshotCounts,
            pageHashes: [String]
        ) {
            self.attachment = attachment
            self.isComplete = isComplete
            self.isReadable = isReadable
            self.counts = counts
            self.pageHashes = pageHashes
        }
    }

    package static let currentFormat = 1

    package var format = PlanDocument.currentFormat
    package var madeAt: Timestamp
    package var plan: Plan
    package var snapshots: [Snapshot]
    /// Why the brake would hold it.
    package var objections: [Objection]

    package init(
        madeAt: Timestamp,
        plan: Plan,
        snapshots: [Snapshot],
        objections: [Objection]
    ) {
        self.madeAt = madeAt
        self.plan = plan
        self.snapshots = snapshots
        self.objections = objections
    }

    /// The document as JSON.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder.sorted
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(self)
    }

    /// SHA-256 of a document's bytes, in hexadecimal.
    package static func sha256(of data: Data) -> String {
        SHA256.hash(data: data).hexadecimal
    }
}

/// The plans that previews wrote to files, known by their hash: a file that was edited is none of them.
package enum KnownPlans {
    package static func keep(
        _ sha256: String,
        _ plan: Plan,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into plans (sha256, property_id, revision, made_at) values ($1, $2, $3, $4)
            on conflict (sha256) do nothing
            """,
            [.text(sha256), .id(plan.property), .integer(plan.revision), .time(now)]
        )
    }

    package static func isKnown(
        _ sha256: String,
        on connection: any SQLConnection
    ) throws -> Bool {
        try connection.first("select 1 from plans where sha256 = $1", [.text(sha256)]) { _ in true }
            ?? false
    }
}
