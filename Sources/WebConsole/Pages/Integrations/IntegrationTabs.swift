/// The tabs of Manage Settings.
enum IntegrationTabs: String, CaseIterable {
    case credentials = "Credentials"
    case propertyIDs = "Property IDs"
    case leaseStatuses = "Lease Statuses"
    case unitMapping = "Unit Mapping"
    case safety = "Safety"
    case syncHistory = "Sync History"

    static func links(_ visit: Visit, current: IntegrationTabs) -> [Frame.Link] {
        allCases.map { tab in
            Frame.Link(label: tab.rawValue, href: tab.path(visit), isCurrent: tab == current)
        }
    }

    private func path(_ visit: Visit) -> String {
        switch self {
        case .credentials: visit.at("integrations", "credentials")
        case .propertyIDs: visit.at("integrations", "property-ids")
        case .leaseStatuses: visit.at("integrations", "lease-statuses")
        case .unitMapping: visit.at("integrations", "unit-mapping")
        case .safety: visit.at("integrations", "safety")
        case .syncHistory: visit.at("sync-history")
        }
    }
}
