package import ConnectorKit
import Foundation
package import LintelModel
package import SQLEngine

/// Connections to PMS, their secrets sealed.
package enum Connections {
    /// A connection without its secrets.
    package struct Listed: Sendable {
        package let id: ConnectionID
        package let name: String
        package let vendor: String
        package let values: [String: String]
        /// How many PMS properties are attached through it.
        package let attached: Int
    }

    package static func add(
        _ id: ConnectionID,
        name: String,
        settings: ConnectionSettings,
        vault: CredentialVault,
        at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let values = try JSONEncoder.sorted.encode(settings.values)
        try connection.execute(
            """
            insert into connections (id, name, vendor, settings, sealed_secrets, created_at)
            values ($1, $2, $3, $4, $5, $6)
            """,
            [
                .id(id), .text(name), .text(settings.vendor),
                .text(String(decoding: values, as: UTF8.self)),
                .text(try vault.seal(settings.secrets, owner: id.text)), .time(now),
            ]
        )
    }

    package static func all(on connection: any SQLConnection) throws -> [Listed] {
        try connection.all(
            """
            select c.id, c.name, c.vendor, c.settings,
                (select count(*) from attachments a where a.connection_id = c.id
                    and a.detached_at is null)
            from connections c order by c.name
            """
        ) { row in
            Listed(
                id: try row.id(0),
                name: try row.text(1),
                vendor: try row.text(2),
                values: try decode(try row.text(3)),
                attached: try row.int(4)
            )
        }
    }

    /// The settings of one connection with its secrets opened; nil where there is none of that id.
    package static func settings(
        of id: ConnectionID,
        vault: CredentialVault,
        on connection: any SQLConnection
    ) throws -> ConnectionSettings? {
        try connection.first(
            "select vendor, settings, sealed_secrets from connections where id = $1",
            [.id(id)]
        ) { row in
            ConnectionSettings(
                vendor: try row.text(0),
                values: try decode(try row.text(1)),
                secrets: try vault.unseal(try row.text(2), owner: id.text)
            )
        }
    }

    /// Puts other settings and secrets in the place of a connection's own; its vendor stays.
    package static func replace(
        _ id: ConnectionID,
        settings: ConnectionSettings,
        vault: CredentialVault,
        on connection: any SQLConnection
    ) throws {
        let values = try JSONEncoder.sorted.encode(settings.values)
        try connection.execute(
            "update connections set settings = $2, sealed_secrets = $3 where id = $1",
            [
                .id(id), .text(String(decoding: values, as: UTF8.self)),
                .text(try vault.seal(settings.secrets, owner: id.text)),
            ]
        )
    }

    /// Removes a connection whose PMS properties were never attached.
    ///
    /// - Throws: ``SQLError`` with the code `notFound` (a foreign key) where residents still link to it.
    package static func remove(_ id: ConnectionID, on connection: any SQLConnection) throws {
        try connection.execute("delete from connections where id = $1", [.id(id)])
    }

    private static func decode(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}

extension JSONEncoder {
    static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
