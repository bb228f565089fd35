import AsyncHTTPTransport
import ConnectorKit
import Connectors
package import Foundation
package import LintelModel
package import Operations
import Reconciliation
package import SQLEngine
package import SQLEngineTesting
import SQLiteEngine
import Storage
package import SyncEngine
import Synchronization

/// Lintel inside the test's own process, with a clock the test holds.
package struct LintelInProcess: Sendable {
    package let engine: SyncEngine
    package let operations: Operations
    package let clock: TestClock
    package let folder: URL

    package var database: any SQLDatabase { operations.database }

    /// Runs `use` on an empty database of that engine.
    package static func with(
        _ engine: TestEngine,
        _ use: (LintelInProcess) async throws -> Void
    ) async throws {
        try await engine.withDatabase { database in
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "lintel-inside-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await with(database, in: folder, use)
        }
    }

    /// Runs `use` on a database that is open already; its key file lies in `folder`.
    package static func with(
        _ database: any SQLDatabase,
        in folder: URL,
        clock: TestClock = TestClock(),
        _ use: (LintelInProcess) async throws -> Void
    ) async throws {
        _ = try await Migrator.migrate(database, at: Timestamp(milliseconds: clock.now()))
        let transport = try AsyncHTTPTransport()
        do {
            try await use(
                try LintelInProcess(
                    database,
                    in: folder,
                    clock: clock,
                    transport: ImpatientTransport(transport, timeoutMilliseconds: 8_000)
                )
            )
        } catch {
            try await transport.shutdown()
            throw error
        }
        try await transport.shutdown()
    }

    private init(
        _ database: any SQLDatabase,
        in folder: URL,
        clock: TestClock,
        transport: any HTTPTransport
    ) throws {
        let vault = try CredentialVault(keyFile: folder.appending(path: "test.key").path)
        let lent = ConnectorEnvironment(transport: transport, sleeper: clock)
        // One connector a connection, as in the program: a folder is indexed once, not for each property.
        let made = Mutex<[ConnectionID: any Connector]>([:])
        let environment = SyncEnvironment(
            database: database,
            sleeper: clock,
            holder: UUID().uuidString.lowercased()
        ) { id in
            if let known = made.withLock({ $0[id] }) { return known }
            let settings = try await database.read { connection in
                try Connections.settings(of: id, vault: vault, on: connection)
            }
            guard let settings, let vendor = ConnectorCatalog.vendor(settings.vendor) else {
                throw UnexpectedOutput("connection \(id) is gone")
            }
            let connector = try vendor.makeConnector(settings, lent)
            made.withLock { $0[id] = connector }
            return connector
        }
        self.clock = clock
        self.folder = folder
        engine = SyncEngine(environment)
        operations = Operations(
            environment: environment,
            vault: vault,
            vendors: ConnectorCatalog.vendors,
            connectorEnvironment: lent,
            actor: .commandLine("tester")
        )
    }

    // MARK: What tests do

    /// Syncs one property and gives its report.
    package func sync(
        _ property: Property,
        job: SyncJob = .sync,
        observer: any SyncObserver = EventLog()
    ) async throws -> RunReport {
        let current = try await operations.property(property.id.text)
        let reports = await engine.sync([current], job: job, observer: observer)
        guard let report = reports.first else { throw UnexpectedOutput("no report came") }
        return report
    }

    /// Everyone's assignments as `first unit state from until`, sorted; those without one stand alone.
    package func standings(of property: Property? = nil) async throws -> [String] {
        try await operations.people(of: property).map { entry in
            guard let assignment = entry.assignment else { return entry.person.firstName }
            let until = assignment.until.map { " \($0)" } ?? ""
            return "\(entry.person.firstName) \(entry.unit ?? "?") \(assignment.state.rawValue) "
                + "\(assignment.from)\(until)"
        }.sorted()
    }

    /// The kinds of alerts open at a property, sorted, with their details.
    package func alerts(of property: Property) async throws -> [String] {
        try await database.read { connection in
            try Alerts.open(of: property.id, on: connection).map {
                "\($0.draft.kind.rawValue): \($0.draft.detail)"
            }.sorted()
        }
    }

    /// Sets up a connection to a folder of CSV files and a property for each PMS property in it.
    package func onboard(
        _ export: ResidentExport,
        timeZone: String = "UTC"
    ) async throws -> [Property] {
        try export.write(to: folder)
        _ = try await operations.addConnection(
            name: "folder",
            settings: ConnectionSettings(vendor: "csv", values: ["directory": folder.path])
        )
        return try await operations.importProperties(through: "folder", timeZone: timeZone)
            .map(\.property)
    }
}

/// Keeps what happened in syncs.
package final class EventLog: SyncObserver {
    private let kept = Mutex<[SyncEvent]>([])

    package init() {}

    package var events: [SyncEvent] { kept.withLock { $0 } }

    package func happened(_ event: SyncEvent) {
        kept.withLock { $0.append(event) }
    }
}
