package import LintelModel
import SQLEngine
import Storage

/// The switches and numbers of a property.
extension Operations {
    /// Writes one setting of a property.
    package func set(_ key: String, of property: Property, to value: String) async throws {
        try await set([(key, value)], of: property)
    }

    /// Writes settings of a property, all of them or none.
    ///
    /// - Throws: ``OperationError`` that names the first key that does not exist or cannot be so.
    package func set(
        _ values: [(key: String, value: String)],
        of property: Property
    ) async throws {
        var settings = property.settings
        var written: [(key: PropertySettings.Key, value: String)] = []
        for (name, value) in values {
            guard let key = PropertySettings.keys.first(where: { $0.name == name }) else {
                throw OperationError(
                    "there is no setting “\(name)”; the settings are "
                        + PropertySettings.keys.map(\.name).joined(separator: ", ")
                )
            }
            if let expected = key.set(&settings, value) {
                throw OperationError("\(name) cannot be “\(value)”; expected \(expected)")
            }
            written.append((key, key.get(settings)))
        }
        let all = written
        try await database.write { connection in
            let before = try Properties.find(property.id, on: connection)?.property.settings
            for (key, value) in all {
                try Properties.set(key, of: property.id, to: value, on: connection)
                guard let before, key.get(before) != value else { continue }
                try note(
                    AuditLog.Draft(
                        "setting",
                        of: property.id,
                        key.name,
                        before: key.get(before),
                        after: value
                    ),
                    on: connection
                )
            }
            try Properties.touch(property.id, on: connection)
        }
    }

    /// Turns User Sync on, and Unit Sync with it.
    ///
    /// - Returns: the property as it is now.
    package func turnSyncOn(of property: Property) async throws -> Property {
        try await set([("user-sync", "on"), ("unit-sync", "on")], of: property)
        var property = property
        property.settings.userSync = true
        property.settings.unitSync = true
        return property
    }

    /// How many assignments of a property are current or upcoming.
    package func openAssignmentCount(of property: Property) async throws -> Int {
        try await database.read { try Assignments.openCount(of: property.id, on: $0) }
    }
}
