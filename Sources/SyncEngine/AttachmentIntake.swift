import ConnectorKit
import LintelModel
import Reconciliation
import Storage

/// What one snapshot says about one attached PMS property, compared with what is known already.
struct AttachmentIntake: Sendable {
    let attachment: Attachments.Attached
    /// When reading it began.
    let startedAt: Timestamp
    /// From when on changes alone were asked for; nil where everything was read.
    var changesSince: Timestamp?
    /// Whether the PMS can be asked so the next time.
    var tellsChanges = false
    /// Whether all that is known is listed, but for ``incoming`` and ``listedUnits``: every page hashes as
    /// the last applied snapshot's did, and nothing was decoded, or changes alone were asked for.
    var isUnchanged = false
    var isComplete = true
    /// When what the PMS states was true, where it tells.
    var statedAt: Timestamp?
    var counts = SnapshotCounts()
    var pageHashes: [String] = []
    /// Whether nothing at all differs from what is known.
    var isEmpty: Bool { isUnchanged && incoming.isEmpty && listedUnits == nil }
    /// The PMS units listed; nil where the list is the known one.
    var listedUnits: [PMSUnit]?
    /// Residencies that are new or differ from what is known.
    var incoming: [ResidencyKey: PMSResidency] = [:]
    /// Every residency listed, where the snapshot was decoded.
    var seen: Set<ResidencyKey> = []
    var unreadable: Set<PMSResidentID> = []
    var problems: [SnapshotProblem] = []
    var fingerprints: [ResidencyKey: Residencies.Fingerprint] = [:]

    /// How the snapshot speaks of a residency that is known, or stated here.
    func sighting(of key: ResidencyKey, known: KnownResidency?) -> Record.Sighting {
        if unreadable.contains(key.resident) { return .unreadable }
        if incoming[key] != nil || seen.contains(key) { return .listed }
        return isUnchanged && known?.missingSince == nil ? .listed : .notListed
    }

    /// The residents whose residencies differ from what is known, are newly missing or back again.
    var touched: Set<PMSResidentID> {
        var touched = Set(incoming.keys.map(\.resident))
        guard !isUnchanged else { return touched }
        for (key, fingerprint) in fingerprints {
            let isSeen = seen.contains(key)
            if isSeen == fingerprint.isMissing, isSeen || isComplete {
                touched.insert(key.resident)
            }
        }
        return touched
    }

    /// The read as it is remembered once it is applied; nil where nothing ever asks for it.
    var read: Attachments.Read? {
        guard tellsChanges else { return nil }
        var whole = changesSince == nil ? startedAt : attachment.fullyReadAt
        if !isComplete || !unreadable.isEmpty { whole = nil }
        return Attachments.Read(of: attachment.id, at: startedAt, fullyReadAt: whole)
    }

    /// Leaves out what can be read of residents of whom not all can be: they stay as they are known, so that the
    /// next snapshot finds again what this one stated.
    mutating func leaveOutUnreadable() {
        guard !unreadable.isEmpty else { return }
        incoming = incoming.filter { !unreadable.contains($0.key.resident) }
    }

    /// Adds what the PMS answered when it was asked for single residents.
    mutating func add(_ answer: SnapshotPart) {
        for residency in answer.residencies { incoming[residency.key] = residency }
        unreadable.formUnion(answer.unreadable)
        leaveOutUnreadable()
        problems += answer.problems
        // What only an inquiry found is not in the pages: they may not stand for it next time.
        if !answer.residencies.isEmpty { pageHashes = [] }
    }
}
