package import LintelModel
import Reconciliation
import SQLEngine
package import Storage

extension Operations {
    /// What one search over everything of a property finds: the first of each kind, and how many there are.
    package struct Finding: Sendable {
        /// A PMS resident who is nobody here.
        package struct Record: Sendable {
            package let resident: PMSResidentID
            package let name: String
            package let email: String?
            package let pmsUnit: String?
            /// What the PMS says of it.
            package let says: String
            /// Why it is nobody here.
            package let why: [Because]
        }

        package let people: [PersonRow]
        package let peopleCount: Int
        package let units: [PropertyView.UnitRow]
        package let unitCount: Int
        package let pmsUnits: [PropertyView.PMSUnitRow]
        package let pmsUnitCount: Int
        package let records: [Record]
        package let recordCount: Int
        /// When the PMS was last read without a failure, as far as the newest run tells.
        package let lastRun: RunRecord?

        package var isEmpty: Bool {
            peopleCount == 0 && unitCount == 0 && pmsUnitCount == 0 && recordCount == 0
        }
    }

    /// Looks for people, units and PMS records of a property by name, e-mail address or PMS id; an empty text
    /// finds nothing.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - property: where to look.
    ///   - limit: how many of each kind are told.
    ///   - peopleFrom: how many people to leave out before those told.
    /// - Returns: what was found, and how much more there is.
    /// - Throws: ``SQLError``.
    package func find(
        _ text: String,
        of property: Property,
        limit: Int = 20,
        peopleFrom: Int = 0
    ) async throws -> Finding {
        let sought = SoughtText(text)
        let index = try await peopleIndex(of: property)
        let view = try await view(of: property)
        guard !sought.isEmpty else {
            return Finding(
                people: [],
                peopleCount: 0,
                units: [],
                unitCount: 0,
                pmsUnits: [],
                pmsUnitCount: 0,
                records: [],
                recordCount: 0,
                lastRun: try await latestRun(of: property)
            )
        }
        let (stated, residencies, recordCount, facts) = try await database.read { connection in
            (
                Set(try PropertyPeople.stated(sought, of: property.id, on: connection)),
                // Somebody may have several residencies: enough of them are read for the first residents.
                try Residencies.ofNobody(
                    sought,
                    of: property.id,
                    limit: limit * 5,
                    on: connection
                ),
                try Residencies.countOfNobody(sought, of: property.id, on: connection),
                try FactsOfNobody(property, on: connection)
            )
        }
        let people = index.entries.filter { entry in
            stated.contains(entry.person)
                || sought.matches(name: entry.name, email: entry.email)
                || entry.person.text == sought.whole
        }
        let units = view.units.filter { row in
            sought.fits(row.unit.label) || row.unit.externalID.map(sought.fits) ?? false
        }
        let pmsUnits = view.pmsUnits.filter { row in
            sought.fits(row.pmsUnit.label) || sought.fits(row.pmsUnit.id.text)
        }
        return Finding(
            people: try await rows(of: people.dropFirst(peopleFrom).prefix(limit), at: property),
            peopleCount: people.count,
            units: Array(units.prefix(limit)),
            unitCount: units.count,
            pmsUnits: Array(pmsUnits.prefix(limit)),
            pmsUnitCount: pmsUnits.count,
            records: Self.records(residencies, facts, view, limit),
            recordCount: recordCount,
            lastRun: try await latestRun(of: property)
        )
    }

    /// One record a resident, from the residency that tells the most: one that the PMS lists, before others.
    private static func records(
        _ residencies: [KnownResidency],
        _ facts: FactsOfNobody,
        _ view: PropertyView,
        _ limit: Int
    ) -> [Finding.Record] {
        let pmsUnits = Dictionary(
            view.pmsUnits.map { ($0.mapped.key, $0.pmsUnit.label) },
            uniquingKeysWith: { first, _ in first }
        )
        var order: [RecordOwner] = []
        var owned: [RecordOwner: [KnownResidency]] = [:]
        for known in residencies {
            let owner = RecordOwner(
                attachment: known.attachment,
                resident: known.stated.key.resident
            )
            if owned[owner] == nil { order.append(owner) }
            owned[owner, default: []].append(known)
        }
        return order.prefix(limit).compactMap { owner in
            let all = owned[owner] ?? []
            let listed = all.filter { $0.missingSince == nil }
            guard let known = listed.first ?? all.first else { return nil }
            let unit = known.stated.key.unit.map { id in
                pmsUnits[PMSUnitKey(attachment: known.attachment, unit: id)] ?? id.text
            }
            return Finding.Record(
                resident: owner.resident,
                name: known.stated.name,
                email: known.stated.email,
                pmsUnit: unit,
                says: WhyNot.says(known),
                why: facts.why(known)
            )
        }
    }

    /// The units whose name has a text in it, in natural order: what a field that names a unit offers.
    package func unitChoices(
        _ text: String,
        of property: Property,
        limit: Int = 20
    ) async throws -> [PropertyView.UnitRow] {
        let sought = SoughtText(text)
        return Array(
            try await view(of: property).units.lazy.filter {
                sought.isEmpty || sought.fits($0.unit.label)
            }
            .prefix(limit)
        )
    }

    /// The unit that a person means by an id, or by a name typed in any case.
    ///
    /// - Throws: ``OperationError`` where it is none or several.
    package func unitMeant(
        id: String,
        name: String,
        of property: Property
    ) async throws -> Unit {
        let units = try await view(of: property).units.map(\.unit)
        if let unit = units.first(where: { !id.isEmpty && $0.id.text == id }) { return unit }
        let wanted = name.lowercased()
        let labelled = units.filter { $0.label.lowercased() == wanted }
        let named = labelled.isEmpty ? units.filter { $0.name.lowercased() == wanted } : labelled
        guard let unit = named.first else {
            throw OperationError(
                name.isEmpty
                    ? "Choose a unit."
                    : "\(property.name) has no unit “\(name)”. Choose one that it has."
            )
        }
        guard named.count == 1 else {
            throw OperationError(
                "“\(name)” is the name of \(named.count) units: "
                    + named.prefix(5).map(\.label).joined(separator: ", ")
                    + ". Choose one of them with its building."
            )
        }
        return unit
    }
}

/// A PMS resident in its attachment.
private struct RecordOwner: Hashable {
    let attachment: AttachmentID
    let resident: PMSResidentID
}

extension SoughtText {
    /// Whether a name that is no person's has the whole text in it, in any case.
    func fits(_ name: String) -> Bool { !whole.isEmpty && name.lowercased().contains(whole) }
}
