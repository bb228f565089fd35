import ConnectorKit
import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// Reads what changed in one PMS property since it was last read, and compares it with what is known.
///
/// Changes alone never remove: wherever they tell of somebody or something that goes, or leave room for
/// it, everything is read instead.
struct ChangesReader {
    /// How far clocks here and at the vendor may differ.
    private static let overlapMinutes = 10

    /// The attachments that may be asked for changes alone, and from when on: those that were read whole
    /// on the same day, to their end, and of whose residents nobody is being counted as missing.
    ///
    /// A whole snapshot alone can say who is gone, and a status that turns with the calendar is perhaps no
    /// update to the vendor: every day begins with one.
    static func since(
        _ attachments: [Attachments.Attached],
        at now: Timestamp,
        in clock: CivilClock,
        on connection: any SQLConnection
    ) throws -> [AttachmentID: Timestamp] {
        var since: [AttachmentID: Timestamp] = [:]
        for attachment in attachments {
            guard attachment.counts != nil, let whole = attachment.fullyReadAt,
                let last = attachment.readAt, whole <= last, last <= now,
                clock.day(at: whole) == clock.day(at: now),
                try !Residencies.isAbsenceCounted(in: attachment.id, on: connection)
            else { continue }
            since[attachment.id] = last.adding(minutes: -overlapMinutes)
        }
        return since
    }

    /// Reads what changed in an attached PMS property.
    ///
    /// - Parameters:
    ///   - attachment: what to read.
    ///   - since: from when on.
    ///   - connector: the way to its PMS.
    ///   - database: where what is known of it stands.
    ///   - now: when reading begins.
    /// - Returns: what changed; nil where everything must be read.
    /// - Throws: ``ConnectorError`` where the PMS could not be read to the end, ``SQLError``.
    @concurrent
    static func read(
        _ attachment: Attachments.Attached,
        since: Timestamp,
        through connector: any Connector,
        from database: any SQLDatabase,
        at now: Timestamp
    ) async throws -> AttachmentIntake? {
        guard connector.tellsChanges,
            let part = try await connector.changes(in: attachment.pmsProperty, since: since),
            part.problems.isEmpty, part.unreadable.isEmpty
        else { return nil }
        let reader = try await database.read { connection in
            let residents = Set(part.residencies.map(\.key.resident))
            return ChangesReader(
                known: try Residencies.of(residents, in: attachment.id, on: connection),
                units: part.units.isEmpty
                    ? [:] : try PMSUnits.all(of: attachment.id, on: connection),
                statuses: try StatusWords.meanings(of: attachment.property, on: connection)
            )
        }
        guard let incoming = reader.incoming(of: part.residencies),
            !reader.lacksUnits(part.units)
        else { return nil }
        var intake = AttachmentIntake(attachment: attachment, startedAt: now)
        intake.changesSince = since
        intake.tellsChanges = true
        intake.isUnchanged = true
        intake.incoming = incoming
        intake.counts = attachment.counts ?? SnapshotCounts()
        if reader.differs(part.units) {
            intake.listedUnits = part.units
            intake.counts.units = part.units.count { $0.parent == nil }
        }
        // Pages as they were before this change are not the known ones any more.
        intake.pageHashes = intake.isEmpty ? attachment.pageHashes : []
        return intake
    }

    /// All residencies of the residents who changed.
    private let known: [KnownResidency]
    /// All PMS units, where any changed.
    private let units: [PMSUnitID: KnownPMSUnit]
    private let statuses: [String: StatusMeaning]

    /// The residencies that are new or differ; nil where one ends, is gone, is back, or comes twice.
    private func incoming(of stated: [PMSResidency]) -> [ResidencyKey: PMSResidency]? {
        var left = Dictionary(uniqueKeysWithValues: known.map { ($0.stated.key, $0) })
        var seen: Set<ResidencyKey> = []
        var incoming: [ResidencyKey: PMSResidency] = [:]
        for residency in stated {
            guard seen.insert(residency.key).inserted else { return nil }
            guard let before = left.removeValue(forKey: residency.key) else {
                incoming[residency.key] = residency
                continue
            }
            guard before.missingSince == nil, !isOver(residency) || isOver(before.stated) else {
                return nil
            }
            if before.stated.hash != residency.hash { incoming[residency.key] = residency }
        }
        // Whoever changed is stated whole: what is known beside that is gone, as after a transfer.
        return left.values.contains { $0.missingSince == nil } ? nil : incoming
    }

    private func isOver(_ stated: PMSResidency) -> Bool {
        (statuses[stated.statusWord]?.status ?? stated.status).isEnding
    }

    /// Whether a list of units lacks one that was listed.
    private func lacksUnits(_ listed: [PMSUnit]) -> Bool {
        let ids = Set(listed.map(\.id))
        return units.values.contains { $0.isListed && !ids.contains($0.unit.id) }
    }

    private func differs(_ listed: [PMSUnit]) -> Bool {
        listed.contains { unit in
            guard let known = units[unit.id] else { return true }
            return known.unit != unit || !known.isListed
        }
    }
}

extension Plan {
    /// Whether it does anything to an assignment but on the word of a record that came just now: only a whole
    /// snapshot tells that what was stated before still stands.
    func leansOnEarlierFacts(_ intakes: [AttachmentIntake]) -> Bool {
        let changesOnly = intakes.filter { $0.changesSince != nil }
        guard !changesOnly.isEmpty else { return false }
        return changes.contains { planned in
            guard case .assignment = planned.change else { return false }
            if planned.isEnding || planned.isUnstatedRemoval { return true }
            guard let source = planned.source,
                let intake = changesOnly.first(where: { $0.attachment.id == source.attachment })
            else { return false }
            return intake.incoming[source.residency] == nil
        }
    }
}
