/// A column that a reader of some file knows: its name, other names for it, and whether it must be there.
package struct DelimitedColumn: Sendable, Equatable {
    package let name: String
    package let aliases: [String]
    package let isRequired: Bool

    package init(_ name: String, aliases: [String] = [], isRequired: Bool = false) {
        self.name = name
        self.aliases = aliases
        self.isRequired = isRequired
    }
}
