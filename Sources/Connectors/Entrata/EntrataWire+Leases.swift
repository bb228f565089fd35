import ConnectorKit

extension EntrataWire {
    /// A lease that could be read, or what can be said of one that could not.
    enum LeaseRow {
        case lease(Lease)
        /// The customers are nil where not even their ids could be read.
        case unreadable(id: String, customers: [String]?)

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            if let lease = try skimmer.attempt(Lease.init(from:)) {
                self = .lease(lease)
                return
            }
            var id = ""
            var customers: [String]?
            let rest: Void? = try skimmer.attempt { skimmer throws(JSONSkimmer.Failure) in
                try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                    switch key {
                    case "id":
                        id =
                            try skimmer.attempt { s throws(JSONSkimmer.Failure) in try s.text() }
                            ?? ""
                    case "customers":
                        customers = try skimmer.attempt { skimmer throws(JSONSkimmer.Failure) in
                            try skimmer.list(in: "customer", Reference.init(from:)).map(\.id)
                        }
                    default: break
                    }
                }
            }
            if rest == nil { try skimmer.skip() }
            self = .unreadable(id: id, customers: customers)
        }
    }

    struct Lease {
        var id = ""
        var property = ""
        var statusType = ""
        var status = ""
        var intervalID = ""
        var moveIn = ""
        var moveOut = ""
        var unit = ""
        var spaces: [String] = []
        var customers: [CustomerRow] = []
        var intervals: [Interval] = []

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            var ownSpace = ""
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "id": id = try skimmer.text()
                case "propertyId": property = try skimmer.text()
                case "leaseStatusTypeId": statusType = try skimmer.text()
                case "leaseIntervalStatus": status = try skimmer.text()
                case "leaseIntervalId": intervalID = try skimmer.text()
                case "moveInDate": moveIn = try skimmer.text()
                case "moveOutDate": moveOut = try skimmer.text()
                case "unitId": unit = try skimmer.text()
                case "unitSpaceId": ownSpace = try skimmer.text()
                case "unitSpaces":
                    spaces = try skimmer.list(in: "unitSpace", Space.init(from:)).map(\.id)
                case "customers":
                    customers = try skimmer.list(in: "customer", CustomerRow.init(from:))
                case "leaseIntervals":
                    intervals = try skimmer.list(in: "leaseInterval", Interval.init(from:))
                default: break
                }
            }
            // The older version of the operation names one space on the lease itself.
            if spaces.isEmpty { spaces = [ownSpace] }
        }
    }

    struct Interval {
        var id = ""
        var statusType = ""
        var status = ""
        var start = ""
        var end = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "id": id = try skimmer.text()
                case "leaseIntervalStatusTypeId": statusType = try skimmer.text()
                case "leaseIntervalStatusTypeName": status = try skimmer.text()
                case "startDate": start = try skimmer.text()
                case "endDate": end = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// A customer that could be read, or the id of one that could not.
    enum CustomerRow {
        case customer(Customer)
        case unreadable(id: String)

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            if let customer = try skimmer.attempt(Customer.init(from:)) {
                self = .customer(customer)
            } else {
                self = .unreadable(id: try Reference(from: &skimmer).id)
            }
        }
    }

    struct Customer {
        var id = ""
        var type = ""
        var relationship = ""
        var firstName = ""
        var lastName = ""
        var fullName = ""
        var company = ""
        var email = ""
        var phone = ""
        var status = ""
        var moveIn = ""
        var moveOut = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "id": id = try skimmer.text()
                case "customerType": type = try skimmer.text()
                case "relationshipName": relationship = try skimmer.text()
                case "firstName": firstName = try skimmer.text()
                case "lastName": lastName = try skimmer.text()
                case "nameFull": fullName = try skimmer.text()
                case "companyName": company = try skimmer.text()
                case "emailAddress": email = try skimmer.text()
                case "leaseCustomerStatus": status = try skimmer.text()
                case "moveInDate": moveIn = try skimmer.text()
                case "moveOutDate": moveOut = try skimmer.text()
                case "phones":
                    let phones = try skimmer.list(in: "phone", Phone.init(from:))
                        .filter { !$0.number.isEmpty }
                    phone = (phones.first(where: \.isMobile) ?? phones.first)?.number ?? ""
                default: break
                }
            }
        }
    }

    struct Phone {
        var isMobile = false
        var number = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "phoneType": isMobile = try skimmer.text().lowercased() == "mobile"
                case "phoneNumber": number = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// A record of which only the id is wanted; empty where even that cannot be read.
    private struct Reference {
        var id = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            guard try skimmer.kind() == .object else {
                try skimmer.skip()
                return
            }
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                guard key == "id" else { return }
                id = try skimmer.attempt { s throws(JSONSkimmer.Failure) in try s.text() } ?? ""
            }
        }
    }
}
