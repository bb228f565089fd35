/// What an act needs of whoever does it.
package enum Permission: Sendable, CaseIterable {
    /// Seeing.
    case read
    /// The daily work: units, people, mapping, sync, alerts, approvals, undo.
    case operate
    /// Setting up: credentials, off switches, Safety numbers, staff, tokens.
    case manage
}

/// What a member of staff, or a token, may do.
package enum Role: String, Sendable, CaseIterable, Codable {
    case portfolioManager = "portfolio-manager"
    case propertyManager = "property-manager"
    case viewer

    /// The role as pages name it.
    package var title: String {
        switch self {
        case .portfolioManager: "Portfolio manager"
        case .propertyManager: "Property manager"
        case .viewer: "Viewer"
        }
    }

    package func includes(_ permission: Permission) -> Bool {
        switch (self, permission) {
        case (.portfolioManager, _), (.propertyManager, .read), (.propertyManager, .operate),
            (.viewer, .read):
            true
        case (.propertyManager, .manage), (.viewer, .operate), (.viewer, .manage): false
        }
    }
}

/// The properties that somebody's role reaches.
package enum Reach: Sendable, Equatable {
    case everything
    case properties(Set<PropertyID>)

    package func includes(_ property: PropertyID) -> Bool {
        switch self {
        case .everything: true
        case .properties(let named): named.contains(property)
        }
    }
}

/// A role and where it holds: the one place in which it is judged what somebody may do.
package struct Grant: Sendable, Equatable {
    package let role: Role
    package let reach: Reach

    /// A portfolio manager's role reaches everything, whatever is named.
    package init(_ role: Role, _ reach: Reach) {
        self.role = role
        self.reach = role == .portfolioManager ? .everything : reach
    }

    /// Whether it allows that at a property, or, where none is named, for the portfolio as a whole.
    package func allows(_ permission: Permission, at property: PropertyID?) -> Bool {
        guard role.includes(permission) else { return false }
        if let property { return reach.includes(property) }
        return reach == .everything
    }
}
