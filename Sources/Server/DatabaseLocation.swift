import Foundation
import PostgreSQLEngine
import SQLEngine
import SQLiteEngine

/// Where the directory is kept: `sqlite:PATH` or `postgres://USER@HOST:PORT/NAME`.
package enum DatabaseLocation: Sendable, Equatable {
    case sqlite(path: String)
    case postgres(url: String)

    /// Why a text names no database.
    package struct Unusable: Error, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(Unusable) {
        if text.hasPrefix("sqlite:"), text.utf8.count > 7 {
            self = .sqlite(path: String(text.dropFirst(7)))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(url: text)
        } else {
            throw Unusable(
                description: "the database is given as a text that is neither sqlite:PATH nor "
                    + "postgres://USER@HOST:PORT/NAME"
            )
        }
    }

    /// What is named by the option, else by `LINTEL_DATABASE`, else a file in the XDG data folder.
    package static func chosen(
        _ option: String?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Unusable) -> DatabaseLocation {
        if let text = option ?? environment["LINTEL_DATABASE"], !text.isEmpty {
            return try DatabaseLocation(text)
        }
        return .sqlite(path: try dataFolder(environment) + "/lintel.db")
    }

    /// The file that holds the key of stored credentials: beside a SQLite file, else in the data folder;
    /// `LINTEL_KEY_FILE` names another.
    package func keyFile(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Unusable) -> String {
        if let path = environment["LINTEL_KEY_FILE"], !path.isEmpty { return path }
        switch self {
        case .sqlite(let path): return path + ".key"
        case .postgres: return try Self.dataFolder(environment) + "/credentials.key"
        }
    }

    func open() async throws -> any SQLDatabase {
        switch self {
        case .sqlite(let path):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try await SQLiteDatabase(path: path)
        case .postgres(let url): return try await PostgreSQLDatabase(url: url)
        }
    }

    private static func dataFolder(_ environment: [String: String]) throws(Unusable) -> String {
        let folder: String
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            folder = data + "/lintel"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            folder = home + "/.local/share/lintel"
        } else {
            throw Unusable(
                description:
                    "neither XDG_DATA_HOME nor HOME is set; name the database with --database"
            )
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Unusable(description: "the data folder \(folder) cannot be made")
        }
        return folder
    }
}
