import ConnectorKit
import Foundation
import LintelModel

/// MRI's rows as they are written, cut to what is read.
///
/// The same thing has other names in other services and versions; all of them are read.
enum MRIWire {
    struct Place {
        var property = ""
        var propertyName = ""
        var building = ""
        var unit = ""

        init() {}

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                _ = try take(key, &skimmer)
            }
        }

        /// Reads a member that says where; false, and nothing read, for another.
        mutating func take(
            _ key: WireKey,
            _ skimmer: inout JSONSkimmer
        ) throws(JSONSkimmer.Failure) -> Bool {
            switch key {
            case "PropertyID", "RMPROPID", "PropertyId", "PROPERTYID":
                property = try skimmer.text()
            case "PropertyName": propertyName = try skimmer.text()
            case "BuildingID", "RMBLDGID", "BuildingId", "BUILDINGID":
                building = try skimmer.text()
            case "UnitID", "UNITID", "UnitId": unit = try skimmer.text()
            default: return false
            }
            return true
        }
    }

    static func properties(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        let rows = try JSONSkimmer.records(
            of: body,
            list: "value",
            id: "PropertyID",
            at: place,
            Place.init(from:)
        )
        return try rows.map { row throws(ConnectorError) in
            guard case .record(let property) = row, !property.property.isEmpty else {
                throw ConnectorError(.malformed, attempting: place, "a property has no PropertyID")
            }
            return PMSProperty(
                id: PMSPropertyID(property.property),
                name: property.propertyName.isEmpty ? property.property : property.propertyName
            )
        }
    }

    /// A person on a lease.
    struct Row {
        var place = Place()
        var id = ""
        var lease = ""
        var firstName = ""
        var lastName = ""
        var status = ""
        /// What other row shapes have in place of a status.
        var letter = ""
        /// `R` for a resident, in other row shapes.
        var kind = ""
        var email = ""
        var phone = ""
        var cellPhone = ""
        var leaseStart = ""
        var leaseEnd = ""
        var occupied = ""
        var leaseMoveOut = ""
        var vacated = ""
        var notified = ""
        var isCurrent: Bool?
        var isGuarantor = false
        var isMinor = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                if try place.take(key, &skimmer) { return }
                switch key {
                case "ResidentNameID", "NameID", "NameId": id = try skimmer.text()
                case "LeaseID", "RMLEASEID", "LeaseId": lease = try skimmer.text()
                case "FirstName": firstName = try skimmer.text()
                case "LastName": lastName = try skimmer.text()
                case "ResidentStatus": status = try skimmer.text()
                case "Status", "NameStatus": letter = try skimmer.text()
                case "ResidentType", "ProspectApplicantResident": kind = try skimmer.text()
                case "Email": email = try skimmer.text()
                case "PhoneNumber": phone = try skimmer.text()
                case "CellPhoneNumber", "Cell": cellPhone = try skimmer.text()
                case "LeaseStart": leaseStart = try skimmer.text()
                case "LeaseEnd": leaseEnd = try skimmer.text()
                case "OccupyDate", "OccupantOccupyDate": occupied = try skimmer.text()
                case "LeaseMoveOut": leaseMoveOut = try skimmer.text()
                case "ResidentVacateDate", "VacateDate": vacated = try skimmer.text()
                case "DateNotified": notified = try skimmer.text()
                case "IsCurrent": isCurrent = try skimmer.flag()
                case "Guarantor": isGuarantor = try skimmer.flag() ?? false
                case "Minor": isMinor = try skimmer.flag() ?? false
                default: break
                }
            }
        }
    }
}
