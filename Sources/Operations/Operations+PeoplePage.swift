import DelimitedText
package import LintelModel
import SQLEngine
package import Storage

extension Operations {
    /// One person of a property with their assignments there, as a row of a list.
    package struct PersonRow: Sendable {
        package let person: Person
        package let standing: PeopleIndex.Standing
        /// Current ones first, then upcoming, then ended ones from the last.
        package let stays: [PersonStay]
    }

    /// An assignment with its unit.
    package struct PersonStay: Sendable {
        package let assignment: Assignment
        package let unit: Unit
    }

    /// Everybody of a property in the order of a list.
    package func peopleIndex(of property: Property) async throws -> PeopleIndex {
        let (id, now) = (property.id, now)
        let revision = try await database.read { try Properties.find(id, on: $0)?.revision }
        guard let revision else {
            throw OperationError("property \(property.name) is not there any more")
        }
        if let known = await peopleIndexes.index(of: id, revision: revision, at: now) {
            return known
        }
        let made = try await database.read { connection in
            // The revision first: what changes meanwhile then makes the index one to be made again.
            let revision = try Properties.find(id, on: connection)?.revision ?? 0
            return PeopleIndex(
                try PropertyPeople.members(of: id, on: connection),
                revision: revision,
                at: now
            )
        }
        await peopleIndexes.keep(made, of: id)
        return made
    }

    /// Some people of a property with their assignments there, in the order given.
    package func rows(
        of entries: some Collection<PeopleIndex.Entry> & Sendable,
        at property: Property
    ) async throws -> [PersonRow] {
        try await database.read { connection in
            let ids = entries.map(\.person)
            let people = Dictionary(
                uniqueKeysWithValues: try People.of(ids, on: connection).map { ($0.id, $0) }
            )
            let stays = try Self.stays(of: ids, at: property.id, on: connection)
            return entries.compactMap { entry in
                people[entry.person].map { person in
                    PersonRow(
                        person: person,
                        standing: entry.standing,
                        stays: stays[person.id] ?? []
                    )
                }
            }
        }
    }

    static func stays(
        of people: [PersonID],
        at property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [PersonID: [PersonStay]] {
        let assignments = try Assignments.of(people, in: property, on: connection)
        let units = Dictionary(
            uniqueKeysWithValues: try Units.of(Set(assignments.map(\.unit)), on: connection)
                .map { ($0.id, $0) }
        )
        func rank(_ state: Assignment.State) -> Int {
            switch state {
            case .current: 0
            case .upcoming: 1
            case .ended: 2
            }
        }
        return Dictionary(
            grouping: assignments.compactMap { assignment in
                units[assignment.unit].map { PersonStay(assignment: assignment, unit: $0) }
            },
            by: \.assignment.person
        )
        .mapValues { stays in
            stays.sorted { left, right in
                let (one, other) = (left.assignment, right.assignment)
                if one.state != other.state { return rank(one.state) < rank(other.state) }
                let isBefore = (one.from, one.id) < (other.from, other.id)
                return one.state == .ended ? !isBefore && one.id != other.id : isBefore
            }
        }
    }

    /// The newest run of a property that is over and was no preview.
    package func latestRun(of property: Property) async throws -> RunRecord? {
        try await database.read { try Runs.latest(of: property.id, on: $0) }
    }

    /// A list of people as CSV: one row a person and open assignment, and one for whoever has none.
    package func exportPeople(
        _ show: PeopleIndex.Show,
        _ search: String,
        of property: Property
    ) async throws -> [UInt8] {
        let sought = SoughtText(search)
        let entries = try await peopleIndex(of: property).found(sought)
            .filter { $0.isShown(in: show) }
        var writer = DelimitedWriter()
        writer.append([
            "id", "first_name", "last_name", "email", "phone", "state", "building", "unit", "from",
            "until", "expected_until",
        ])
        for row in try await rows(of: entries, at: property) {
            let person = row.person
            let open = row.stays.filter(\.assignment.isOpen)
            let hasLeft = row.standing == .past || row.standing == .archived
            let stays = open.isEmpty && hasLeft ? Array(row.stays.prefix(1)) : open
            let details = [
                person.id.text, person.firstName, person.lastName, person.email, person.phone,
            ]
            if stays.isEmpty {
                writer.append(details + [row.standing.word, nil, nil, nil, nil, nil])
            }
            for stay in stays {
                let assignment = stay.assignment
                let state = assignment.isOpen ? assignment.state.rawValue : row.standing.word
                writer.append(
                    details + [
                        state, stay.unit.building, stay.unit.name, assignment.from.description,
                        assignment.until?.description, assignment.expectedUntil?.description,
                    ]
                )
            }
        }
        return writer.bytes
    }
}

extension PeopleIndex.Standing {
    /// The standing as a file has it.
    fileprivate var word: String {
        switch self {
        case .current: "current"
        case .upcoming: "upcoming"
        case .unplaced: "without a unit"
        case .past: "past"
        case .archived: "archived"
        }
    }
}
