import GRDBSQLite
import Glibc
import SQLEngine

/// One block of memory for all the texts bound to a statement, so that binding allocates nothing.
///
/// SQLite reads the bound texts from here without copying them: the block must stay as it is until
/// the statement is reset and its bindings are cleared.
@safe
final class SQLiteTextBuffer {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    init(capacity: Int = 16_384) {
        unsafe start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Binds `values` to the placeholders `?1…?n` of a statement that is not running.
    ///
    /// - Returns: the number of the first value refused and why, nil where all are bound.
    func bind(
        _ values: ArraySlice<SQLValue>,
        to statement: OpaquePointer
    ) -> (number: Int, reason: String)? {
        reserve(Self.size(of: values))
        var used = 0
        var number: Int32 = 0
        for value in values {
            number += 1
            let code: Int32
            switch value {
            case .null:
                code = unsafe sqlite3_bind_null(statement, number)
            case .integer(let integer):
                code = unsafe sqlite3_bind_int64(statement, number, integer)
            case .real(let real):
                // SQLite would store NaN as NULL.
                guard real.isFinite else { return (Int(number), "is not a finite number") }
                code = unsafe sqlite3_bind_double(statement, number, real)
            case .text(let text):
                let place = unsafe start + used
                let length = unsafe Self.copy(text, to: place)
                guard unsafe memchr(place, 0, length) == nil else {
                    return (Int(number), "contains U+0000")
                }
                code = unsafe sqlite3_bind_text64(
                    statement,
                    number,
                    UnsafeRawPointer(place).assumingMemoryBound(to: CChar.self),
                    UInt64(length),
                    nil,
                    UInt8(SQLITE_UTF8)
                )
                used += length
            }
            guard code == SQLITE_OK else { return (Int(number), "is not bound (SQLite \(code))") }
        }
        return nil
    }

    private static func size(of values: ArraySlice<SQLValue>) -> Int {
        var size = 0
        for case .text(let text) in values { size += text.utf8.count }
        return size
    }

    private static func copy(_ text: String, to place: UnsafeMutablePointer<UInt8>) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            if let source = bytes.baseAddress {
                unsafe place.initialize(from: source, count: bytes.count)
            }
            return bytes.count
        }
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        unsafe start.deallocate()
        capacity = max(needed, capacity * 2)
        unsafe start = .allocate(capacity: capacity)
    }
}
