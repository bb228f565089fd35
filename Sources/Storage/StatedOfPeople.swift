package import LintelModel
package import Reconciliation
package import SQLEngine

/// What the PMS last said of some people, with the units it is mapped to.
package struct StatedOfPeople: Sendable {
    package private(set) var links: [ResidentKey: ResidentLink] = [:]
    package private(set) var stated: [UndoInput.Stated] = []
    /// The connection of each PMS property met.
    package private(set) var connections: [AttachmentID: ConnectionID] = [:]

    /// - Parameters:
    ///   - people: whose every PMS resident is looked at.
    ///   - residents: PMS residents to look at besides, whoever they are.
    ///   - connection: where it stands.
    /// - Throws: ``SQLError``.
    package init(
        _ people: Set<PersonID>,
        residents: Set<ResidentKey> = [],
        on connection: any SQLConnection
    ) throws {
        for link in try ResidentLinks.of(people, on: connection) { links[link.resident] = link }
        for (source, group) in Dictionary(grouping: residents, by: \.connection) {
            for link in try ResidentLinks.of(group.map(\.resident), of: source, on: connection) {
                links[link.resident] = link
            }
        }
        let wanted = residents.union(links.keys)
        let found = try Residencies.anywhere(Set(wanted.map(\.resident)), on: connection)
        var detached: Set<AttachmentID> = []
        var pmsUnits: [AttachmentID: [PMSUnitID: KnownPMSUnit]] = [:]
        for known in found {
            let attachment = known.attachment
            if connections[attachment] == nil {
                connections[attachment] = try Attachments.connection(
                    of: attachment,
                    on: connection
                )
                if try Attachments.isDetached(attachment, on: connection) {
                    detached.insert(attachment)
                }
                pmsUnits[attachment] = try PMSUnits.all(of: attachment, on: connection)
            }
            guard let source = connections[attachment] else { continue }
            let key = ResidentKey(connection: source, resident: known.stated.key.resident)
            guard wanted.contains(key) else { continue }
            stated.append(
                UndoInput.Stated(
                    known: known,
                    resident: key,
                    unit: Self.unit(of: known, in: pmsUnits[attachment] ?? [:]),
                    isDetached: detached.contains(attachment)
                )
            )
        }
    }

    /// The unit a residency's PMS unit or space is mapped to, by itself or through the unit it is part of.
    private static func unit(
        of known: KnownResidency,
        in units: [PMSUnitID: KnownPMSUnit]
    ) -> UnitID? {
        guard let id = known.stated.key.unit, let pmsUnit = units[id] else { return nil }
        let mapping = pmsUnit.mapping ?? pmsUnit.unit.parent.flatMap { units[$0]?.mapping }
        guard case .unit(let unit) = mapping else { return nil }
        return unit
    }
}
