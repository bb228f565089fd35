package import SQLEngine

/// A server to which commands are given that PostgreSQL refuses inside a transaction, such as
/// `create database`.
package struct PostgreSQLServer: Sendable {
    private let address: PostgreSQLAddress

    /// Takes the URL of any database of the server.
    ///
    /// - Throws: ``SQLError`` with the code `refused` for a URL that cannot be read.
    package init(url: String) throws(SQLError) {
        address = try PostgreSQLAddress(url: url)
    }

    /// Connects, runs one command and disconnects.
    ///
    /// - Throws: ``SQLError``.
    package func run(_ command: String) async throws {
        let session = PostgreSQLSession(address, label: "lintel.postgresql.server")
        try await session.runAlone(command)
    }
}
