import ConnectorKit
import Foundation
import LintelModel

/// AppFolio's answers as they are written, cut to what is read.
enum AppFolioWire {
    struct Property {
        var id = ""
        var name = ""
        var isHidden = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "Name": name = try skimmer.text()
                case "HiddenAt": isHidden = try !skimmer.text().isEmpty
                default: break
                }
            }
        }
    }

    /// The properties of an answer that are not deleted.
    static func properties(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        let rows = try JSONSkimmer.records(
            of: body,
            list: "data",
            id: "Id",
            at: place,
            Property.init(from:)
        )
        var properties: [PMSProperty] = []
        for row in rows {
            guard case .record(let property) = row, !property.id.isEmpty else {
                throw ConnectorError(.malformed, attempting: place, "a property has no Id")
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
                case "Id": id = try skimmer.text()
                case "PropertyId": property = try skimmer.text()
                case "Name": name = try skimmer.text()
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
        var email = ""
        var phone = ""
        var status = ""
        var moveIn = ""
        var moveOut = ""
        var isHidden = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "PropertyId": property = try skimmer.text()
                case "UnitId": unit = try skimmer.text()
                case "OccupancyId": occupancy = try skimmer.text()
                case "FirstName": firstName = try skimmer.text()
                case "LastName": lastName = try skimmer.text()
                case "Email": email = try skimmer.text()
                case "PhoneNumber":
                    phone =
                        try skimmer.attempt { s throws(JSONSkimmer.Failure) in try s.text() } ?? ""
                case "Status": status = try skimmer.text()
                case "MoveInOn": moveIn = try skimmer.text()
                case "MoveOutOn": moveOut = try skimmer.text()
                case "HiddenAt": isHidden = try !skimmer.text().isEmpty
                default: break
                }
            }
        }
    }
}
