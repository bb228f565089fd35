package import LintelModel
package import SQLEngine

/// How far somebody has come in connecting a property, kept beside its settings.
package struct SetUpNotes: Sendable {
    private static let connectionKey = "set-up-connection"
    private static let statusesKey = "set-up-statuses"

    /// The connection chosen last; it may be gone since.
    package private(set) var connection: ConnectionID?
    /// Whether the choice of excluded lease statuses was looked at.
    package private(set) var sawStatuses = false

    package static func of(
        _ property: PropertyID,
        on connection: any SQLConnection
    ) throws -> SetUpNotes {
        var notes = SetUpNotes()
        try connection.query(
            """
            select key, value from property_settings
            where property_id = $1 and key in ('set-up-connection', 'set-up-statuses')
            """,
            [.id(property)]
        ) { row in
            if try row.text(0) == connectionKey {
                notes.connection = try row.id(1)
            } else {
                notes.sawStatuses = true
            }
        }
        return notes
    }

    package static func choose(
        _ source: ConnectionID,
        for property: PropertyID,
        on connection: any SQLConnection
    ) throws {
        try write(connectionKey, source.text, of: property, on: connection)
    }

    package static func sawStatuses(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws {
        try write(statusesKey, "seen", of: property, on: connection)
    }

    private static func write(
        _ key: String,
        _ value: String,
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            insert into property_settings (property_id, key, value) values ($1, $2, $3)
            on conflict (property_id, key) do update set value = excluded.value
            """,
            [.id(property), .text(key), .text(value)]
        )
    }
}
