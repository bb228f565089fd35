/// The operations of Entrata that are called, and where each keeps its list.
enum EntrataOperation: String, Sendable {
    case getProperties
    case getPropertyUnits
    case getLeases
    case getLeasePickList

    /// The path's last word; Entrata counts its limits by it.
    var service: String {
        switch self {
        case .getProperties: "properties"
        case .getPropertyUnits: "propertyunits"
        case .getLeases, .getLeasePickList: "leases"
        }
    }

    var version: String {
        switch self {
        case .getProperties, .getPropertyUnits, .getLeasePickList: "r1"
        case .getLeases: "r2"
        }
    }

    /// The members from `result` to the list.
    var listPath: [StaticString] {
        switch self {
        case .getProperties: ["PhysicalProperty", "Property"]
        case .getPropertyUnits: ["properties", "property"]
        case .getLeases: ["leases", "lease"]
        case .getLeasePickList: ["leaseStatusTypes", "leaseStatusType"]
        }
    }

    /// The members from each element of the list to the records counted, where those lie deeper.
    var recordPath: [StaticString]? {
        self == .getPropertyUnits ? ["units", "unit"] : nil
    }
}
