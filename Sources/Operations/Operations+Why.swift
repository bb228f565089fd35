package import LintelModel
import Reconciliation
import SQLEngine
import Storage

extension Operations {
    /// Why something stands as it does: what, since which run, by which rule, from what in the PMS.
    package struct Because: Sendable, Encodable {
        /// What is so: an assignment, a link, a decision, an alert.
        package let what: String
        /// Why, as a sentence.
        package let reason: String
        /// The rule's code; nil for what no run did.
        package var rule: String?
        /// The run or act that did it.
        package var run: String?
        package var at: String?
        /// What the PMS says now of the record it came from.
        package var pms: String?
        /// The instant of ``at``, for pages.
        package var instant: Timestamp?

        private enum CodingKeys: CodingKey {
            case what, reason, rule, run, at, pms
        }
    }

    /// Explains a person, by id, e-mail address or PMS id, or a PMS resident who is nobody here.
    package func why(_ reference: String) async throws -> [Because] {
        let properties = try await properties().map(\.property)
        return try await database.read { connection in
            let people = try PeopleReference.find(reference, on: connection)
            var answer: [Because] = []
            for person in people {
                answer += try Self.why(person, properties, on: connection)
            }
            if people.isEmpty {
                answer = try Self.whyNot(PMSResidentID(reference), properties, on: connection)
            }
            guard answer.isEmpty else { return answer }
            throw OperationError(
                "nobody here has that id, e-mail address or PMS id, and no PMS property attached here "
                    + "has listed a resident of that id"
            )
        }
    }

    /// - Parameters:
    ///   - person: who is explained.
    ///   - properties: where their assignments, decisions and alerts are looked at.
    ///   - only: the property outside which nothing is told; nil where all may be.
    ///   - connection: where it stands.
    /// - Returns: the reasons, as sentences.
    /// - Throws: ``SQLError``.
    static func why(
        _ person: PersonID,
        _ properties: [Property],
        only: Property? = nil,
        on connection: any SQLConnection
    ) throws -> [Because] {
        let stated = try StatedOfPeople([person], on: connection)
        var told = stated.stated
        let history: [History.Entry]
        if let only {
            let attached = Set(try Attachments.all(of: only.id, on: connection).map(\.id))
            told = told.filter { attached.contains($0.known.attachment) }
            history = try History.of(person, in: only.id, on: connection)
        } else {
            history = try History.of(person, on: connection)
        }
        let says = Dictionary(grouping: told, by: \.resident.resident).mapValues { all in
            all.map { WhyNot.says($0.known) }.sorted().joined(separator: "; ")
        }
        var answer: [Because] = []
        func because(_ what: String, _ entry: History.Entry) -> Because {
            Because(
                what: what,
                reason: entry.sentence + (entry.undoneBy == nil ? "" : " (undone since)"),
                rule: entry.code,
                run: entry.batch,
                at: entry.at.iso8601,
                pms: entry.resident.flatMap { says[$0] },
                instant: entry.at
            )
        }
        if let first = history.first(where: { $0.kind == "person" && $0.before == nil }) {
            answer.append(because("person \(person) came in", first))
        }
        for entry in history where entry.kind == "link" {
            answer.append(because("PMS resident \(entry.resident?.text ?? "")", entry))
        }
        for property in properties {
            let units = Dictionary(
                uniqueKeysWithValues: try Units.all(of: property.id, on: connection).map {
                    ($0.id, $0.label)
                }
            )
            let own = try Assignments.of([person], in: property.id, on: connection)
            for assignment in own.sorted(by: { $0.id < $1.id }) {
                let place = "\(property.name), \(units[assignment.unit] ?? assignment.unit.text)"
                let what = "\(assignment.state.rawValue) in \(place)"
                if let last = history.last(where: { $0.assignment == assignment.id }) {
                    answer.append(because(what, last))
                } else {
                    answer.append(Because(what: what, reason: "no run of this history did it"))
                }
            }
            answer += try decisions(property, on: connection) { listed in
                listed.pin.person == person
                    || listed.pin.resident.map { stated.links[$0] != nil } ?? false
            }
            let residents = Set(stated.links.keys.map(\.resident))
            answer += try alerts(property, on: connection) { alert in
                alert.person == person || !residents.isDisjoint(with: alert.residents)
            }
        }
        let placed = Set(answer.compactMap(\.pms))
        for residency in told where residency.unit == nil && placed.isEmpty {
            answer.append(
                Because(
                    what: "PMS resident \(residency.resident.resident)",
                    reason: "its PMS unit is not mapped to a unit, so it gives no assignment",
                    pms: WhyNot.says(residency.known)
                )
            )
        }
        return answer
    }

    private static func whyNot(
        _ resident: PMSResidentID,
        _ properties: [Property],
        on connection: any SQLConnection
    ) throws -> [Because] {
        var answer: [Because] = []
        for known in try Residencies.anywhere([resident], on: connection) {
            for property in properties {
                let attached = try Attachments.all(of: property.id, on: connection)
                guard attached.contains(where: { $0.id == known.attachment }) else { continue }
                answer += try FactsOfNobody(property, on: connection).why(known)
            }
        }
        return answer
    }

    private static func alerts(
        _ property: Property,
        on connection: any SQLConnection,
        _ isWanted: (AlertDraft) -> Bool
    ) throws -> [Because] {
        try Alerts.open(of: property.id, on: connection).filter { isWanted($0.draft) }
            .map(Because.init)
    }

    private static func decisions(
        _ property: Property,
        on connection: any SQLConnection,
        _ isWanted: (Pins.Listed) -> Bool
    ) throws -> [Because] {
        try Pins.open(of: property.id, on: connection).filter(isWanted).map(Because.init)
    }
}
