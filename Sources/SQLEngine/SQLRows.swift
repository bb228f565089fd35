/// The values of rows for a bulk statement, one row after the other, packed into one block of memory.
///
/// So rows can be made away from the transaction that writes them, take little memory until then, and are
/// bound from where they stand.
package struct SQLRows: Sendable {
    /// One value where it stands in the block, which must outlive it.
    @unsafe
    package enum Value {
        case null
        case integer(Int64)
        case real(Double)
        /// The UTF-8 of a text, which has an address even where it is empty.
        case text(UnsafePointer<UInt8>, count: Int)
    }

    /// What stands before each value: a number is its eight bytes, a text, shorter than 4 GiB, its length in four and
    /// itself.
    private enum Tag {
        static let null: UInt8 = 0
        static let integer: UInt8 = 1
        static let real: UInt8 = 2
        static let text: UInt8 = 3
    }

    private var bytes: [UInt8] = []
    /// How many values there are.
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    // MARK: Appending

    package mutating func appendNull() {
        bytes.append(Tag.null)
        count += 1
    }

    /// Appends a text, or `NULL` for nil.
    package mutating func append(_ text: String?) {
        guard var text else { return appendNull() }
        text.withUTF8 { utf8 in
            appendHeader(UInt32(utf8.count))
            unsafe bytes.append(contentsOf: utf8)
        }
    }

    /// Appends an integer, or `NULL` for nil.
    package mutating func append(_ integer: Int64?) {
        guard let integer else { return appendNull() }
        append(Tag.integer, integer)
    }

    /// Appends an integer of Swift's own width.
    package mutating func append(_ integer: Int) { append(Int64(integer)) }

    /// Appends 1 for true and 0 for false, as the schema's `CHECK` constraints expect.
    package mutating func append(_ flag: Bool) { append(flag ? 1 : 0) }

    package mutating func append(_ value: SQLValue) {
        switch value {
        case .null: appendNull()
        case .integer(let integer): append(integer)
        case .real(let real): append(Tag.real, real)
        case .text(let text): append(text)
        }
    }

    private mutating func append<Number: BitwiseCopyable>(_ tag: UInt8, _ number: Number) {
        bytes.append(tag)
        unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
        count += 1
    }

    /// Appends a text that is put together in place.
    ///
    /// - Parameter write: appends the text's UTF-8, and changes nothing that stands there already.
    package mutating func appendText(_ write: (inout [UInt8]) -> Void) {
        appendHeader(0)
        let start = bytes.count
        write(&bytes)
        let length = UInt32(bytes.count - start)
        unsafe bytes.withUnsafeMutableBytes { block in
            let place = start - MemoryLayout<UInt32>.size
            unsafe block.storeBytes(of: length, toByteOffset: place, as: UInt32.self)
        }
    }

    private mutating func appendHeader(_ length: UInt32) {
        bytes.append(Tag.text)
        unsafe withUnsafeBytes(of: length) { unsafe bytes.append(contentsOf: $0) }
        count += 1
    }

    // MARK: Reading

    /// Reads the values in their order, inside ``SQLRows/read(_:)``.
    @unsafe
    package struct Reader {
        private let block: UnsafeRawBufferPointer
        private var offset = 0
        /// How many values are left.
        package private(set) var left: Int

        fileprivate init(_ block: UnsafeRawBufferPointer, count: Int) {
            unsafe self.block = unsafe block
            unsafe left = count
        }

        /// The next value; there is one.
        package mutating func next() -> Value {
            guard unsafe left > 0, let start = unsafe block.baseAddress else {
                preconditionFailure("no value is left")
            }
            unsafe left -= 1
            let place = unsafe start + offset + 1
            switch unsafe place.load(fromByteOffset: -1, as: UInt8.self) {
            case Tag.integer:
                unsafe offset += 1 + MemoryLayout<Int64>.size
                return unsafe .integer(place.loadUnaligned(as: Int64.self))
            case Tag.real:
                unsafe offset += 1 + MemoryLayout<Double>.size
                return unsafe .real(place.loadUnaligned(as: Double.self))
            case Tag.text:
                let count = unsafe Int(place.loadUnaligned(as: UInt32.self))
                let text = unsafe place + MemoryLayout<UInt32>.size
                unsafe offset += 1 + MemoryLayout<UInt32>.size + count
                return unsafe .text(text.assumingMemoryBound(to: UInt8.self), count: count)
            default:
                unsafe offset += 1
                return unsafe .null
            }
        }
    }

    /// Lends a reader of the values; what it reads is there until `use` returns.
    package func read<Result, Failure: Error>(
        _ use: (inout Reader) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result = unsafe bytes.withUnsafeBytes { block -> Swift.Result<Result, Failure> in
            var reader = unsafe Reader(block, count: count)
            do throws(Failure) {
                return unsafe .success(try use(&reader))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
