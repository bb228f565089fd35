/// The tabs of the integration's settings; a page shows them with the partial `integration-tabs`, from a
/// property `tabs` of its model.
enum IntegrationTabs: CaseIterable {
    case credentials, propertyIDs, leaseStatuses, unitMapping, safety, syncHistory

    private var label: String {
        switch self {
        case .credentials: "Credentials"
        case .propertyIDs: "Property IDs"
        case .leaseStatuses: "Lease Statuses"
        case .unitMapping: "Unit Mapping"
        case .safety: "Safety"
        case .syncHistory: "Sync History"
        }
    }

    /// The tab's page.
    func href(_ visit: Visit) -> String {
        switch self {
        case .credentials: visit.at("integrations", "credentials")
        case .propertyIDs: visit.at("integrations", "property-ids")
        case .leaseStatuses: visit.at("integrations", "lease-statuses")
        case .unitMapping: visit.at("integrations", "unit-mapping")
        case .safety: visit.at("integrations", "safety")
        case .syncHistory: visit.at("sync-history")
        }
    }

    /// The tabs as a page under one of them shows them.
    static func links(_ visit: Visit, at current: IntegrationTabs) -> [Frame.Link] {
        allCases.map {
            Frame.Link(label: $0.label, href: $0.href(visit), isCurrent: $0 == current)
        }
    }
}
