import ConnectorKit

/// A household of MITS Resident Transactions 2.0 (`RT_Customer`) and the unit it is listed with, cut to what
/// is read: no rent, charge, birth date or social security number is decoded.
struct MITSHousehold {
    var id = ""
    var people: [MITSPerson] = []
    var unit = ""
    /// MITS's word for how the unit is let.
    var unitLeasedStatus = ""
    /// The same in a vendor's own words, such as `Notice Unrented`.
    var unitDescription = ""

    init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            switch name {
            case "CustomerID": id = try xml.text()
            case "Customers":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "Customer" { people.append(try MITSPerson(from: &xml)) }
                }
            case "RT_Unit": try readUnit(&xml)
            default: break
            }
        }
    }

    private mutating func readUnit(_ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            switch name {
            case "UnitID": unit = try xml.text()
            case "Unit":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    guard name == "Information" else { return }
                    try xml.children { name, xml throws(XMLSkimmer.Failure) in
                        switch name {
                        case "UnitID": if unit.isEmpty { unit = try xml.text() }
                        case "UnitLeasedStatus": unitLeasedStatus = try xml.text()
                        case "UnitEconomicStatusDescription": unitDescription = try xml.text()
                        default: break
                        }
                    }
                }
            default: break
            }
        }
    }
}
