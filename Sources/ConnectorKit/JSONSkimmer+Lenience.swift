/// How answers are read although vendors write one thing in several ways: numbers as text and
/// text as numbers, a single record without its list, and `[]`, `{}`, `""`, `false` or `null` for nothing.
extension JSONSkimmer {
    /// Text without space around it, or a number or flag as text; empty where there is nothing.
    package mutating func text() throws(Failure) -> String {
        let found = try kind()
        let start = position
        switch found {
        case .string, .number: return try scalar()?.trimmed ?? ""
        case .literal: return try scalar() == "true" ? "1" : ""
        case .object, .array:
            guard try isNothing() else { throw .malformed(at: start) }
            return ""
        }
    }

    /// A flag, however it is written; nil where there is nothing or another word.
    package mutating func flag() throws(Failure) -> Bool? { WireFlag.read(try text()) }

    /// The records of a list, whether an array, a single record or nothing.
    package mutating func list<Record>(
        _ read: (inout JSONSkimmer) throws(Failure) -> Record
    ) throws(Failure) -> [Record] {
        var records: [Record] = []
        if try kind() == .array {
            try elements { skimmer throws(Failure) in records.append(try read(&skimmer)) }
        } else if try !isNothing() {
            records.append(try read(&self))
        }
        return records
    }

    /// The records of a list that stands in a wrapper of its own, such as `customers.customer`.
    package mutating func list<Record>(
        in key: StaticString,
        _ read: (inout JSONSkimmer) throws(Failure) -> Record
    ) throws(Failure) -> [Record] {
        guard try !isNothing() else { return [] }
        var records: [Record] = []
        try members { name, skimmer throws(Failure) in
            if name == key { records = try skimmer.list(read) }
        }
        return records
    }

    /// Passes over what is written for nothing; false, and nothing passed, where something stands.
    private mutating func isNothing() throws(Failure) -> Bool {
        var ahead = self
        let isNothing: Bool
        switch try ahead.kind() {
        case .object, .array:
            isNothing = try ahead.isEmpty()
            if isNothing { try ahead.skip() }
        case .string: isNothing = try ahead.scalar() == ""
        case .literal: isNothing = try ahead.scalar() != "true"
        case .number: isNothing = false
        }
        if isNothing { self = ahead }
        return isNothing
    }
}
