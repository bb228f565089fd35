import Glibc
import SQLEngine

/// The rows of one bulk statement as one array a column, in PostgreSQL's binary format, all in one block of
/// memory.
///
/// The format is that of `array_send` in the server's `arrayfuncs.c`: the number of dimensions, whether
/// there is a `NULL`, the type of the elements, the length and the lower bound, then each element behind
/// its length; every number in network order.
@safe
final class PostgreSQLArrays {
    private var bytes: UnsafeMutablePointer<CChar>
    private var capacity: Int
    private var used = 0
    /// Where each array begins.
    private(set) var pointers = unsafe [UnsafePointer<CChar>?]()
    /// How many bytes each array has.
    private(set) var lengths: [Int32] = []
    /// That each array is binary.
    private(set) var formats: [Int32] = []

    /// The server's numbers of its types (`pg_type.dat`).
    private enum ElementType {
        static let bigint: Int32 = 20
        static let text: Int32 = 25
    }

    private static let headerSize = 20

    init(capacity: Int = 65_536) {
        unsafe bytes = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// Writes the arrays down in place of the ones before.
    ///
    /// - Parameters:
    ///   - rows: the values of whole rows, one row after the other.
    ///   - columns: what the columns hold.
    /// - Returns: the number of the first value refused and why, nil where all are written.
    func fill(
        _ rows: [SQLValue],
        columns: [SQLBulkStatement.Column]
    ) -> (number: Int, reason: String)? {
        guard reserve(rows, columns: columns.count) else {
            return (rows.count, "comes with more than 2 GB of values")
        }
        used = 0
        unsafe pointers.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats = Array(repeating: 1, count: columns.count)
        for (number, column) in columns.enumerated() {
            let start = used
            if let refused = write(rows, number, of: columns.count, as: column) { return refused }
            unsafe pointers.append(UnsafePointer(bytes + start))
            lengths.append(Int32(used - start))
        }
        return nil
    }

    private func write(
        _ rows: [SQLValue],
        _ first: Int,
        of width: Int,
        as column: SQLBulkStatement.Column
    ) -> (number: Int, reason: String)? {
        var hasNull: Int32 = 0
        let start = used
        used += Self.headerSize
        for index in stride(from: first, to: rows.count, by: width) {
            switch (rows[index], column) {
            case (.null, _):
                hasNull = 1
                write(Int32(-1))
            case (.integer(let integer), .integer):
                write(Int32(8))
                write(integer)
            case (.text(let text), .text):
                guard write(text) else { return (index + 1, "contains U+0000") }
            case (_, .integer): return (index + 1, "is no integer")
            case (_, .text): return (index + 1, "is no text")
            }
        }
        let end = used
        used = start
        write(Int32(1))
        write(hasNull)
        write(column == .text ? ElementType.text : ElementType.bigint)
        write(Int32(rows.count / width))
        write(Int32(1))
        used = end
        return nil
    }

    private func write(_ number: Int32) { writeBytes(of: number.bigEndian) }

    private func write(_ number: Int64) { writeBytes(of: number.bigEndian) }

    private func writeBytes<Number: FixedWidthInteger>(of number: Number) {
        unsafe UnsafeMutableRawPointer(bytes + used).storeBytes(of: number, as: Number.self)
        used += MemoryLayout<Number>.size
    }

    /// Writes an element behind its length; false where PostgreSQL would refuse it.
    private func write(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { source in
            write(Int32(source.count))
            guard let start = source.baseAddress else { return true }
            guard unsafe memchr(start, 0, source.count) == nil else { return false }
            unsafe memcpy(bytes + used, start, source.count)
            used += source.count
            return true
        }
    }

    /// Whether there is room; false where the arrays would be longer than the protocol can say.
    private func reserve(_ rows: [SQLValue], columns: Int) -> Bool {
        // No element but a text takes more than its length and eight bytes.
        var needed = columns * Self.headerSize + rows.count * 12
        for case .text(let text) in rows { needed += text.utf8.count }
        guard needed <= Int(Int32.max) else { return false }
        guard needed > capacity else { return true }
        unsafe bytes.deallocate()
        capacity = max(needed, capacity * 2)
        unsafe bytes = .allocate(capacity: capacity)
        return true
    }
}
