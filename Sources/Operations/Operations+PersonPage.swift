package import LintelModel
package import Reconciliation
import SQLEngine
package import Storage

extension Operations {
    /// All there is to say of one person at one property; of other properties, nothing.
    package struct PersonRecord: Sendable {
        /// A residency of theirs as the PMS states it.
        package struct Residency: Sendable {
            package let known: KnownResidency
            /// What its status word means here.
            package let status: LeaseStatus
            package let isExcluded: Bool
            package let pmsProperty: PMSPropertyID
            package let isDetached: Bool
            package let pmsUnit: PMSUnit?
            /// The unit that its PMS unit is mapped to.
            package let unit: Unit?

            package var resident: PMSResidentID { known.stated.key.resident }
            /// Whether the PMS says that they live, or will live, here.
            package var isLiving: Bool {
                known.missingSince == nil && (status.isLiving || status == .future)
            }
        }

        package let person: Person
        package let stays: [PersonStay]
        package let residencies: [Residency]
        /// Newest first.
        package let history: [History.Entry]
        /// The decisions of the property that concern the person.
        package let pins: [Pins.Listed]
        /// Why they stand as they do, with names in place of ids; decisions left out.
        package let why: [Because]
        /// How many other properties the person belongs to.
        package let otherProperties: Int

        /// What ending or archiving goes against, as sentences; empty where the PMS does not say that they live here.
        package var stillLiving: [String] {
            residencies.filter(\.isLiving).map {
                "PMS resident \($0.resident): \(WhyNot.says($0.known))"
            }
        }
    }

    /// One person as a property knows them; nil for somebody who does not belong to it.
    package func record(
        of person: PersonID,
        at property: Property
    ) async throws -> PersonRecord? {
        let found = try await database.read { connection -> PersonRecord? in
            let properties = try PropertyPeople.properties(of: person, on: connection)
            guard properties.contains(property.id),
                let known = try People.of([person], on: connection).first
            else { return nil }
            let facts = try FactsOfNobody(property, on: connection)
            let stated = try StatedOfPeople([person], on: connection)
            let residents = Set(stated.links.keys)
            return PersonRecord(
                person: known,
                stays: try Self.stays(of: [person], at: property.id, on: connection)[person] ?? [],
                residencies: try Self.residencies(stated, facts, on: connection),
                history: try History.of(person, in: property.id, on: connection).reversed(),
                pins: try Pins.open(of: property.id, on: connection).filter { listed in
                    listed.pin.person == person
                        || listed.pin.resident.map(residents.contains) ?? false
                },
                why: try Self.why(person, [property], only: property, on: connection)
                    .filter { !$0.what.hasPrefix("a decision holds") },
                otherProperties: properties.count - 1
            )
        }
        guard let found else { return nil }
        var why: [Because] = []
        for because in found.why {
            var named = Because(
                what: try await naming(because.what),
                reason: try await naming(because.reason)
            )
            (named.rule, named.run, named.pms) = (because.rule, because.run, because.pms)
            (named.at, named.instant) = (because.at, because.instant)
            why.append(named)
        }
        return PersonRecord(
            person: found.person,
            stays: found.stays,
            residencies: found.residencies,
            history: found.history,
            pins: found.pins,
            why: why,
            otherProperties: found.otherProperties
        )
    }

    private static func residencies(
        _ stated: StatedOfPeople,
        _ facts: FactsOfNobody,
        on connection: any SQLConnection
    ) throws -> [PersonRecord.Residency] {
        let own = stated.stated.filter { facts.attachments[$0.known.attachment] != nil }
        let units = Dictionary(
            uniqueKeysWithValues: try Units.of(Set(own.compactMap(\.unit)), on: connection)
                .map { ($0.id, $0) }
        )
        var pmsUnits: [AttachmentID: [PMSUnitID: KnownPMSUnit]] = [:]
        for attachment in Set(own.map(\.known.attachment)) {
            pmsUnits[attachment] = try PMSUnits.all(of: attachment, on: connection)
        }
        return own.compactMap { residency in
            let (known, key) = (residency.known, residency.known.stated.key)
            guard let attachment = facts.attachments[known.attachment] else { return nil }
            let meaning = facts.meanings[known.stated.statusWord]
            return PersonRecord.Residency(
                known: known,
                status: meaning?.status ?? known.stated.status,
                isExcluded: meaning?.isExcluded ?? false,
                pmsProperty: attachment.pmsProperty,
                isDetached: attachment.isDetached,
                pmsUnit: key.unit.flatMap { pmsUnits[known.attachment]?[$0]?.unit },
                unit: residency.unit.flatMap { units[$0] }
            )
        }
        .sorted {
            ($0.isLiving ? 0 : 1, $0.resident.text, $0.known.stated.key.lease)
                < ($1.isLiving ? 0 : 1, $1.resident.text, $1.known.stated.key.lease)
        }
    }
}
