import AsyncAlgorithms
import ConnectorKit
import Foundation
import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// Reads the pages of one PMS property past what is known of it.
///
/// Pages that hash as the last applied snapshot's did wait as bytes; at the first that differs all are
/// decoded, and of what they state only what is new or different is kept.
struct SnapshotReader {
    /// Above this many waiting bytes decoding begins although nothing differs yet, so that memory stays
    /// bounded on the largest properties.
    private static let waitingLimit = 32 << 20

    private let database: any SQLDatabase
    private var decoder: any SnapshotDecoder
    private var intake: AttachmentIntake
    private var waiting: [SnapshotPage] = []
    private var waitingBytes = 0
    private var isDecoding = false
    private var units: [PMSUnit] = []
    private var residents: Set<PMSResidentID> = []
    private let mayBeUnchanged: Bool

    /// Reads one attached PMS property to its end.
    ///
    /// - Parameters:
    ///   - attachment: what to read, with the hashes of its last applied pages.
    ///   - connector: the way to its PMS.
    ///   - database: where what is known of it stands.
    ///   - now: when reading begins.
    ///   - onPage: called for each page fetched with its size in bytes.
    /// - Returns: what the snapshot says, compared with what is known.
    /// - Throws: ``ConnectorError`` where the PMS could not be read to the end, ``SQLError``.
    @concurrent
    static func read(
        _ attachment: Attachments.Attached,
        through connector: any Connector,
        from database: any SQLDatabase,
        at now: Timestamp,
        onPage: @Sendable (Int) -> Void
    ) async throws -> AttachmentIntake {
        var reader = SnapshotReader(
            database: database,
            decoder: connector.decoder(for: attachment.pmsProperty),
            intake: AttachmentIntake(attachment: attachment, startedAt: now)
        )
        reader.intake.tellsChanges = connector.tellsChanges
        // A page is decoded while the next is fetched.
        let pages = AsyncChannel<SnapshotPage>()
        async let fetching: Void = {
            defer { pages.finish() }
            try await connector.fetch(attachment.pmsProperty) { page in
                onPage(page.bytes.count)
                await pages.send(page)
                // A task that is cancelled sends nothing and says nothing: the page would look as if there were none.
                try Task.checkCancellation()
            }
        }()
        for await page in pages { try await reader.receive(page) }
        // Nor does it say anything where it stops receiving.
        try Task.checkCancellation()
        try await fetching
        return try await reader.finish()
    }

    private init(
        database: any SQLDatabase,
        decoder: any SnapshotDecoder,
        intake: AttachmentIntake
    ) {
        self.database = database
        self.decoder = decoder
        self.intake = intake
        let attachment = intake.attachment
        mayBeUnchanged = attachment.counts != nil && !attachment.pageHashes.isEmpty
    }

    private mutating func receive(_ page: SnapshotPage) async throws {
        if let time = page.statedAt { intake.statedAt = min(intake.statedAt ?? time, time) }
        let position = intake.pageHashes.count
        intake.pageHashes.append(page.hash.text)
        guard !isDecoding else { return try keep(try decoder.decode(page)) }
        waiting.append(page)
        waitingBytes += page.bytes.count
        let known = intake.attachment.pageHashes
        let isKnown =
            mayBeUnchanged && position < known.count && known[position] == page.hash.text
        if !isKnown || waitingBytes > Self.waitingLimit { try await startDecoding() }
    }

    private mutating func finish() async throws -> AttachmentIntake {
        if !isDecoding {
            if mayBeUnchanged, intake.pageHashes == intake.attachment.pageHashes {
                intake.isUnchanged = true
                intake.counts = intake.attachment.counts ?? SnapshotCounts()
                return intake
            }
            try await startDecoding()
        }
        try keep(try decoder.finish())
        intake.listedUnits = units
        intake.counts = SnapshotCounts(
            units: units.count { $0.parent == nil },
            residents: residents.count
        )
        if !intake.isComplete || !intake.unreadable.isEmpty { intake.pageHashes = [] }
        return intake
    }

    private mutating func startDecoding() async throws {
        isDecoding = true
        let id = intake.attachment.id
        intake.fingerprints = try await database.read { connection in
            try Residencies.fingerprints(of: id, on: connection)
        }
        for page in waiting { try keep(try decoder.decode(page)) }
        waiting = []
    }

    private mutating func keep(_ part: SnapshotPart) throws {
        units += part.units
        intake.unreadable.formUnion(part.unreadable)
        residents.formUnion(part.unreadable)
        intake.problems += part.problems
        if part.problems.contains(where: { $0.effect == .incomplete }) { intake.isComplete = false }
        for residency in part.residencies {
            let key = residency.key
            residents.insert(key.resident)
            guard intake.seen.insert(key).inserted else {
                contradict(residency)
                continue
            }
            if let known = intake.fingerprints[key], known.hash == residency.hash.text { continue }
            intake.incoming[key] = residency
        }
    }

    /// The same residency listed twice is one where both say the same, and unreadable where they differ.
    private mutating func contradict(_ residency: PMSResidency) {
        let key = residency.key
        let first = intake.incoming[key]?.hash.text ?? intake.fingerprints[key]?.hash
        guard first != residency.hash.text else { return }
        intake.incoming[key] = nil
        intake.unreadable.insert(key.resident)
        intake.problems.append(
            SnapshotProblem(
                .recordSkipped,
                at: "PMS resident \(key.resident)",
                "listed twice with different content; expected one record a residency"
            )
        )
    }
}
