import ConnectorKit
import Foundation
import LintelModel

/// Voyager's answers as they are written, cut to what is read: no birth date, social security number, rent
/// or charge is decoded.
enum YardiWire {
    /// Hands over every element of one of those names, however deep, that is not inside another one.
    static func elements(
        named names: [StaticString],
        in body: Data,
        at place: String,
        _ read: (inout XMLSkimmer) throws(XMLSkimmer.Failure) -> Void
    ) throws(ConnectorError) {
        func look(_ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                if names.contains(where: { name == $0 }) {
                    try read(&xml)
                } else {
                    try look(&xml)
                }
            }
        }
        do throws(XMLSkimmer.Failure) {
            try XMLSkimmer.read(body) { _, xml throws(XMLSkimmer.Failure) in try look(&xml) }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
    }

    static func properties(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        var properties: [PMSProperty] = []
        try elements(named: ["Property"], in: body, at: place) { xml throws(XMLSkimmer.Failure) in
            var code = ""
            var title = ""
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name {
                case "Code": code = try xml.text()
                case "MarketingName": title = try xml.text()
                default: break
                }
            }
            properties.append(
                PMSProperty(id: PMSPropertyID(code), name: title.isEmpty ? code : title)
            )
        }
        guard !properties.contains(where: { $0.id.text.isEmpty }) else {
            throw ConnectorError(.malformed, attempting: place, "a property has no Code")
        }
        return properties
    }

    // MARK: Units

    /// A unit of either interface.
    struct Unit {
        /// The number that stays when the code changes, where Voyager says it.
        var uniqueID = ""
        var code = ""
        var building = ""
        var addressLine = ""
        /// Whether Voyager leaves the unit out of what is let.
        var isExcluded = false

        init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            try read(&xml)
        }

        /// Reads what is a unit's own from its element and from those around its facts.
        private mutating func read(_ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name {
                case "UnitID":
                    if uniqueID.isEmpty { uniqueID = try xml.attribute("UniqueID") ?? "" }
                    let text = try xml.text()
                    if code.isEmpty { code = text }
                case "Unit", "Information": try read(&xml)
                case "BuildingName", "BuildingID":
                    if building.isEmpty { building = try xml.text() }
                case "Excluded":
                    // Any number but 0 excludes.
                    let word = try xml.text()
                    isExcluded = !word.isEmpty && WireFlag.read(word) != false
                case "Address":
                    try xml.children { name, xml throws(XMLSkimmer.Failure) in
                        guard addressLine.isEmpty else { return }
                        if name == "AddressLine1" || name == "Address1" {
                            addressLine = try xml.text()
                        }
                    }
                default: break
                }
            }
        }
    }

    // MARK: Residents of ItfResidentData

    struct Resident {
        var code = ""
        var status = ""
        var firstName = ""
        var lastName = ""
        var email = ""
        var phone = ""
        var unit = ""
        var leaseStart = ""
        var leaseEnd = ""
        var moveIn = ""
        var moveOut = ""
        var others: [Occupant] = []

        init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            code = try xml.attribute("tCode") ?? ""
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name {
                case "tCode", "TenantCode": code = try xml.text()
                case "Status": status = try xml.text()
                case "FirstName": firstName = try xml.text()
                case "LastName": lastName = try xml.text()
                case "Email": email = try xml.text()
                case "Phone":
                    let number = try YardiWire.phone(in: &xml)
                    if phone.isEmpty { phone = number }
                case "UnitCode": unit = try xml.text()
                case "LeaseFromDate": leaseStart = try xml.text()
                case "LeaseToDate": leaseEnd = try xml.text()
                case "MoveInDate": moveIn = try xml.text()
                case "MoveOutDate": moveOut = try xml.text()
                case "OtherOccupants":
                    try xml.children { name, xml throws(XMLSkimmer.Failure) in
                        if name == "OtherOccupant" { others.append(try Occupant(from: &xml)) }
                    }
                default: break
                }
            }
        }
    }

    /// A roommate.
    struct Occupant {
        var code = ""
        var firstName = ""
        var lastName = ""
        var email = ""
        var phone = ""
        var moveIn = ""
        var moveOut = ""

        init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            code = try xml.attribute("Code") ?? ""
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name {
                case "FirstName": firstName = try xml.text()
                case "LastName": lastName = try xml.text()
                case "Email": email = try xml.text()
                case "Phone":
                    let number = try YardiWire.phone(in: &xml)
                    if phone.isEmpty { phone = number }
                case "MoveInDate": moveIn = try xml.text()
                case "MoveOutDate": moveOut = try xml.text()
                default: break
                }
            }
        }
    }

    private static func phone(
        in xml: inout XMLSkimmer
    ) throws(XMLSkimmer.Failure) -> String {
        var number = ""
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            if name == "PhoneNumber" { number = try xml.text() }
        }
        return number
    }
}
