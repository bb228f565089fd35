import ConnectorKit
import Foundation
import LintelModel

/// The interfaces of AppFolio that can be read.
enum AppFolioInterface: String, Sendable, CaseIterable {
    /// The Stack interface, version 0.
    case stack = "Stack"
    /// The Reports interface, version 2.
    case reports = "Reports"

    /// Where a list is; properties and units are both read off the rent roll, where there is no more.
    func path(of list: AppFolioList) -> String {
        switch (self, list) {
        case (.stack, _): "/api/v0/\(list.rawValue)"
        case (.reports, .tenants): "/api/v2/reports/tenant_directory.json"
        case (.reports, _): "/api/v2/reports/rent_roll.json"
        }
    }

    /// The member that is the list.
    var records: StaticString { self == .stack ? "data" : "results" }

    /// The member that names the next page: by its path, or by its whole address.
    var nextPage: StaticString { self == .stack ? "next_page_path" : "next_page_url" }

    /// The member that is the id of a list's record.
    func id(of list: AppFolioList) -> StaticString {
        guard self == .reports else { return "Id" }
        switch list {
        case .properties: return "property_id"
        case .units: return "unit_id"
        case .tenants: return "selected_tenant_id"
        }
    }

    /// The path and query of a next page; nil where it is none of that list.
    ///
    /// The host of a whole address is left out: credentials go to the address of the connection alone.
    func next(_ link: String, of list: AppFolioList) -> String? {
        let path = path(of: list)
        let parts = link.split(separator: "?", maxSplits: 1)
        guard parts.count == 2, self == .stack ? parts[0] == path : parts[0].hasSuffix(path),
            link.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "#" })
        else { return nil }
        return "\(path)?\(parts[1])"
            .replacing("[", with: "%5B").replacing("]", with: "%5D")
    }
}

/// The lists that are read.
enum AppFolioList: String, Sendable {
    case properties
    case units
    case tenants
}

/// The filters of a report.
///
/// The rent roll is asked for properties and units alone; no resident is on it then. The columns of the
/// tenant directory are left as they are: a name that is none refuses the whole report.
struct AppFolioReportFilters: Encodable {
    struct Properties: Encodable {
        let propertiesIds: [String]
    }

    private let paginateResults = true
    private var properties: Properties?
    private var columns: [String]?
    private var unitVisibility: String?
    private var tenantVisibility: String?
    private var tenantTypes: [String]?
    private var tenantStatuses: [String]?

    init(of list: AppFolioList, in property: PMSPropertyID?) {
        properties = property.map { Properties(propertiesIds: [$0.text]) }
        switch list {
        case .properties:
            columns = ["property_id", "property_name"]
            unitVisibility = "active"
        case .units:
            columns = ["property_id", "property_name", "unit_id", "unit"]
            unitVisibility = "active"
        case .tenants:
            tenantVisibility = "active"
            tenantTypes = ["all"]
            // Current, past, future, under eviction, on notice.
            tenantStatuses = ["0", "1", "2", "3", "4"]
        }
    }

    /// As they are sent.
    func encoded(attempting attempt: String) throws(ConnectorError) -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        do {
            return try encoder.encode(self)
        } catch {
            throw ConnectorError(.malformed, attempting: attempt, "the request cannot be written")
        }
    }
}
