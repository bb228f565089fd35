import ConnectorKit

/// Entrata's answers as they are written, cut to what is read: no birth date, tax id or rent is decoded.
enum EntrataWire {
    /// The value of `result`, with or without the wrapper `response`.
    struct Envelope<Result: Decodable>: Decodable {
        let result: Result

        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: EntrataKey.self)
            let inner =
                outer.contains(.response)
                ? try outer.nestedContainer(keyedBy: EntrataKey.self, forKey: .response) : outer
            result = try inner.decode(Result.self, forKey: .result)
        }
    }

    struct Properties: Decodable {
        let properties: [Property]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            properties = try container.list(.physicalProperty, .property, of: Property.self)
        }
    }

    struct Property: Decodable {
        let id: String
        let name: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            id = try container.text(.propertyID).trimmed
            name = try container.text(.marketingName).trimmed
        }
    }

    struct StatusTypes: Decodable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            names = try container.list(.leaseStatusTypes, .leaseStatusType, of: StatusType.self)
                .map(\.name)
        }
    }

    private struct StatusType: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EntrataKey.self)
            let attributes =
                container.contains(.attributes)
                ? try container.nestedContainer(keyedBy: EntrataKey.self, forKey: .attributes)
                : container
            name = try attributes.text(.name).trimmed
        }
    }
}
