/// How Entrata's answers are read although they write one thing in several ways: numbers as text and
/// text as numbers, a single record without its list, and `[]`, `""` or `null` for nothing at all.
extension KeyedDecodingContainer where Key == EntrataKey {
    /// Text, or a number or flag as text; empty where there is nothing.
    ///
    /// - Parameters:
    ///   - key: The member to read.
    ///   - isUsuallyNumber: Tries a number first; a wrong guess costs time, not truth.
    func text(_ key: EntrataKey, isUsuallyNumber: Bool = false) throws -> String {
        if isUsuallyNumber, let number = try? decodeIfPresent(Int64.self, forKey: key) {
            return String(number)
        }
        do {
            return try decodeIfPresent(String.self, forKey: key) ?? ""
        } catch {
            if let number = try? decode(Int64.self, forKey: key) { return String(number) }
            if let flag = try? decode(Bool.self, forKey: key) { return flag ? "1" : "0" }
            if try isNothing(key) { return "" }
            throw error
        }
    }

    /// The records of a list, whether an array, a single record or nothing.
    func list<Record: Decodable>(_ key: EntrataKey, of type: Record.Type) throws -> [Record] {
        guard contains(key) else { return [] }
        if var array = try? nestedUnkeyedContainer(forKey: key) {
            var records: [Record] = []
            records.reserveCapacity(array.count ?? 0)
            while !array.isAtEnd {
                try records.append(array.decode(Record.self))
            }
            return records
        }
        if try isNothing(key) { return [] }
        return [try decode(Record.self, forKey: key)]
    }

    /// The records of a list that stands in a wrapper of its own, such as `customers.customer`.
    func list<Record: Decodable>(
        _ wrapper: EntrataKey,
        _ key: EntrataKey,
        of type: Record.Type
    ) throws -> [Record] {
        guard contains(wrapper) else { return [] }
        do {
            let nested = try nestedContainer(keyedBy: EntrataKey.self, forKey: wrapper)
            return try nested.list(key, of: type)
        } catch {
            if try isNothing(wrapper) { return [] }
            throw error
        }
    }

    /// Whether a member is what Entrata writes for nothing.
    private func isNothing(_ key: EntrataKey) throws -> Bool {
        if try decodeNil(forKey: key) { return true }
        if let array = try? nestedUnkeyedContainer(forKey: key) { return array.isAtEnd }
        if let text = try? decode(String.self, forKey: key) { return text.isEmpty }
        if let flag = try? decode(Bool.self, forKey: key) { return !flag }
        return false
    }
}
