package import Foundation
import PostgreSQLEngine
package import SQLEngine
package import SQLEngineTesting
import SQLiteEngine

/// An empty installation of Lintel: a folder and a database of its own, removed afterwards.
package struct LintelSite: Sendable {
    package let engine: TestEngine
    package let folder: URL
    /// What `--database` takes.
    package let database: String
    /// The path of the SQLite file; nil on another engine.
    package let sqliteFile: String?

    package static func with(
        _ engine: TestEngine,
        _ use: (LintelSite) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lintel-site-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        switch engine {
        case .sqlite:
            let file = folder.appending(path: "lintel.db").path
            try await use(
                LintelSite(
                    engine: engine,
                    folder: folder,
                    database: "sqlite:\(file)",
                    sqliteFile: file
                )
            )
        case .postgreSQL:
            try await TestEngine.withPostgreSQLURL { url in
                try await use(
                    LintelSite(engine: engine, folder: folder, database: url, sqliteFile: nil)
                )
            }
        }
    }

    // MARK: The program

    package var environment: [String: String] {
        ["HOME": folder.path, "LINTEL_DATABASE": database]
    }

    /// Starts the program on this site's database.
    package func start(
        _ arguments: [String],
        output: FileHandle? = nil,
        errors: FileHandle? = nil
    ) throws -> LintelProgram {
        try LintelProgram(
            arguments,
            environment: environment,
            in: folder,
            output: output,
            errors: errors
        )
    }

    /// Runs the program on this site's database to its end.
    package func lintel(_ arguments: String...) async throws -> ProgramResult {
        try await start(arguments).result()
    }

    /// Runs the program and expects it to succeed.
    ///
    /// - Throws: ``UnexpectedOutput`` with what it said, where it did not.
    @discardableResult
    package func done(_ arguments: String...) async throws -> ProgramResult {
        let result = try await start(arguments).result()
        guard result.status == 0 else {
            throw UnexpectedOutput(
                "lintel \(arguments.joined(separator: " ")) ended with \(result.status): "
                    + result.errors.suffix(2000)
            )
        }
        return result
    }

    /// Writes a file into the site's folder and gives its path.
    package func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    // MARK: The database

    /// Opens the site's database beside the program.
    package func withDatabase<Result: Sendable>(
        _ use: (any SQLDatabase) async throws -> Result
    ) async throws -> Result {
        let opened: any SQLDatabase
        if let sqliteFile {
            opened = try await SQLiteDatabase(path: sqliteFile)
        } else {
            opened = try await PostgreSQLDatabase(url: database)
        }
        do {
            let result = try await use(opened)
            try await opened.close()
            return result
        } catch {
            try await opened.close()
            throw error
        }
    }

    /// Every row of every table but the runs, so that two states can be compared.
    package func dump() async throws -> DirectoryDump {
        try await withDatabase { try await DirectoryDump(of: $0) }
    }
}
