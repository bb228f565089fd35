package import LintelModel
import SQLEngine
package import Storage

/// What stands around every page: cheap to ask.
extension Operations {
    /// The property of an id; nil where there is none.
    package func property(id: PropertyID) async throws -> Property? {
        try await database.read { try Properties.find(id, on: $0)?.property }
    }

    /// The first properties within somebody's reach, by name.
    package func propertyNames(
        within reach: Reach,
        limit: Int
    ) async throws -> [Properties.Named] {
        try await database.read { try Properties.names(within: reach, limit: limit, on: $0) }
    }

    /// How many alerts of a property wait; counting ends at the limit.
    package func openAlertCount(of property: Property, upTo limit: Int = .max) async throws -> Int {
        try await database.read { try Alerts.openCount(of: property.id, upTo: limit, on: $0) }
    }
}
