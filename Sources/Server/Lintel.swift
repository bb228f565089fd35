import AsyncHTTPTransport
import ConnectorKit
import Connectors
import Foundation
import LintelModel
package import Operations
package import SQLEngine
import Storage
package import SyncEngine

/// The composition root: opens what one process works with, and closes it.
package struct Lintel: Sendable {
    package let operations: Operations
    package let engine: SyncEngine
    private let transport: AsyncHTTPTransport

    package var database: any SQLDatabase { operations.database }

    /// Opens a database, brings it to the current schema and hands over all that works on it.
    ///
    /// - Parameters:
    ///   - location: where the directory is kept.
    ///   - body: what is done with it; everything is closed afterwards, however it ends.
    /// - Returns: what `body` returns.
    /// - Throws: ``SQLError`` where the database cannot be used, and what `body` throws.
    package static func open<Result: Sendable>(
        _ location: DatabaseLocation,
        _ body: (Lintel) async throws -> Result
    ) async throws -> Result {
        let database = try await location.open()
        let transport: AsyncHTTPTransport
        do {
            _ = try await Migrator.migrate(database, at: now)
            transport = try AsyncHTTPTransport(
                authorityFile: ProcessInfo.processInfo.environment["LINTEL_CA_FILE"]
            )
        } catch {
            try? await database.close()
            throw error
        }
        let result: Swift.Result<Result, any Error>
        do {
            let vault = try CredentialVault(keyFile: try location.keyFile())
            let lintel = Lintel(database: database, vault: vault, transport: transport)
            result = .success(try await body(lintel))
        } catch {
            result = .failure(error)
        }
        try await transport.shutdown()
        try await database.close()
        return try result.get()
    }

    /// The names of the schema steps that were missing, applied now.
    package static func migrate(_ location: DatabaseLocation) async throws -> [String] {
        let database = try await location.open()
        do {
            let applied = try await Migrator.migrate(database, at: now)
            try await database.close()
            return applied
        } catch {
            try? await database.close()
            throw error
        }
    }

    private static var now: Timestamp { Timestamp(milliseconds: SystemSleeper().now()) }

    private init(
        database: any SQLDatabase,
        vault: CredentialVault,
        transport: AsyncHTTPTransport
    ) {
        self.transport = transport
        let sleeper = SystemSleeper()
        let lent = ConnectorEnvironment(transport: transport, sleeper: sleeper)
        let connectors = ConnectorCache(database: database, vault: vault, lent: lent)
        let environment = SyncEnvironment(
            database: database,
            sleeper: sleeper,
            holder: LeaseHolder.current(id: UUID()).text,
            connector: { try await connectors.connector(of: $0) }
        )
        engine = SyncEngine(environment)
        operations = Operations(
            environment: environment,
            vault: vault,
            vendors: ConnectorCatalog.vendors,
            connectorEnvironment: lent,
            actor: .commandLine(NSUserName())
        )
    }
}
