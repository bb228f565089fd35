import ConnectorKit
import Foundation
import LintelModel

/// Rent Manager's answers as they are written, cut to what is read.
enum RentManagerWire {
    /// The records of an answer; none where it is empty.
    static func records<Record>(
        of body: Data,
        id: StaticString,
        at place: String,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Record
    ) throws(ConnectorError) -> [JSONRow<Record>] {
        if body.isEmpty { return [] }
        return try JSONSkimmer.records(of: body, list: nil, id: id, at: place, read)
    }

    struct Named {
        var id = ""
        var property = ""
        var name = ""

        /// Reads a property or unit, whose id is the member `key`.
        init(
            from skimmer: inout JSONSkimmer,
            id key: StaticString
        ) throws(JSONSkimmer.Failure) {
            try skimmer.members { name, skimmer throws(JSONSkimmer.Failure) in
                if name == key {
                    id = try skimmer.text()
                    return
                }
                switch name {
                case "PropertyID": property = try skimmer.text()
                case "Name": self.name = try skimmer.text()
                default: break
                }
            }
        }
    }

    static func properties(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        let rows = try records(of: body, id: "PropertyID", at: place) {
            skimmer throws(JSONSkimmer.Failure) in
            try Named(from: &skimmer, id: "PropertyID")
        }
        return try rows.map { row throws(ConnectorError) in
            guard case .record(let property) = row, !property.id.isEmpty else {
                throw ConnectorError(.malformed, attempting: place, "a property has no PropertyID")
            }
            return PMSProperty(
                id: PMSPropertyID(property.id),
                name: property.name.isEmpty ? property.id : property.name
            )
        }
    }

    /// A household account.
    struct Tenant {
        var id = ""
        var property = ""
        var status = ""
        var firstName = ""
        var lastName = ""
        /// Nil where the answer leaves them out.
        var contacts: [Contact]?
        var leases: [Lease]?

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "TenantID": id = try skimmer.text()
                case "PropertyID": property = try skimmer.text()
                case "Status": status = try skimmer.text()
                case "FirstName": firstName = try skimmer.text()
                case "LastName": lastName = try skimmer.text()
                case "Contacts": contacts = try skimmer.list(Contact.init(from:))
                case "Leases": leases = try skimmer.list(Lease.init(from:))
                default: break
                }
            }
        }
    }

    /// Somebody of a household.
    struct Contact {
        var id = ""
        var type = ""
        var isPrimary = false
        var firstName = ""
        var lastName = ""
        var email = ""
        var phone = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "ContactID": id = try skimmer.text()
                case "ContactType": type = try RentManagerWire.name(in: &skimmer)
                case "IsPrimary": isPrimary = try skimmer.flag() ?? false
                case "FirstName": firstName = try skimmer.text()
                case "LastName": lastName = try skimmer.text()
                case "Email": email = try skimmer.text()
                case "PhoneNumbers":
                    let numbers = try skimmer.list(Phone.init(from:)).filter { !$0.number.isEmpty }
                    phone = (numbers.first(where: \.isPrimary) ?? numbers.first)?.number ?? ""
                default: break
                }
            }
        }
    }

    struct Phone {
        var number = ""
        var isPrimary = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "PhoneNumber": number = try skimmer.text()
                case "IsPrimary": isPrimary = try skimmer.flag() ?? false
                default: break
                }
            }
        }
    }

    struct Lease {
        var id = ""
        var property = ""
        var unit = ""
        var moveIn = ""
        var moveOut = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "LeaseID": id = try skimmer.text()
                case "PropertyID": property = try skimmer.text()
                case "UnitID": unit = try skimmer.text()
                case "MoveInDate": moveIn = try skimmer.text()
                case "MoveOutDate": moveOut = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// A word that stands as text, or as the `Name` of an object.
    private static func name(
        in skimmer: inout JSONSkimmer
    ) throws(JSONSkimmer.Failure) -> String {
        guard try skimmer.kind() == .object else { return try skimmer.text() }
        var name = ""
        try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
            if key == "Name" { name = try skimmer.text() }
        }
        return name
    }
}
