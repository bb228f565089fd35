package import struct Foundation.Data

/// Walks over JSON text without building a tree: finds members, counts elements, reads the values that
/// are wanted and passes over the rest, and sees whether the text is whole.
///
/// What is passed over is checked for structure, not for every rule of the grammar. The reader of each
/// member or element consumes its value; one that reads nothing has it skipped.
package struct JSONSkimmer {
    /// Why the text cannot be walked, with the offset in bytes.
    package enum Failure: Error, Equatable {
        case truncated(at: Int)
        case malformed(at: Int)
    }

    package enum Kind: Sendable, Equatable {
        case object
        case array
        case string
        case number
        case literal
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next value or space begins, in bytes.
    package private(set) var position = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Walks over one whole text; `body` reads the outermost value, and only space may follow it.
    package static func read<Result>(
        _ data: Data,
        _ body: (inout JSONSkimmer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The pointer does not outlive the closure: a skimmer is only ever lent.
        let outcome: Swift.Result<Result, Failure> = data.withUnsafeBytes { raw in
            var skimmer = JSONSkimmer(raw.bindMemory(to: UInt8.self))
            do throws(Failure) {
                let start = skimmer.position
                let result = try body(&skimmer)
                if skimmer.position == start { try skimmer.skip() }
                skimmer.passSpace()
                guard skimmer.position == skimmer.bytes.count else {
                    throw .malformed(at: skimmer.position)
                }
                return .success(result)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// What stands next.
    package mutating func kind() throws(Failure) -> Kind {
        passSpace()
        return switch try current() {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): .literal
        default: throw .malformed(at: position)
        }
    }

    /// Reads the members of the object that stands next; a key is lent, as it is written.
    package mutating func members(
        _ visit: (WireKey, inout JSONSkimmer) throws(Failure) -> Void
    ) throws(Failure) {
        try open(UInt8(ascii: "{"))
        if try closes(UInt8(ascii: "}")) { return }
        while true {
            passSpace()
            guard try current() == UInt8(ascii: "\"") else { throw .malformed(at: position) }
            let start = position + 1
            try passString()
            let key = WireKey(UnsafeBufferPointer(rebasing: bytes[start..<(position - 1)]))
            passSpace()
            guard try current() == UInt8(ascii: ":") else { throw .malformed(at: position) }
            position += 1
            passSpace()
            let value = position
            try visit(key, &self)
            if position == value { try skip() }
            if try separates(before: UInt8(ascii: "}")) { continue }
            return
        }
    }

    /// Reads the elements of the array that stands next.
    package mutating func elements(
        _ visit: (inout JSONSkimmer) throws(Failure) -> Void
    ) throws(Failure) {
        try open(UInt8(ascii: "["))
        if try closes(UInt8(ascii: "]")) { return }
        while true {
            passSpace()
            let value = position
            try visit(&self)
            if position == value { try skip() }
            if try separates(before: UInt8(ascii: "]")) { continue }
            return
        }
    }

    /// The string that stands next, or the number or literal as written; nil, skipped, where it is an
    /// object or array.
    package mutating func scalar() throws(Failure) -> String? {
        let found = try kind()
        let start = position
        switch found {
        case .object, .array:
            try skip()
            return nil
        case .string:
            let hasEscapes = try passString()
            let range = (start + 1)..<(position - 1)
            return try JSONText.string(in: bytes, range, hasEscapes: hasEscapes)
        case .number, .literal:
            try passBare()
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
    }

    /// Whether the object or array that stands next has nothing in it; nothing is consumed.
    package func isEmpty() throws(Failure) -> Bool {
        var ahead = self
        let found = try ahead.kind()
        guard found == .object || found == .array else { return false }
        ahead.position += 1
        return try ahead.closes(found == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    /// Reads what may fail for its kind; where it does, nothing is consumed and nil is given.
    package mutating func attempt<Value>(
        _ read: (inout JSONSkimmer) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        var ahead = self
        do throws(Failure) {
            let value = try read(&ahead)
            self = ahead
            return value
        } catch {
            if case .truncated = error { throw error }
            return nil
        }
    }

    /// Passes over the value that stands next, whatever it is, and gives where it stood.
    @discardableResult
    package mutating func skip() throws(Failure) -> Range<Int> {
        passSpace()
        let start = position
        switch try current() {
        case UInt8(ascii: "{"), UInt8(ascii: "["): try passNested()
        case UInt8(ascii: "\""): try passString()
        default: try passBare()
        }
        return start..<position
    }

    private mutating func passNested() throws(Failure) {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                try passString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    position += 1
                    return
                }
            default: break
            }
            position += 1
        }
        throw .truncated(at: bytes.count)
    }

    /// Passes over the string that begins at ``position``, and tells whether it has escapes.
    @discardableResult
    private mutating func passString() throws(Failure) -> Bool {
        var index = position + 1
        let end = bytes.count
        var hasEscapes = false
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                return hasEscapes
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        throw .truncated(at: end)
    }

    private mutating func passBare() throws(Failure) {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
                position += 1
            default:
                guard position > start else { throw .malformed(at: position) }
                return
            }
        }
    }

    private mutating func open(_ bracket: UInt8) throws(Failure) {
        passSpace()
        guard try current() == bracket else { throw .malformed(at: position) }
        position += 1
    }

    private mutating func closes(_ bracket: UInt8) throws(Failure) -> Bool {
        passSpace()
        guard try current() == bracket else { return false }
        position += 1
        return true
    }

    /// Passes a comma, or the closing bracket, which ends the list.
    private mutating func separates(before bracket: UInt8) throws(Failure) -> Bool {
        passSpace()
        let byte = try current()
        guard byte == UInt8(ascii: ",") || byte == bracket else { throw .malformed(at: position) }
        position += 1
        return byte != bracket
    }

    private func current() throws(Failure) -> UInt8 {
        guard position < bytes.count else { throw .truncated(at: bytes.count) }
        return bytes[position]
    }

    private mutating func passSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}
