import Glibc
import SQLEngine

/// The values of one statement in PostgreSQL's text format, all in one block of memory.
///
/// libpq reads them from here while it sends the statement, and keeps none of it.
@safe
final class PostgreSQLParameters {
    /// The values, each ended by a zero byte.
    private var bytes: UnsafeMutablePointer<CChar>
    private var capacity: Int
    /// Where each value begins, nil for `NULL`.
    private(set) var pointers = unsafe [UnsafePointer<CChar>?]()

    init(capacity: Int = 16_384) {
        unsafe bytes = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// Writes the values down in place of the ones before.
    ///
    /// - Returns: the number of the first value refused and why, nil where all are written.
    func fill(_ values: [SQLValue]) -> (number: Int, reason: String)? {
        reserve(Self.size(of: values))
        unsafe pointers.removeAll(keepingCapacity: true)
        unsafe pointers.reserveCapacity(values.count)
        var end = unsafe bytes
        for value in values {
            let start = unsafe end
            switch value {
            case .null:
                unsafe pointers.append(nil)
                continue
            case .integer(let integer):
                unsafe Self.write(integer, at: &end)
            case .real(let real):
                // SQLite would store NaN as NULL.
                guard real.isFinite else {
                    return unsafe (pointers.count + 1, "is not a finite number")
                }
                unsafe Self.write("\(real)", at: &end)
            case .text(let text):
                unsafe Self.write(text, at: &end)
                guard unsafe memchr(start, 0, end - start) == nil else {
                    return unsafe (pointers.count + 1, "contains U+0000")
                }
            }
            unsafe end.pointee = 0
            unsafe end += 1
            unsafe pointers.append(start)
        }
        return nil
    }

    private static func size(of values: [SQLValue]) -> Int {
        // No 64-bit integer and no double takes more, with its sign and the zero byte.
        var size = values.count * 32
        for case .text(let text) in values { size += text.utf8.count }
        return size
    }

    private static func write(_ text: String, at end: inout UnsafeMutablePointer<CChar>) {
        var text = text
        text.withUTF8 { bytes in
            guard let source = bytes.baseAddress else { return }
            unsafe memcpy(end, source, bytes.count)
            unsafe end += bytes.count
        }
    }

    /// Writes the decimal digits, the last first.
    private static func write(_ integer: Int64, at end: inout UnsafeMutablePointer<CChar>) {
        if integer < 0 {
            unsafe end.pointee = CChar(UInt8(ascii: "-"))
            unsafe end += 1
        }
        var rest = integer.magnitude
        var digits = 1
        var limit: UInt64 = 10
        while rest >= limit, digits < 19 {
            digits += 1
            limit *= 10
        }
        var place = unsafe end + digits
        unsafe end = unsafe place
        repeat {
            unsafe place -= 1
            unsafe place.pointee = CChar(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        unsafe bytes.deallocate()
        capacity = max(needed, capacity * 2)
        unsafe bytes = .allocate(capacity: capacity)
    }
}
