import Foundation
import PostgreSQLEngine
package import SQLEngine
import SQLiteEngine

/// An engine for tests that run on each of them: `@Test(arguments: TestEngine.allCases)`.
package enum TestEngine: String, CaseIterable, Sendable {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"

    /// Runs `use` with an empty database of its own, which is closed and removed afterwards.
    ///
    /// - Throws: what `use` throws, or ``MissingCluster``.
    package func withDatabase(_ use: (any SQLDatabase) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            try await Self.withSQLiteFile { path in
                try await Self.run(use, on: try await SQLiteDatabase(path: path))
            }
        case .postgreSQL:
            try await Self.withPostgreSQLURL { url in
                try await Self.run(use, on: try await PostgreSQLDatabase(url: url))
            }
        }
    }

    /// Runs `use` with the path of a file that does not exist yet, in a folder removed afterwards.
    package static func withSQLiteFile(_ use: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lintel-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await use(folder.appending(path: "lintel.db").path)
    }

    /// Runs `use` with the URL of an empty database, dropped afterwards, in the cluster that
    /// scripts/with-postgres made.
    ///
    /// - Throws: what `use` throws, or ``MissingCluster``.
    package static func withPostgreSQLURL(_ use: (String) async throws -> Void) async throws {
        guard let cluster = ProcessInfo.processInfo.environment["LINTEL_TEST_POSTGRES"],
            var url = URLComponents(string: cluster)
        else { throw MissingCluster() }
        let server = try PostgreSQLServer(url: cluster)
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        // Sorted as an ordinary installation sorts, not by bytes.
        try await server.run(
            "create database \(name) template template0 locale_provider icu icu_locale 'en-US'"
        )
        url.path = "/\(name)"
        do {
            try await use(url.string ?? "")
        } catch {
            try await server.run("drop database \(name) with (force)")
            throw error
        }
        try await server.run("drop database \(name) with (force)")
    }

    private static func run(
        _ use: (any SQLDatabase) async throws -> Void,
        on database: any SQLDatabase
    ) async throws {
        do {
            try await use(database)
        } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }
}
