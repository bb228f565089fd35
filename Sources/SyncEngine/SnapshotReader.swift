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
/// decoded, each while the next is fetched, and of what they state only what is new or different is kept.
struct SnapshotReader {
    private let database: any SQLDatabase
    private var decoder: any SnapshotDecoder
    private var intake: AttachmentIntake
    private var isDecoding = false
    private var units: [PMSUnit] = []
    private var residents: Set<PMSResidentID> = []

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
        let line = AsyncChannel<SnapshotPage>()
        async let fetching: FetchedPages = {
            defer { line.finish() }
            var pages = FetchedPages(of: attachment)
            try await connector.fetch(attachment.pmsProperty) { page in
                onPage(page.bytes.count)
                for page in pages.take(page) {
                    await line.send(page)
                    // A task that is cancelled sends nothing and says nothing: the page would look as if there
                    // were none.
                    try Task.checkCancellation()
                }
            }
            return pages
        }()
        for await page in line { try await reader.decode(page) }
        // Nor does it say anything where it stops receiving.
        try Task.checkCancellation()
        return try await reader.finish(fetching)
    }

    private init(
        database: any SQLDatabase,
        decoder: any SnapshotDecoder,
        intake: AttachmentIntake
    ) {
        self.database = database
        self.decoder = decoder
        self.intake = intake
    }

    private mutating func decode(_ page: SnapshotPage) async throws {
        try await startDecoding()
        try keep(try decoder.decode(page))
    }

    private mutating func startDecoding() async throws {
        guard !isDecoding else { return }
        isDecoding = true
        let id = intake.attachment.id
        intake.fingerprints = try await database.read { connection in
            try Residencies.fingerprints(of: id, on: connection)
        }
    }

    private mutating func finish(_ pages: FetchedPages) async throws -> AttachmentIntake {
        intake.pageHashes = pages.hashes
        intake.statedAt = pages.statedAt
        if pages.areKnown {
            intake.isUnchanged = true
            intake.counts = intake.attachment.counts ?? SnapshotCounts()
            return intake
        }
        for page in pages.waiting { try await decode(page) }
        try await startDecoding()
        try keep(try decoder.finish())
        intake.leaveOutUnreadable()
        intake.listedUnits = units
        intake.counts = SnapshotCounts(
            units: units.count { $0.parent == nil },
            residents: residents.count
        )
        if !intake.isComplete || !intake.unreadable.isEmpty { intake.pageHashes = [] }
        return intake
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

/// The pages of a property as they are fetched, compared with those of its last applied snapshot.
private struct FetchedPages {
    /// With more waiting bytes pages are decoded although nothing differs yet, so that memory stays bounded on
    /// the largest properties.
    private static let waitingLimit = 32 << 20

    /// The hashes of the pages of the last applied snapshot; empty where there is nothing to compare with.
    private let known: [String]
    private(set) var hashes: [String] = []
    /// What was not given away to be decoded.
    private(set) var waiting: [SnapshotPage] = []
    private var waitingBytes = 0
    private var isWaitOver = false
    /// The earliest time at which a page was true, where the PMS tells.
    private(set) var statedAt: Timestamp?

    init(of attachment: Attachments.Attached) {
        known = attachment.counts == nil ? [] : attachment.pageHashes
    }

    /// Whether these are the pages of the last applied snapshot and none is decoded.
    var areKnown: Bool { !isWaitOver && !known.isEmpty && hashes == known }

    /// Takes in the next page.
    ///
    /// - Returns: the pages that are to be decoded now.
    mutating func take(_ page: SnapshotPage) -> [SnapshotPage] {
        if let time = page.statedAt { statedAt = min(statedAt ?? time, time) }
        let position = hashes.count
        hashes.append(page.hash.text)
        if isWaitOver { return [page] }
        waiting.append(page)
        waitingBytes += page.bytes.count
        let isKnown = position < known.count && known[position] == page.hash.text
        if isKnown, waitingBytes <= Self.waitingLimit { return [] }
        isWaitOver = true
        defer { waiting = [] }
        return waiting
    }
}
