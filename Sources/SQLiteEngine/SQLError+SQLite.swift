import GRDB
import GRDBSQLite
import SQLEngine

extension SQLError {
    /// The error for an extended result code of SQLite (<https://www.sqlite.org/rescode.html>).
    ///
    /// SQLite's message is kept where it names only tables, columns and words of the statement. Any
    /// other is replaced by a sentence, because it may repeat a value.
    init(sqlite code: Int32, message: String, attempt: String) {
        let (kind, sentence) = Self.meaning(of: code, message: message)
        self.init(kind, "\(attempt): \(sentence) (SQLite \(code))")
    }

    /// The error for one that GRDB throws.
    init(from error: any Error, attempt: String) {
        switch error {
        case let error as SQLError:
            self = error
        case let error as DatabaseError:
            self.init(
                sqlite: error.extendedResultCode.rawValue,
                message: error.message ?? "no message",
                attempt: attempt
            )
        default:
            self.init(.unavailable, "\(attempt): \(type(of: error))")
        }
    }

    private static func meaning(of code: Int32, message: String) -> (Code, String) {
        switch code & 0xff {
        case SQLITE_CONSTRAINT: (constraintCode(code, message), message)
        case SQLITE_MISMATCH: (.refused, "a value is of the wrong type for its column")
        case SQLITE_TOOBIG: (.refused, "a value is too long")
        case SQLITE_BUSY, SQLITE_LOCKED: (.conflict, "another connection holds the database")
        case SQLITE_INTERRUPT: (.conflict, "the statement was interrupted")
        case SQLITE_ABORT: (.conflict, "the transaction was rolled back")
        case SQLITE_FULL: (.unavailable, "the disk is full")
        case SQLITE_READONLY: (.unavailable, "the database is read-only here")
        case SQLITE_IOERR: (.unavailable, "the disk failed to read or write")
        case SQLITE_CORRUPT: (.unavailable, "the database file is damaged")
        case SQLITE_NOTADB: (.unavailable, "the file is not an SQLite database")
        case SQLITE_CANTOPEN: (.unavailable, "the database file cannot be opened")
        case SQLITE_PERM, SQLITE_AUTH: (.unavailable, "access to the database is denied")
        case SQLITE_NOMEM: (.unavailable, "memory is short")
        case SQLITE_RANGE: (.unavailable, "a value has no placeholder")
        case SQLITE_MISUSE: (.unavailable, "the database is closed")
        case SQLITE_ERROR: (.unavailable, "SQLite does not accept it: \(message)")
        default: (.unavailable, "SQLite failed")
        }
    }

    private static func constraintCode(_ code: Int32, _ message: String) -> Code {
        // The C macros are expressions that Swift does not import: SQLITE_CONSTRAINT | n << 8.
        switch code >> 8 {
        case 6, 8, 10: .alreadyExists  // primary key, unique, rowid
        case 3: .notFound  // foreign key
        // `ON DELETE RESTRICT` is carried out by an internal trigger and says so in its code.
        case 7 where message == "FOREIGN KEY constraint failed": .notFound
        default: .refused
        }
    }
}
