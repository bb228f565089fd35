/// A resident anywhere in the portfolio: a PMS numbers its residents per connection.
package struct ResidentKey: Hashable, Comparable, Sendable, Codable {
    package var connection: ConnectionID
    package var resident: PMSResidentID

    package init(connection: ConnectionID, resident: PMSResidentID) {
        self.connection = connection
        self.resident = resident
    }

    /// Few residents of different connections have one id.
    package func hash(into hasher: inout Hasher) { hasher.combine(resident) }

    package static func < (left: Self, right: Self) -> Bool {
        (left.resident, left.connection) < (right.resident, right.connection)
    }
}
