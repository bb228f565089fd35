import ConnectorKit

extension EntrataWire {
    struct UnitLists: Decodable {
        let properties: [UnitList]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            properties = try container.list(.unitProperties, .unitProperty, of: UnitList.self)
        }
    }

    /// The units of one property.
    struct UnitList: Decodable {
        let property: String
        let units: [Unit]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            property = try container.text(.propertyId, isUsuallyNumber: true).trimmed
            units = try container.list(.units, .unit, of: Unit.self)
        }
    }

    struct Unit: Decodable {
        let id: String
        let number: String
        let building: String
        let spaces: [Space]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.id, isUsuallyNumber: true).trimmed
            number = try container.text(.unitNumber).trimmed
            building = try container.text(.buildingName).trimmed
            spaces = try container.list(.unitSpaces, .unitSpace, of: Space.self)
        }
    }

    /// A space of a unit, in a list of units or on a lease.
    struct Space: Decodable {
        let id: String
        let number: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.unitSpaceId, isUsuallyNumber: true).trimmed
            number = try container.text(.unitNumber).trimmed
        }
    }
}
