package import LintelModel
import SQLEngine
package import Storage

/// What stands around every page: cheap to ask.
extension Operations {
    /// The property of an id; nil where there is none.
    package func property(id: PropertyID) async throws -> Property? {
        try await database.read { try Properties.find(id, on: $0)?.property }
    }

    /// The unit of an id, in whatever property; nil where there is none.
    package func unit(id: UnitID) async throws -> Unit? {
        try await database.read { try Units.of([id], on: $0).first }
    }

    /// The first properties within somebody's reach, by name.
    package func propertyNames(
        within reach: Reach,
        limit: Int
    ) async throws -> [Properties.Named] {
        try await database.read { try Properties.names(within: reach, limit: limit, on: $0) }
    }

    package func openAlertCount(of property: Property) async throws -> Int {
        try await database.read { try Alerts.openCount(of: property.id, on: $0) }
    }
}
