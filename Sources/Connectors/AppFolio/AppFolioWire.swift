import ConnectorKit
import Foundation
import LintelModel

/// AppFolio's answers as they are written, cut to what is read.
///
/// Stack and Reports have other names for the same things, and no name in common.
enum AppFolioWire {
    struct Property {
        var id = ""
        var name = ""
        var isHidden = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id", "property_id": id = try skimmer.text()
                case "Name", "property_name": name = try skimmer.text()
                case "HiddenAt": isHidden = try !skimmer.text().isEmpty
                default: break
                }
            }
        }
    }

    /// The properties of an answer that are not deleted.
    static func properties(
        in body: Data,
        of interface: AppFolioInterface
    ) throws(ConnectorError) -> [PMSProperty] {
        let place = AppFolioList.properties.rawValue
        let rows = try JSONSkimmer.records(
            of: body,
            list: interface.records,
            id: interface.id(of: .properties),
            at: place,
            Property.init(from:)
        )
        var properties: [PMSProperty] = []
        for row in rows {
            guard case .record(let property) = row, !property.id.isEmpty else {
                throw ConnectorError(.malformed, attempting: place, "a property has no id")
            }
            if property.isHidden { continue }
            properties.append(
                PMSProperty(
                    id: PMSPropertyID(property.id),
                    name: property.name.isEmpty ? property.id : property.name
                )
            )
        }
        return properties
    }

    struct Unit {
        var id = ""
        var property = ""
        var name = ""
        var isHidden = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id", "unit_id": id = try skimmer.text()
                case "PropertyId", "property_id": property = try skimmer.text()
                case "Name", "unit": name = try skimmer.text()
                case "HiddenAt": isHidden = try !skimmer.text().isEmpty
                default: break
                }
            }
        }
    }

    struct Tenant {
        var id = ""
        var property = ""
        var unit = ""
        var occupancy = ""
        var firstName = ""
        var lastName = ""
        /// First and last name in one, as a report has them.
        var name = ""
        var email = ""
        var phone = ""
        var status = ""
        var leaseStart = ""
        var leaseEnd = ""
        var moveIn = ""
        var moveOut = ""
        var isHidden = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id", "selected_tenant_id": id = try skimmer.text()
                case "PropertyId", "property_id": property = try skimmer.text()
                case "UnitId", "unit_id": unit = try skimmer.text()
                case "OccupancyId", "occupancy_id": occupancy = try skimmer.text()
                case "FirstName", "first_name": firstName = try skimmer.text()
                case "LastName", "last_name": lastName = try skimmer.text()
                case "tenant": name = try skimmer.text()
                case "Email": email = try skimmer.text()
                case "emails": email = Self.first(of: try skimmer.text())
                case "PhoneNumber":
                    phone =
                        try skimmer.attempt { s throws(JSONSkimmer.Failure) in try s.text() } ?? ""
                case "phone_numbers": phone = Self.first(of: try skimmer.text())
                case "Status", "status": status = try skimmer.text()
                case "lease_from": leaseStart = try skimmer.text()
                case "lease_to": leaseEnd = try skimmer.text()
                case "MoveInOn", "move_in": moveIn = try skimmer.text()
                case "MoveOutOn", "move_out": moveOut = try skimmer.text()
                case "HiddenAt": isHidden = try !skimmer.text().isEmpty
                default: break
                }
            }
        }

        /// The first of a report's addresses or numbers, such as `Mobile: 617-555-0101; 617-555-0102`, without
        /// its label.
        private static func first(of several: String) -> String {
            let first = several.split { ",;".contains($0) || $0.isNewline }.first ?? ""
            return String(first.split(separator: ":").last ?? "").trimmed
        }
    }
}
