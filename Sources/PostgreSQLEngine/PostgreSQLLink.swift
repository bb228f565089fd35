import CLibPQ
import Glibc
import SQLEngine

/// One open connection of libpq and the statements prepared on it.
///
/// Every call blocks.
@safe
final class PostgreSQLLink {
    /// Never given out; closed with this object.
    private let handle: OpaquePointer
    private let parameters = PostgreSQLParameters()
    private let arrays = PostgreSQLArrays()
    /// The server's names of the statements prepared so far.
    private var names: [SQLStatement: String] = [:]
    /// Bulk statements with their rows as arrays, by their templates.
    private var bulkStatements: [String: SQLStatement] = [:]
    /// How many prepared statements a server keeps for a connection at once.
    private static let maximumPrepared = 500

    /// Connects, within the `connect_timeout` of the address.
    init(_ address: PostgreSQLAddress) throws(PostgreSQLFailure) {
        guard let opened = unsafe Self.open(address) else {
            throw PostgreSQLFailure(SQLError(.unavailable, "memory is short for a connection"))
        }
        unsafe handle = unsafe opened
        guard unsafe PQstatus(opened) == CONNECTION_OK else {
            throw unsafe PostgreSQLFailure(Self.refusal(of: opened, address))
        }
        unsafe PQsetNoticeProcessor(opened, { _, _ in }, nil)
        // Nothing waits for a lock longer than SQLite waits for its own, and a process that hangs
        // gives its locks back. Statements are prepared once and outlive the sizes of the tables they were
        // planned for: one planned while a table was empty would read it whole for ever, the look-ups of
        // foreign keys included, so a plan that can use an index has to.
        try run(
            "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; "
                + "SET enable_seqscan = off",
            attempt: "set up \(address.summary)"
        )
    }

    deinit {
        unsafe PQfinish(handle)
    }

    /// Whether the connection has been found broken; only a statement finds it out.
    var isLost: Bool { unsafe PQstatus(handle) != CONNECTION_OK }

    /// Whether a transaction is open that may be committed.
    var isInTransaction: Bool { unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS }

    /// Whether the connection is ready for the next transaction.
    var isIdle: Bool { unsafe PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Runs statements separated by semicolons; the command of the last one comes back.
    @discardableResult
    func run(_ script: String, attempt: String) throws(PostgreSQLFailure) -> String {
        try unsafe result(of: PQexec(handle, script), attempt).command
    }

    /// Runs one statement, prepared the first time its text is met.
    func run(
        _ statement: SQLStatement,
        _ values: [SQLValue]
    ) throws(PostgreSQLFailure) -> PostgreSQLResult {
        let name = try prepare(statement)
        try check(parameters.fill(values), statement)
        let answer = unsafe PQexecPrepared(
            handle,
            name,
            Int32(values.count),
            parameters.pointers,
            nil,
            nil,
            1
        )
        return try unsafe result(of: answer, statement.summary)
    }

    /// How many rows are handed over at once: what bounds the memory for their arrays.
    private static var rowsAtOnce: Int { 500 }

    /// Runs one statement over many rows, one array a column: the server plans and starts a statement of a few
    /// parameters, however many rows there are.
    ///
    /// - Returns: how many rows were inserted or updated.
    func run(_ bulk: SQLBulkStatement, rows: SQLRows) throws(PostgreSQLFailure) -> Int {
        let width = bulk.columns.count
        guard rows.count.isMultiple(of: width) else {
            throw PostgreSQLFailure(SQLError(partOfRow: bulk, rows))
        }
        let statement = statement(of: bulk)
        let name = try prepare(statement)
        return try unsafe rows.read { (values) throws(PostgreSQLFailure) in
            var changed = 0
            while unsafe values.left > 0 {
                let count = unsafe min(values.left / width, Self.rowsAtOnce)
                try check(unsafe arrays.fill(count, of: &values, columns: bulk.columns), statement)
                let answer = unsafe PQexecPrepared(
                    handle,
                    name,
                    Int32(width),
                    arrays.pointers,
                    arrays.lengths,
                    arrays.formats,
                    1
                )
                changed += try unsafe result(of: answer, statement.summary).changedRows
            }
            return changed
        }
    }

    /// Throws where a value was refused.
    private func check(
        _ refused: (number: Int, reason: String)?,
        _ statement: SQLStatement
    ) throws(PostgreSQLFailure) {
        guard let refused else { return }
        throw PostgreSQLFailure(
            SQLError(.refused, "\(statement.summary): value $\(refused.number) \(refused.reason)")
        )
    }

    /// The statement that takes the rows of a bulk statement as arrays.
    func statement(of bulk: SQLBulkStatement) -> SQLStatement {
        if let statement = bulkStatements[bulk.template] { return statement }
        let columns = bulk.columns.enumerated().map { index, column in
            "$\(index + 1)::\(column == .text ? "text" : "bigint")[]"
        }
        let rows = "select * from unnest(\(columns.joined(separator: ", ")))"
        let statement = bulk.statement(rows: rows)
        bulkStatements[bulk.template] = statement
        return statement
    }

    /// Prepares a statement, unless it is prepared, and gives the server's name of it.
    @discardableResult
    func prepare(_ statement: SQLStatement) throws(PostgreSQLFailure) -> String {
        if let name = names[statement] { return name }
        if names.count >= Self.maximumPrepared {
            names = [:]
            try run("DEALLOCATE ALL", attempt: "forget prepared statements")
        }
        let name = "lintel\(names.count)"
        _ = try unsafe result(
            of: PQprepare(handle, name, statement.text, 0, nil),
            statement.summary
        )
        names[statement] = name
        return name
    }

    private func result(
        of handle: OpaquePointer?,
        _ attempt: String
    ) throws(PostgreSQLFailure) -> PostgreSQLResult {
        let status = unsafe PQresultStatus(handle)
        if let handle = unsafe handle, status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK {
            return unsafe PostgreSQLResult(handle: handle)
        }
        defer { unsafe PQclear(handle) }
        throw unsafe PostgreSQLFailure(
            SQLError(result: handle, connection: self.handle, attempt: attempt),
            state: SQLError.field("C", of: handle)
        )
    }

    private static func open(_ address: PostgreSQLAddress) -> OpaquePointer? {
        // The copies live until libpq has read them.
        let keys = unsafe address.parameters.map { unsafe strdup($0.name) }
        let values = unsafe address.parameters.map { unsafe strdup($0.value) }
        defer {
            for index in unsafe keys.indices {
                unsafe free(keys[index])
                unsafe free(values[index])
            }
        }
        return unsafe PQconnectdbParams(
            keys.map { unsafe UnsafePointer($0) } + [nil],
            values.map { unsafe UnsafePointer($0) } + [nil],
            0
        )
    }

    /// Why the server or the network refused a connection; libpq tells no password here.
    private static func refusal(
        of handle: OpaquePointer,
        _ address: PostgreSQLAddress
    ) -> SQLError {
        let message = unsafe String(cString: PQerrorMessage(handle))
        let line = message.split(separator: "\n").first.map(String.init) ?? "no reason given"
        let isMissing = line.contains("database \"") && line.hasSuffix("does not exist")
        return SQLError(isMissing ? .notFound : .unavailable, "open \(address.summary): \(line)")
    }
}
