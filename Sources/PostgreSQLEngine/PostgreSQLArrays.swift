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
    ///   - count: how many rows the arrays have.
    ///   - rows: the values of at least so many.
    ///   - columns: what the columns hold.
    /// - Returns: the number of the first value refused and why, nil where all are written.
    func fill(
        _ count: Int,
        of rows: inout SQLRows.Reader,
        columns: [SQLBulkStatement.Column]
    ) -> (number: Int, reason: String)? {
        var sizes = Array(repeating: Self.headerSize, count: columns.count)
        var measured = unsafe rows
        for _ in 0..<count {
            for column in columns.indices {
                sizes[column] += unsafe Self.size(of: measured.next())
            }
        }
        let size = sizes.reduce(0, +)
        // A message to the server counts its bytes in 32 bits with a sign.
        guard size <= Int(Int32.max) else {
            return (count * columns.count, "comes with more than 2 GB of values")
        }
        reserve(size)
        lengths = sizes.map(Int32.init)
        formats = Array(repeating: 1, count: columns.count)
        let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
        unsafe pointers = starts.map { unsafe UnsafePointer(bytes + $0) }

        var ends = starts.map { $0 + Self.headerSize }
        var haveNull = Array(repeating: Int32(0), count: columns.count)
        for row in 0..<count {
            for (index, column) in columns.enumerated() {
                used = ends[index]
                let value = unsafe rows.next()
                if case .null = unsafe value { haveNull[index] = 1 }
                if let reason = unsafe write(value, as: column) {
                    return (row * columns.count + index + 1, reason)
                }
                ends[index] = used
            }
        }
        for (index, column) in columns.enumerated() {
            used = starts[index]
            write(Int32(1))
            write(haveNull[index])
            write(column == .text ? ElementType.text : ElementType.bigint)
            write(Int32(count))
            write(Int32(1))
        }
        return nil
    }

    /// How many bytes an element takes behind its length, with that.
    private static func size(of value: SQLRows.Value) -> Int {
        switch unsafe value {
        case .null: 4
        case .integer, .real: 12
        case .text(_, let count): 4 + count
        }
    }

    /// Writes an element behind its length.
    ///
    /// - Returns: why it is refused; nil where it is written.
    private func write(
        _ value: SQLRows.Value,
        as column: SQLBulkStatement.Column
    ) -> String? {
        switch unsafe (value, column) {
        case (.null, _):
            write(Int32(-1))
        case (.integer(let integer), .integer):
            write(Int32(8))
            write(integer)
        case (.text(let text, let count), .text):
            guard unsafe memchr(text, 0, count) == nil else { return "contains U+0000" }
            write(Int32(count))
            unsafe memcpy(bytes + used, text, count)
            used += count
        case (_, .integer): return "is no integer"
        case (_, .text): return "is no text"
        }
        return nil
    }

    private func write(_ number: Int32) { writeBytes(of: number.bigEndian) }

    private func write(_ number: Int64) { writeBytes(of: number.bigEndian) }

    private func writeBytes<Number: FixedWidthInteger>(of number: Number) {
        unsafe UnsafeMutableRawPointer(bytes + used).storeBytes(of: number, as: Number.self)
        used += MemoryLayout<Number>.size
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        unsafe bytes.deallocate()
        capacity = max(needed, capacity * 2)
        unsafe bytes = .allocate(capacity: capacity)
    }
}
