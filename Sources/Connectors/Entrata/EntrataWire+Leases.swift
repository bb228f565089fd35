import ConnectorKit

extension EntrataWire {
    struct Leases: Decodable {
        let leases: [LeaseRow]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            leases = try container.list(.leases, .lease, of: LeaseRow.self)
        }
    }

    /// A lease that could be read, or what can be said of one that could not.
    enum LeaseRow: Decodable {
        case lease(Lease)
        /// The customers are nil where not even their ids could be read.
        case unreadable(id: String, customers: [String]?)

        init(from decoder: any Decoder) throws {
            do {
                self = .lease(try Lease(from: decoder))
            } catch {
                let container = try? decoder.container(keyedBy: EntrataKey.self)
                let customers = try? container?.list(.customers, .customer, of: Reference.self)
                self = .unreadable(
                    id: (try? container?.text(.id)) ?? "",
                    customers: customers?.map(\.id)
                )
            }
        }
    }

    struct Lease: Decodable {
        let id: String
        let property: String
        let statusType: String
        let status: String
        let intervalID: String
        let moveIn: String
        let moveOut: String
        let unit: String
        let spaces: [String]
        let customers: [CustomerRow]
        let intervals: [Interval]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.id).trimmed
            property = try container.text(.propertyId).trimmed
            statusType = try container.text(.leaseStatusTypeId).trimmed
            status = try container.text(.leaseIntervalStatus).trimmed
            intervalID = try container.text(.leaseIntervalId).trimmed
            moveIn = try container.text(.moveInDate)
            moveOut = try container.text(.moveOutDate)
            unit = try container.text(.unitId).trimmed
            let listed = try container.list(.unitSpaces, .unitSpace, of: Space.self).map(\.id)
            // The older version of the operation names one space on the lease itself.
            spaces = listed.isEmpty ? [try container.text(.unitSpaceId).trimmed] : listed
            customers = try container.list(.customers, .customer, of: CustomerRow.self)
            intervals = try container.list(.leaseIntervals, .leaseInterval, of: Interval.self)
        }
    }

    struct Interval: Decodable {
        let id: String
        let statusType: String
        let status: String
        let start: String
        let end: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.id, isUsuallyNumber: true).trimmed
            statusType = try container.text(.leaseIntervalStatusTypeId, isUsuallyNumber: true)
                .trimmed
            status = try container.text(.leaseIntervalStatusTypeName).trimmed
            start = try container.text(.startDate)
            end = try container.text(.endDate)
        }
    }

    /// A customer that could be read, or the id of one that could not.
    enum CustomerRow: Decodable {
        case customer(Customer)
        case unreadable(id: String)

        init(from decoder: any Decoder) throws {
            do {
                self = .customer(try Customer(from: decoder))
            } catch {
                self = .unreadable(id: (try? Reference(from: decoder))?.id ?? "")
            }
        }
    }

    struct Customer: Decodable {
        let id: String
        let type: String
        let relationship: String
        let firstName: String
        let lastName: String
        let fullName: String
        let company: String
        let email: String
        let phone: String
        let status: String
        let moveIn: String
        let moveOut: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.id, isUsuallyNumber: true).trimmed
            type = try container.text(.customerType).trimmed
            relationship = try container.text(.relationshipName).trimmed
            firstName = try container.text(.firstName).trimmed
            lastName = try container.text(.lastName).trimmed
            let isNamed = !firstName.isEmpty && !lastName.isEmpty
            fullName = isNamed ? "" : try container.text(.nameFull).trimmed
            company = isNamed ? "" : try container.text(.companyName).trimmed
            email = try container.text(.emailAddress).trimmed
            status = try container.text(.leaseCustomerStatus).trimmed
            moveIn = try container.text(.moveInDate)
            moveOut = try container.text(.moveOutDate)
            let phones = try container.list(.phones, .phone, of: Phone.self)
                .filter { !$0.number.isEmpty }
            phone = (phones.first(where: \.isMobile) ?? phones.first)?.number ?? ""
        }
    }

    struct Phone: Decodable {
        let isMobile: Bool
        let number: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            isMobile = try container.text(.phoneType).lowercased() == "mobile"
            number = try container.text(.phoneNumber).trimmed
        }
    }

    /// A record of which only the id is wanted.
    private struct Reference: Decodable {
        let id: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.id, isUsuallyNumber: true).trimmed
        }
    }
}
