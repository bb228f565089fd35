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

    /// The changes of one run, or of one act of a person, to be written.
    package static func keeping(
        _ changes: [PlannedChange],
        batch: String,
        of property: PropertyID,
        at now: Timestamp
    ) -> SQLBulkWrite {
        insertion.write(changes.indices) { position, values in
            // By its place: a copy of each change would cost as much as the row.
            values.append(batch)
            values.append(position)
            values.append(property)
            values.append(now)
            values.append(changes[position].change.kind)
            values.append(changes[position].person)
            values.append(changes[position].change.assignment?.id)
            values.append(changes[position].change.assignment?.unit)
            values.append(changes[position].reason.code.rawValue)
            values.append(changes[position].reason.sentence)
            values.append(changes[position].source?.attachment)
            values.append(changes[position].source?.residency.resident)
            values.append(changes[position].source?.residency.lease)
            values.append(changes[position].source?.residency.unit)
            values.append(beforeAndAfterOf: changes[position].change)
            values.append(changes[position].isUnstatedRemoval)
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
