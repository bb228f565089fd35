import ConnectorKit

/// Somebody of a household.
struct MITSPerson {
    var id = ""
    /// MITS's word, such as `current resident`.
    var type = ""
    var unit = ""
    var firstName = ""
    var lastName = ""
    var email = ""
    var phone = ""
    var isResponsible: Bool?
    var leaseStart = ""
    var leaseEnd = ""
    var expectedMoveIn = ""
    var actualMoveIn = ""
    var expectedMoveOut = ""
    var actualMoveOut = ""

    init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        type = try xml.attribute("Type") ?? ""
        var phones: [(type: String, number: String)] = []
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            switch name {
            case "CustomerID": id = try xml.text()
            case "Property":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "UnitID" { unit = try xml.text() }
                }
            case "Name":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    switch name {
                    case "FirstName": firstName = try xml.text()
                    case "LastName": lastName = try xml.text()
                    default: break
                    }
                }
            case "Address":
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "Email", email.isEmpty { email = try xml.text() }
                }
            case "Email": if email.isEmpty { email = try xml.text() }
            case "Phone":
                var type = try xml.attribute("Type") ?? ""
                if type.isEmpty { type = try xml.attribute("PhoneType") ?? "" }
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    guard name == "PhoneNumber" else { return }
                    phones.append((type.lowercased(), try xml.text()))
                }
            case "Lease": try readLease(&xml)
            default: break
            }
        }
        let given = phones.filter { !$0.number.isEmpty }
        phone = (given.first { $0.type == "cell" } ?? given.first)?.number ?? ""
    }

    private mutating func readLease(_ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            switch name {
            case "LeaseFromDate": leaseStart = try xml.text()
            case "LeaseToDate": leaseEnd = try xml.text()
            case "ExpectedMoveInDate": expectedMoveIn = try xml.text()
            case "ActualMoveIn": actualMoveIn = try xml.text()
            case "ExpectedMoveOutDate": expectedMoveOut = try xml.text()
            case "ActualMoveOut": actualMoveOut = try xml.text()
            case "ResponsibleForLease": isResponsible = WireFlag.read(try xml.text())
            default: break
            }
        }
    }
}
