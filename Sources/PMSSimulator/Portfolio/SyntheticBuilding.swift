/// A building of a synthetic property.
package struct SyntheticBuilding: Sendable, Equatable {
    package let id: Int
    /// `A`, `B` … `Z`, `AA` …
    package let name: String

    /// The letters of the building at that place, as spreadsheets letter their columns.
    static func name(at index: Int) -> String {
        var name: [UInt8] = []
        var rest = index
        repeat {
            name.append(UInt8(ascii: "A") + UInt8(rest % 26))
            rest = rest / 26 - 1
        } while rest >= 0
        return String(decoding: name.reversed(), as: UTF8.self)
    }
}
