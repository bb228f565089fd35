import ConnectorKit

extension EntrataWire {
    /// The units of one property.
    struct UnitList {
        var property = ""
        var units: [Unit] = []

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "propertyId": property = try skimmer.text()
                case "units": units = try skimmer.list(in: "unit", Unit.init(from:))
                default: break
                }
            }
        }
    }

    struct Unit {
        var id = ""
        var number = ""
        var building = ""
        var spaces: [Space] = []

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "id": id = try skimmer.text()
                case "unitNumber": number = try skimmer.text()
                case "buildingName": building = try skimmer.text()
                case "unitSpaces": spaces = try skimmer.list(in: "unitSpace", Space.init(from:))
                default: break
                }
            }
        }
    }

    /// A space of a unit, in a list of units or on a lease.
    struct Space {
        var id = ""
        var number = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "unitSpaceId": id = try skimmer.text()
                case "unitNumber": number = try skimmer.text()
                default: break
                }
            }
        }
    }
}
