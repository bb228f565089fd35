import Foundation
package import LintelModel
package import Reconciliation
package import SQLEngine

/// Decisions of people that hold until the PMS fact they concern changes.
package enum Pins {
    /// A decision as lists show it.
    package struct Listed: Sendable {
        package let pin: Pin
        package let madeAt: Timestamp
        /// The run or act that made it, where one did.
        package let batch: String?
    }

    /// The decisions of a property that hold, oldest first.
    package static func open(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Listed] {
        try connection.all(
            """
            select id, topic, subject, fact, action, value, person_id, connection_id, resident_id,
                made_at, batch_id
            from pins where property_id = $1 and closed_at is null order by id
            """,
            [.id(property)],
            read
        )
    }

    /// Keeps decisions; one on the same cause takes the place of the one before.
    package static func add(
        _ pins: [Pin],
        of property: PropertyID,
        batch: String?,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try replacement.write(pins) { pin, values in
            values.append(property)
            values.append(pin.cause.topic.text)
            values.append(pin.cause.subject)
            values.append(now)
        }.run(on: connection)
        try insertion.write(pins) { pin, values in
            values.append(pin.id)
            values.append(property)
            values.append(pin.cause.topic.text)
            values.append(pin.cause.subject)
            values.append(pin.fact)
            values.append(pin.action?.rawValue)
            values.append(pin.value)
            values.append(pin.person)
            values.append(pin.resident?.connection)
            values.append(pin.resident?.resident)
            values.append(batch)
            values.append(now)
        }.run(on: connection)
    }

    /// Closes decisions that hold no longer, saying why.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package static func close(
        _ pins: [PinID],
        because why: String,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        try closing.write(pins) { pin, values in
            values.append(pin)
            values.append(now)
            values.append(why)
        }.run(on: connection)
    }

    private static func read(_ row: any SQLRow) throws -> Listed {
        let connection: ConnectionID? = try row.optionalID(7)
        let resident: PMSResidentID? = try row.optionalID(8)
        return Listed(
            pin: Pin(
                id: try row.id(0),
                Pin.Topic(stored: try row.text(1)),
                try row.text(2),
                fact: try row.text(3),
                action: try row.optionalText(4).flatMap { WayOut(rawValue: $0) },
                value: try row.optionalText(5),
                person: try row.optionalID(6),
                resident: connection.flatMap { connection in
                    resident.map { ResidentKey(connection: connection, resident: $0) }
                }
            ),
            madeAt: try row.time(9),
            batch: try row.optionalText(10)
        )
    }

    private static let replacement = SQLBulkStatement(
        """
        with new (property_id, topic, subject, closed_at) as (values {rows})
        update pins set closed_at = new.closed_at, closed_because = 'decided anew'
        from new
        where pins.property_id = new.property_id and pins.topic = new.topic
            and pins.subject = new.subject and pins.closed_at is null
        """,
        columns: [.text, .text, .text, .integer]
    )

    private static let insertion = SQLBulkStatement(
        """
        insert into pins (id, property_id, topic, subject, fact, action, value, person_id,
            connection_id, resident_id, batch_id, made_at)
        values {rows}
        """,
        columns: [
            .text, .text, .text, .text, .text, .text, .text, .text, .text, .text, .text, .integer,
        ]
    )

    private static let closing = SQLBulkStatement(
        """
        with gone (id, closed_at, why) as (values {rows})
        update pins set closed_at = gone.closed_at, closed_because = gone.why
        from gone
        where pins.id = gone.id and pins.closed_at is null
        """,
        columns: [.text, .integer, .text]
    )
}
