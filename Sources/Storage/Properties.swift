package import LintelModel
package import SQLEngine

/// Properties and their settings.
package enum Properties {
    /// A property with what a list shows of it.
    package struct Listed: Sendable {
        package let property: Property
        package let revision: Int
        /// When the last run that read the PMS to its end began; nil before the first.
        package let lastSync: Timestamp?
    }

    package static func add(
        _ property: Property,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into properties (id, name, time_zone, revision, must_replan, created_at)
            values ($1, $2, $3, 1, 1, $4)
            """,
            [
                .id(property.id), .text(property.name), .text(property.timeZone),
                .time(now),
            ]
        )
        let defaults = PropertySettings()
        for key in PropertySettings.keys where key.get(property.settings) != key.get(defaults) {
            try set(key, of: property.id, to: key.get(property.settings), on: connection)
        }
    }

    /// Every property, by name.
    package static func all(on connection: any SQLConnection) throws -> [Listed] {
        var settings: [String: [(key: String, value: String)]] = [:]
        try connection.query("select property_id, key, value from property_settings", []) { row in
            settings[try row.text(0), default: []].append((try row.text(1), try row.text(2)))
        }
        return try connection.all(
            """
            select p.id, p.name, p.time_zone, p.revision,
                (select max(r.started_at) from runs r
                    where r.property_id = p.id and r.outcome = 'applied'
                        and r.undoes is null),
                (select max(r.started_at) from runs r
                    where r.property_id = p.id and r.outcome = 'unchanged'),
                (select max(r.started_at) from runs r
                    where r.property_id = p.id and r.outcome = 'held')
            from properties p order by p.name, p.id
            """
        ) { row in
            var property = Property(
                id: try row.id(0),
                name: try row.text(1),
                timeZone: try row.text(2)
            )
            for (key, value) in settings[property.id.text] ?? [] {
                apply(key, value, to: &property.settings)
            }
            let syncs = [
                try row.optionalTime(4), try row.optionalTime(5), try row.optionalTime(6),
            ]
            return Listed(
                property: property,
                revision: try row.int(3),
                lastSync: syncs.compactMap(\.self).max()
            )
        }
    }

    /// A property's name.
    package struct Named: Sendable {
        package let id: PropertyID
        package let name: String
    }

    /// The first properties within a reach, by name.
    package static func names(
        within reach: Reach,
        limit: Int,
        on connection: any SQLConnection
    ) throws -> [Named] {
        func read(_ row: any SQLRow) throws -> Named {
            Named(id: try row.id(0), name: try row.text(1))
        }
        guard case .properties(let reached) = reach else {
            return try connection.all(
                "select id, name from properties order by name, id limit $1",
                [.integer(limit)],
                read
            )
        }
        var found: [Named] = []
        try named.run(reached.map(\.text).sorted(), on: connection) { found.append(try read($0)) }
        // A chunk that is not full asks for its last key again.
        var seen: Set<PropertyID> = []
        return Array(
            found.filter { seen.insert($0.id).inserted }
                .sorted { ($0.name, $0.id) < ($1.name, $1.id) }.prefix(limit)
        )
    }

    private static let named = BulkQuery("select id, name from properties where id in ({rows})")

    /// One property with its revision, and whether something changed by hand since its last plan.
    package static func find(
        _ id: PropertyID,
        on connection: any SQLConnection
    ) throws -> (property: Property, revision: Int, mustReplan: Bool)? {
        var found = try connection.first(
            "select id, name, time_zone, revision, must_replan from properties where id = $1",
            [.id(id)]
        ) { row in
            (
                property: Property(
                    id: try row.id(0),
                    name: try row.text(1),
                    timeZone: try row.text(2)
                ),
                revision: try row.int(3), mustReplan: try row.flag(4)
            )
        }
        try connection.query(
            "select key, value from property_settings where property_id = $1",
            [.id(id)]
        ) { row in
            let (key, value) = (try row.text(0), try row.text(1))
            if var settings = found?.property.settings {
                apply(key, value, to: &settings)
                found?.property.settings = settings
            }
        }
        return found
    }

    package static func set(
        _ key: PropertySettings.Key,
        of property: PropertyID,
        to value: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into property_settings (property_id, key, value) values ($1, $2, $3)
            on conflict (property_id, key) do update set value = excluded.value
            """,
            [.id(property), .text(key.name), .text(value)]
        )
    }

    /// Marks that something was changed by hand: plans made before are stale, and the next one looks at
    /// every record.
    package static func touch(_ property: PropertyID, on connection: any SQLConnection) throws {
        try connection.execute(
            "update properties set revision = revision + 1, must_replan = 1 where id = $1",
            [.id(property)]
        )
    }

    /// Has the next plan look at every record, without making plans stale.
    package static func replan(_ property: PropertyID, on connection: any SQLConnection) throws {
        try connection.execute(
            "update properties set must_replan = 1 where id = $1",
            [.id(property)]
        )
    }

    private static func apply(_ key: String, _ value: String, to settings: inout PropertySettings) {
        // A key of a later version is left alone.
        guard let known = PropertySettings.keys.first(where: { $0.name == key }) else { return }
        _ = known.set(&settings, value)
    }
}
