package import LintelModel
package import SQLEngine

/// The units of properties.
package enum Units {
    package static func all(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Unit] {
        try connection.all(
            """
            select id, property_id, building, name, floor, external_id from units
            where property_id = $1 order by building, name, id
            """,
            [.id(property)],
            read
        )
    }

    /// One unit, in whatever property; nil where there is none.
    package static func find(_ id: UnitID, on connection: any SQLConnection) throws -> Unit? {
        try connection.first(
            "select id, property_id, building, name, floor, external_id from units where id = $1",
            [.id(id)],
            read
        )
    }

    /// The units of some ids.
    package static func of(
        _ ids: some Collection<UnitID>,
        on connection: any SQLConnection
    ) throws -> [Unit] {
        var found: [Unit] = []
        try byID.run(ids.map(\.text), on: connection) { found.append(try read($0)) }
        return found
    }

    /// Adds units.
    ///
    /// - Throws: ``SQLError`` with the code `alreadyExists` where (building, name) or the external id is
    ///   taken in the property.
    package static func add(
        _ units: [Unit],
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try insertion.write(units) { unit, values in
            values.append(unit.id)
            values.append(unit.property)
            values.append(unit.building)
            values.append(unit.name)
            values.append(unit.floor)
            values.append(unit.externalID)
            values.append(now)
        }.run(on: connection)
    }

    /// Writes building, name, floor and external id of units that exist.
    package static func update(_ unit: Unit, on connection: any SQLConnection) throws {
        try connection.execute(
            "update units set building = $2, name = $3, floor = $4, external_id = $5 where id = $1",
            [
                .id(unit.id), .text(unit.building), .text(unit.name), .text(unit.floor),
                .text(unit.externalID),
            ]
        )
    }

    /// What stands in the way of deleting a unit, as sentences; empty where nothing does.
    package static func hindrances(
        to unit: UnitID,
        on connection: any SQLConnection
    ) throws -> [String] {
        var found: [String] = []
        var open: [Assignment.State: Int] = [:]
        try connection.query(
            """
            select state, count(*) from assignments where unit_id = $1 and state <> 'ended'
            group by state
            """,
            [.id(unit)]
        ) { row in
            let state: Assignment.State = try row.word(0)
            open[state] = try row.int(1)
        }
        if let current = open[.current] {
            found.append(
                current == 1 ? "1 resident stands in it" : "\(current) residents stand in it"
            )
        }
        if let upcoming = open[.upcoming] {
            found.append(
                upcoming == 1 ? "it awaits a move-in" : "it awaits \(upcoming) move-ins"
            )
        }
        let mapped = try connection.all(
            """
            select pms_unit_id from pms_units where unit_id is not null and unit_id = $1
            order by pms_unit_id
            """,
            [.id(unit)]
        ) { try $0.text(0) }
        if !mapped.isEmpty {
            found.append("PMS unit \(mapped.joined(separator: ", ")) is mapped to it")
        }
        return found
    }

    /// Deletes a unit that has no hindrances; its ended assignments go with it, history keeps them.
    ///
    /// - Throws: ``SQLError`` where somebody was put into it, or something mapped to it, meanwhile.
    package static func delete(_ unit: UnitID, on connection: any SQLConnection) throws {
        try connection.execute(
            "delete from assignments where unit_id = $1 and state = 'ended'",
            [.id(unit)]
        )
        try connection.execute("delete from units where id = $1", [.id(unit)])
    }

    static func read(_ row: any SQLRow) throws -> Unit {
        Unit(
            id: try row.id(0),
            property: try row.id(1),
            building: try row.text(2),
            name: try row.text(3),
            floor: try row.text(4),
            externalID: try row.optionalText(5)
        )
    }

    private static let byID = BulkQuery(
        """
        select id, property_id, building, name, floor, external_id from units where id in ({rows})
        """
    )

    private static let insertion = SQLBulkStatement(
        """
        insert into units (id, property_id, building, name, floor, external_id, created_at)
        values {rows}
        """,
        columns: [.text, .text, .text, .text, .text, .text, .integer]
    )
}
