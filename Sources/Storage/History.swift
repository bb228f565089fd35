package import LintelModel
package import Reconciliation
package import SQLEngine

/// Every change ever applied, with its run, before, after, reason and source record.
///
/// What names or addresses somebody stands in columns of its own, so that it can be erased after the
/// property's retention while the rest stays.
package enum History {
    /// A kept change, as lists show it.
    package struct Entry: Sendable {
        /// The run that made it, or the act of a person.
        package let batch: String
        package let at: Timestamp
        package let kind: String
        package let person: PersonID?
        package let assignment: AssignmentID?
        package let unit: UnitID?
        package let code: String
        package let sentence: String
        package let resident: PMSResidentID?
        package let before: String?
        package let after: String?
        /// The run that undid it.
        package let undoneBy: String?
    }

    /// Keeps the changes of one run, or of one act of a person.
    package static func keep(
        _ changes: [PlannedChange],
        batch: String,
        of property: PropertyID,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try insertion.execute(changes.indices, on: connection) { index, values in
            let planned = changes[index]
            let row = Row(planned.change)
            values.append(.text(batch))
            values.append(.integer(index))
            values.append(.id(property))
            values.append(.time(now))
            values.append(.text(row.kind))
            values.append(.id(planned.person))
            values.append(.id(row.assignment))
            values.append(.id(row.unit))
            values.append(.text(planned.reason.code.rawValue))
            values.append(.text(planned.reason.sentence))
            values.append(.id(planned.source?.attachment))
            values.append(.id(planned.source?.residency.resident))
            values.append(.text(planned.source?.residency.lease))
            values.append(.id(planned.source?.residency.unit))
            values.append(.text(row.before))
            values.append(.text(row.after))
            values.append(.text(row.personalBefore))
            values.append(.text(row.personalAfter))
            values.append(.flag(planned.isUnstatedRemoval))
        }
    }

    /// How many unstated removals syncs applied to a property since then.
    package static func removals(
        of property: PropertyID,
        since: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        try connection.first(
            """
            select count(*) from changes
            where property_id = $1 and at >= $2 and is_unstated_removal = 1 and undone_by is null
            """,
            [.id(property), .time(since)]
        ) { try $0.int(0) } ?? 0
    }

    /// The changes of one run in their order.
    package static func of(
        _ batch: String,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        try connection.all(
            """
            select batch_id, at, kind, person_id, unit_id, code, sentence, resident_id, before, after,
                assignment_id, undone_by
            from changes where batch_id = $1 order by position
            """,
            [.text(batch)],
            read
        )
    }

    /// Some of the changes of one run by their positions, in their order.
    package static func of(
        _ batch: String,
        _ positions: Range<Int>,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        try connection.all(
            """
            select batch_id, at, kind, person_id, unit_id, code, sentence, resident_id, before, after,
                assignment_id, undone_by
            from changes where batch_id = $1 and position >= $2 and position < $3 order by position
            """,
            [.text(batch), .integer(positions.lowerBound), .integer(positions.upperBound)],
            read
        )
    }

    /// How many changes a run made.
    package struct Tally: Sendable, Equatable {
        package let changes: Int
        /// Those of them that were undone since.
        package let undone: Int
    }

    package static func tally(
        of batch: String,
        on connection: any SQLConnection
    ) throws -> Tally {
        try connection.first(
            "select count(*), count(undone_by) from changes where batch_id = $1",
            [.text(batch)]
        ) { Tally(changes: try $0.int(0), undone: try $0.int(1)) } ?? Tally(changes: 0, undone: 0)
    }

    /// The changes of one person, oldest first.
    package static func of(
        _ person: PersonID,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        try connection.all(
            """
            select batch_id, at, kind, person_id, unit_id, code, sentence, resident_id, before, after,
                assignment_id, undone_by
            from changes where person_id = $1 order by at, batch_id, position
            """,
            [.id(person)],
            read
        )
    }

    /// The newest changes of one unit, newest first.
    package static func of(
        _ unit: UnitID,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [Entry] {
        try connection.all(
            """
            select c.batch_id, c.at, c.kind, c.person_id, c.unit_id, c.code, c.sentence, c.resident_id,
                c.before, c.after, c.assignment_id, c.undone_by
            from changes c
            where c.unit_id = $1 and c.person_id in
                (select a.person_id from assignments a where a.unit_id = $1)
            order by c.at desc, c.batch_id desc, c.position desc limit $2
            """,
            [.id(unit), .integer(limit)],
            read
        )
    }

    static func read(_ row: any SQLRow) throws -> Entry {
        Entry(
            batch: try row.text(0),
            at: try row.time(1),
            kind: try row.text(2),
            person: try row.optionalID(3),
            assignment: try row.optionalID(10),
            unit: try row.optionalID(4),
            code: try row.text(5),
            sentence: try row.text(6),
            resident: try row.optionalID(7),
            before: try row.optionalText(8),
            after: try row.optionalText(9),
            undoneBy: try row.optionalText(11)
        )
    }

    private static let insertion = SQLBulkStatement(
        """
        insert into changes (batch_id, position, property_id, at, kind, person_id, assignment_id,
            unit_id, code, sentence, attachment_id, resident_id, lease_id, pms_unit_id, before, after,
            personal_before, personal_after, is_unstated_removal)
        values {rows}
        """,
        columns: [
            .text, .integer, .text, .integer, .text, .text, .text, .text, .text, .text, .text,
            .text, .text, .text, .text, .text, .text, .text, .integer,
        ]
    )
}

/// A change as the columns that keep it.
private struct Row {
    var kind: String
    var assignment: AssignmentID?
    var unit: UnitID?
    var before: String?
    var after: String?
    var personalBefore: String?
    var personalAfter: String?

    init(_ change: Change) {
        switch change {
        case .person(let before, let after):
            kind = "person"
            personalBefore = before.map(Self.personal)
            personalAfter = Self.personal(after)
            self.before = before.map { #"{"archived":\#($0.isArchived)}"# }
            self.after = #"{"archived":\#(after.isArchived)}"#
        case .link(let before, let after):
            kind = "link"
            self.before = before.map { #"{"person":\#(Self.json($0.person.text))}"# }
            self.after = after.map { #"{"person":\#(Self.json($0.person.text))}"# }
            personalBefore = before?.accepted.map(Self.personal)
            personalAfter = after?.accepted.map(Self.personal)
        case .assignment(let before, let after):
            kind = "assignment"
            assignment = after.id
            unit = after.unit
            self.before = before.map(Self.dates)
            self.after = Self.dates(after)
        }
    }

    private static func dates(_ assignment: Assignment) -> String {
        var text = #"{"state":""#
        text += assignment.state.rawValue
        text += #"","source":""#
        text += assignment.source.rawValue
        text += #"","from":""#
        text += assignment.from.description
        if let until = assignment.until {
            text += #"","until":""#
            text += until.description
        }
        text += "\""
        if let at = assignment.endedAt { text += #","ended_at":\#(at.milliseconds)"# }
        if let expected = assignment.expectedUntil { text += #","expected_until":"\#(expected)""# }
        text += "}"
        return text
    }

    private static func personal(_ person: Person) -> String {
        personal(person.firstName, person.lastName, person.email, person.phone)
    }

    private static func personal(_ accepted: AcceptedIdentity) -> String {
        personal(accepted.firstName, accepted.lastName, accepted.email, nil)
    }

    private static func personal(
        _ firstName: String,
        _ lastName: String,
        _ email: String?,
        _ phone: String?
    ) -> String {
        var text = #"{"first_name":"#
        append(firstName, to: &text)
        text += #","last_name":"#
        append(lastName, to: &text)
        if let email {
            text += #","email":"#
            append(email, to: &text)
        }
        if let phone {
            text += #","phone":"#
            append(phone, to: &text)
        }
        text += "}"
        return text
    }

    private static func json(_ text: String) -> String {
        var quoted = ""
        append(text, to: &quoted)
        return quoted
    }

    /// Appends a JSON string; control characters, quotes and backslashes are escaped.
    private static func append(_ text: String, to quoted: inout String) {
        quoted += "\""
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        quoted += isPlain ? text : escaped(text)
        quoted += "\""
    }

    private static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                escaped.append(UInt8(ascii: "\\"))
                escaped.append(byte)
            case 0..<0x20:
                escaped += #"\u00"#.utf8
                escaped += CollectionOfOne(byte).hexadecimal.utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
