import ConnectorKit
import Foundation
import LintelModel

/// Buildium's answers as they are written, cut to what is read: no birth date, tax id, address or rent is
/// decoded.
enum BuildiumWire {
    struct Rental {
        var id = ""
        var name = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "Name": name = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// The rentals of an answer.
    static func rentals(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        try JSONSkimmer.records(of: body, list: nil, id: "Id", at: place, Rental.init(from:))
            .map { row throws(ConnectorError) in
                guard case .record(let rental) = row, !rental.id.isEmpty else {
                    throw ConnectorError(.malformed, attempting: place, "a rental has no Id")
                }
                return PMSProperty(
                    id: PMSPropertyID(rental.id),
                    name: rental.name.isEmpty ? rental.id : rental.name
                )
            }
    }

    /// The tenants of an answer, with their leases.
    static func tenantsWithLeases(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [JSONRow<Tenant>] {
        try JSONSkimmer.records(of: body, list: nil, id: "Id", at: place) {
            skimmer throws(JSONSkimmer.Failure) in
            try Tenant(from: &skimmer, withLeases: true)
        }
    }

    /// The leases of an answer.
    static func leases(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [JSONRow<Lease>] {
        try JSONSkimmer.records(of: body, list: nil, id: "Id", at: place, Lease.init(from:))
    }

    /// Whether an answer is an error as Buildium writes it: `ApiErrorResponse` of its OpenAPI document.
    static func isError(_ body: Data) -> Bool {
        let outline = try? JSONOutline(of: body, list: nil, members: ["UserMessage"])
        return outline?.members["UserMessage"] != nil
    }

    /// The records of a list; nil where `null` or anything else stands in its place, which says of nobody
    /// that they are gone.
    private static func stated<Record>(
        in skimmer: inout JSONSkimmer,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Record
    ) throws(JSONSkimmer.Failure) -> [Record]? {
        guard try skimmer.kind() == .array else { return nil }
        return try skimmer.list(read)
    }

    struct Unit {
        var id = ""
        var property = ""
        var building = ""
        var number = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "PropertyId": property = try skimmer.text()
                case "BuildingName": building = try skimmer.text()
                case "UnitNumber": number = try skimmer.text()
                default: break
                }
            }
        }
    }

    struct Tenant {
        var id = ""
        var firstName = ""
        var lastName = ""
        var email = ""
        var phone = ""
        /// Only where leases are wanted; nil also where the answer leaves them out.
        var leases: [Lease]?

        init(
            id: String,
            firstName: String,
            lastName: String,
            email: String,
            phone: String
        ) {
            self.id = id
            self.firstName = firstName
            self.lastName = lastName
            self.email = email
            self.phone = phone
        }

        /// Reads a tenant of a list, whose leases come in a list of their own.
        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try self.init(from: &skimmer, withLeases: false)
        }

        init(
            from skimmer: inout JSONSkimmer,
            withLeases: Bool
        ) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "FirstName": firstName = try skimmer.text()
                case "LastName": lastName = try skimmer.text()
                case "Email": email = try skimmer.text()
                case "PhoneNumbers":
                    let phones = try skimmer.list(Phone.init(from:)).filter { !$0.number.isEmpty }
                    phone = (phones.first(where: \.isMobile) ?? phones.first)?.number ?? ""
                case "Leases" where withLeases:
                    leases = try BuildiumWire.stated(in: &skimmer, Lease.init(from:))
                default: break
                }
            }
        }
    }

    struct Phone {
        var number = ""
        var isMobile = false

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Number": number = try skimmer.text()
                case "Type": isMobile = try skimmer.text() == "Cell"
                default: break
                }
            }
        }
    }

    struct Lease {
        var id = ""
        var property = ""
        var unit = ""
        var start = ""
        var end = ""
        var status = ""
        /// Nil where the answer leaves them out.
        var tenants: [LeaseTenant]?
        var moveOuts: [MoveOut] = []

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "PropertyId": property = try skimmer.text()
                case "UnitId": unit = try skimmer.text()
                case "LeaseFromDate": start = try skimmer.text()
                case "LeaseToDate": end = try skimmer.text()
                case "LeaseStatus": status = try skimmer.text()
                case "Tenants":
                    tenants = try BuildiumWire.stated(in: &skimmer, LeaseTenant.init(from:))
                case "MoveOutData": moveOuts = try skimmer.list(MoveOut.init(from:))
                default: break
                }
            }
        }
    }

    /// How one tenant stands on a lease.
    struct LeaseTenant {
        var id = ""
        var status = ""
        var moveIn = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "Id": id = try skimmer.text()
                case "Status": status = try skimmer.text()
                case "MoveInDate": moveIn = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// A tenant's move-out, past or to come.
    struct MoveOut {
        var tenant = ""
        var date = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "TenantId": tenant = try skimmer.text()
                case "MoveOutDate": date = try skimmer.text()
                default: break
                }
            }
        }
    }
}
