/// A building of a synthetic property.
package struct SyntheticBuilding: Sendable, Equatable {
    package let id: Int
    /// Letters as spreadsheets letter their columns: A to Z, then AA.
    package let name: String

    /// The name of the building at that place, from 0.
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
