/// A property as a PMS lists it.
package struct PMSProperty: Sendable, Equatable {
    package var id: PMSPropertyID
    package var name: String

    package init(id: PMSPropertyID, name: String) {
        self.id = id
        self.name = name
    }
}
