import Foundation
package import LintelModel
package import Reconciliation
package import SQLEngine

extension History {
    /// A kept change read back as it was applied, with its place in its run.
    package struct Applied: Sendable {
        package let position: Int
        /// Nil where the names it was about have been erased since.
        package let change: PlannedChange?
        package let person: PersonID?
        /// The run that undid it.
        package let undoneBy: String?
    }

    /// The changes of one run, read back.
    package static func applied(
        in batch: String,
        on connection: any SQLConnection
    ) throws -> [Applied] {
        try connection.all(
            """
            select position, kind, person_id, assignment_id, unit_id, code, sentence, attachment_id,
                resident_id, lease_id, pms_unit_id, before, after, personal_before, personal_after,
                undone_by,
                (select a.connection_id from attachments a where a.id = changes.attachment_id)
            from changes where batch_id = $1 order by position
            """,
            [.text(batch)],
            applied
        )
    }

    /// Some of the changes of one run by their positions, read back.
    package static func applied(
        in batch: String,
        _ positions: Range<Int>,
        on connection: any SQLConnection
    ) throws -> [Applied] {
        try connection.all(
            """
            select position, kind, person_id, assignment_id, unit_id, code, sentence, attachment_id,
                resident_id, lease_id, pms_unit_id, before, after, personal_before, personal_after,
                undone_by,
                (select a.connection_id from attachments a where a.id = changes.attachment_id)
            from changes where batch_id = $1 and position >= $2 and position < $3 order by position
            """,
            [.text(batch), .integer(positions.lowerBound), .integer(positions.upperBound)],
            applied
        )
    }

    private static func applied(_ row: any SQLRow) throws -> Applied {
        Applied(
            position: try row.int(0),
            change: try change(row),
            person: try row.optionalID(2),
            undoneBy: try row.optionalText(15)
        )
    }

    /// Marks changes as undone by a run.
    package static func mark(
        _ positions: [Int],
        of batch: String,
        undoneBy run: RunID,
        on connection: any SQLConnection
    ) throws {
        for position in positions {
            try connection.execute(
                "update changes set undone_by = $3 where batch_id = $1 and position = $2",
                [.text(batch), .integer(position), .id(run)]
            )
        }
    }

    /// Erases the names and addresses in a property's changes of runs before that time; what happened, when,
    /// and why stays.
    ///
    /// - Returns: how many changes lost them.
    @discardableResult
    package static func erasePersonal(
        of property: PropertyID,
        before time: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        // The id finds the rows; ids that are UUIDs come before all others and do not tell their time.
        try connection.execute(
            """
            update changes set personal_before = null, personal_after = null
            where batch_id < $2 and at < $3 and property_id = $1
                and (personal_before is not null or personal_after is not null)
            """,
            [.id(property), .text(IDGenerator.lowest(at: time)), .time(time)]
        )
    }

    private static func change(_ row: any SQLRow) throws -> PlannedChange? {
        let change: Change?
        switch try row.text(1) {
        case "person": change = try person(row)
        case "link": change = try link(row)
        case "assignment": change = try assignment(row)
        default: change = nil
        }
        guard let change,
            let code = Reason.Code(rawValue: try row.text(5))
        else { return nil }
        var source: RecordKey?
        let attachment: AttachmentID? = try row.optionalID(7)
        if let attachment, let resident: PMSResidentID = try row.optionalID(8) {
            source = RecordKey(
                attachment: attachment,
                residency: ResidencyKey(
                    resident: resident,
                    lease: try row.optionalText(9) ?? "",
                    unit: try row.optionalID(10)
                )
            )
        }
        return PlannedChange(change, because: Reason(code, try row.text(6)), source: source)
    }

    private struct Personal: Decodable {
        let firstName: String
        let lastName: String
        let email: String?
        let phone: String?
    }

    private struct Standing: Decodable {
        let archived: Bool
    }

    private struct Linked: Decodable {
        let person: PersonID
    }

    private struct Dates: Decodable {
        let state: Assignment.State
        let source: Assignment.Source
        let from: CivilDate
        let until: CivilDate?
        let endedAt: Timestamp?
        let expectedUntil: CivilDate?
    }

    private static func decode<Value: Decodable>(
        _ text: String?
    ) throws -> Value? {
        try text.map { try JSONDecoder.snakeCase.decode(Value.self, from: Data($0.utf8)) }
    }

    private static func person(_ row: any SQLRow) throws -> Change? {
        let id: PersonID = try row.id(2)
        func state(_ standing: Int, _ personal: Int) throws -> Person? {
            guard let standing: Standing = try decode(try row.optionalText(standing)),
                let personal: Personal = try decode(try row.optionalText(personal))
            else { return nil }
            return Person(
                id: id,
                firstName: personal.firstName,
                lastName: personal.lastName,
                email: personal.email,
                phone: personal.phone,
                isArchived: standing.archived
            )
        }
        guard let after = try state(12, 14) else { return nil }
        let before = try state(11, 13)
        let wasThere = try row.optionalText(11) != nil
        return wasThere && before == nil ? nil : .person(before: before, after: after)
    }

    private static func link(_ row: any SQLRow) throws -> Change? {
        guard let connection: ConnectionID = try row.optionalID(16),
            let resident: PMSResidentID = try row.optionalID(8)
        else { return nil }
        func state(_ column: Int, _ personal: Int) throws -> ResidentLink? {
            guard let linked: Linked = try decode(try row.optionalText(column)) else { return nil }
            let accepted: Personal? = try decode(try row.optionalText(personal))
            return ResidentLink(
                resident: ResidentKey(connection: connection, resident: resident),
                person: linked.person,
                accepted: accepted.map {
                    AcceptedIdentity(
                        firstName: $0.firstName,
                        lastName: $0.lastName,
                        email: $0.email
                    )
                }
            )
        }
        let (before, after) = (try state(11, 13), try state(12, 14))
        return before == nil && after == nil ? nil : .link(before: before, after: after)
    }

    private static func assignment(_ row: any SQLRow) throws -> Change? {
        guard let id: AssignmentID = try row.optionalID(3),
            let person: PersonID = try row.optionalID(2), let unit: UnitID = try row.optionalID(4)
        else { return nil }
        func state(_ column: Int) throws -> Assignment? {
            guard let dates: Dates = try decode(try row.optionalText(column)) else { return nil }
            return Assignment(
                id: id,
                person: person,
                unit: unit,
                state: dates.state,
                source: dates.source,
                from: dates.from,
                until: dates.until,
                endedAt: dates.endedAt,
                expectedUntil: dates.expectedUntil
            )
        }
        guard let after = try state(12) else { return nil }
        return .assignment(before: try state(11), after: after)
    }
}

extension JSONDecoder {
    /// Reads the keys of the history, whose words are separated by underscores.
    fileprivate static var snakeCase: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
