package import SQLEngine

/// Everything a database holds but its runs: what must be equal where nothing was to be done.
package struct DirectoryDump: Sendable, Equatable {
    private static let tables: [(name: String, query: SQLStatement)] = [
        ("properties", "select * from properties"),
        ("property_settings", "select * from property_settings"),
        ("units", "select * from units"),
        ("connections", "select * from connections"),
        ("attachments", "select * from attachments"),
        ("pms_units", "select * from pms_units"),
        ("people", "select * from people"),
        ("resident_links", "select * from resident_links"),
        ("residencies", "select * from residencies"),
        ("assignments", "select * from assignments"),
        ("changes", "select * from changes"),
        ("alerts", "select * from alerts"),
        ("held_plans", "select * from held_plans"),
    ]

    /// The rows of each table as text, sorted.
    package let rows: [String: [String]]

    package init(of database: any SQLDatabase) async throws {
        rows = try await database.read { connection in
            var rows: [String: [String]] = [:]
            for table in Self.tables {
                rows[table.name] = try connection.all(table.query) { Self.text(of: $0) }.sorted()
            }
            return rows
        }
    }

    /// Everything a database holds of what was done and said: its runs, and the record of acts.
    package static func log(of database: any SQLDatabase) async throws -> [String] {
        try await database.read { connection in
            try connection.all("select * from runs") { text(of: $0) }
                + connection.all("select * from audit_log") { text(of: $0) }
        }
    }

    /// The tables in which two dumps differ, with what is new and what is gone.
    package func difference(from other: DirectoryDump) -> [String] {
        Self.tables.filter { rows[$0.name] != other.rows[$0.name] }.map { table in
            let (mine, theirs) = (rows[table.name] ?? [], other.rows[table.name] ?? [])
            let new = Set(mine).subtracting(theirs).sorted().first ?? "nothing"
            let gone = Set(theirs).subtracting(mine).sorted().first ?? "nothing"
            return "\(table.name): \(mine.count) rows, \(theirs.count) before; "
                + "new: \(new); gone: \(gone)"
        }
    }

    private static func text(of row: any SQLRow) -> String {
        (0..<row.count).map { column in
            if let number = try? row.optionalInteger(column) { return String(number) }
            if let text = try? row.optionalText(column) { return text }
            return "null"
        }.joined(separator: "|")
    }
}
