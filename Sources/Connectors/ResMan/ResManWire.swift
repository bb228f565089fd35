import ConnectorKit
import Foundation
import LintelModel

/// ResMan's answers as they are written, cut to what is read: no rent, charge or address is decoded.
enum ResManWire {
    // MARK: Judging

    /// Judges an answer: its status, that it is whole, that it says `Success`, and that its list is there.
    static func judge(
        _ response: HTTPExchangeResponse,
        to operation: ResManOperation,
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) {
        guard operation.isXML else {
            let list: StaticString = operation == .getUnits ? "Units" : "Properties"
            // A refusal names no list, and says why in words or in its status.
            let outline = try JSONOutline.whole(
                response,
                list: list,
                members: ["Status", "Description"],
                attempting: attempt,
                hiding: secrets
            )
            let status = outline.members["Status"] ?? "Success"
            guard status.lowercased() == "success" else {
                let words = outline.words ?? outline.members["Description"] ?? ""
                throw refusal(status, words, attempting: attempt, hiding: secrets)
            }
            _ = try JSONOutline.judge(response, list: list, attempting: attempt, hiding: secrets)
            return
        }
        let head = try XMLAnswer(response, attempting: attempt, hiding: secrets)
        guard head.status.lowercased() == "success" else {
            throw refusal(
                head.status.isEmpty ? "no Status" : head.status,
                head.words,
                attempting: attempt,
                hiding: secrets
            )
        }
        guard head.hasList else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "expected RT_Customer in Property of ResidentTransactions, found none, and "
                    + "nothing says that there are none"
            )
        }
    }

    private static func refusal(
        _ status: String,
        _ words: String,
        attempting attempt: String,
        hiding secrets: [Secret]
    ) -> ConnectorError {
        let said = words.isEmpty ? status : "\(status): \(words)"
        let folded = said.lowercased()
        let code: ConnectorError.Code =
            if folded.contains("credential") || folded.contains("api key") {
                .unauthorized
            } else if folded.contains("permission") || folded.contains("not authorized") {
                .forbidden
            } else {
                .refused
            }
        return ConnectorError(code, attempting: attempt, words: said, hiding: secrets)
    }

    /// What an XML answer says about itself.
    private struct XMLAnswer {
        var status = ""
        var words = ""
        private var hasProperty = false
        private var hasHouseholds = false
        /// Whether a property holds something that MITS does not give it.
        private var hasStrangers = false

        /// Whether there are households, or a property that has none.
        var hasList: Bool { hasHouseholds || (hasProperty && !hasStrangers) }

        init(
            _ response: HTTPExchangeResponse,
            attempting attempt: String,
            hiding secrets: [Secret]
        ) throws(ConnectorError) {
            let refusal = ConnectorError(
                response,
                attempting: attempt,
                words: JSONOutline.words(in: response.body),
                hiding: secrets
            )
            if let refusal { throw refusal }
            do throws(XMLSkimmer.Failure) {
                self = try XMLSkimmer.read(response.body) { _, xml throws(XMLSkimmer.Failure) in
                    var found = XMLAnswer()
                    try xml.children { name, xml throws(XMLSkimmer.Failure) in
                        switch name {
                        case "Status": found.status = try xml.text()
                        case "ErrorDescription", "Description", "Message", "Error":
                            found.words = try xml.text()
                        case "Response":
                            try ResManWire.document(in: &xml) {
                                name,
                                xml throws(XMLSkimmer.Failure) in
                                guard name == "ResidentTransactions" else { return }
                                try found.readTransactions(&xml)
                            }
                        default: break
                        }
                    }
                    return found
                }
            } catch {
                throw ConnectorError(error, attempting: attempt)
            }
        }

        private init() {}

        private mutating func readTransactions(
            _ xml: inout XMLSkimmer
        ) throws(XMLSkimmer.Failure) {
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                guard name == "Property" else { return }
                hasProperty = true
                try xml.children { name, _ throws(XMLSkimmer.Failure) in
                    switch name {
                    case "RT_Customer": hasHouseholds = true
                    case "PropertyID", "PropertyContacts": break
                    default: hasStrangers = true
                    }
                }
            }
        }
    }

    /// Reads the document inside `Response`, whether it stands there as elements or as escaped text.
    private static func document(
        in xml: inout XMLSkimmer,
        _ read: (WireKey, inout XMLSkimmer) throws(XMLSkimmer.Failure) -> Void
    ) throws(XMLSkimmer.Failure) {
        var inner = xml
        var hasElements = false
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            hasElements = true
            try read(name, &xml)
        }
        guard !hasElements else { return }
        let text = try inner.text()
        guard !text.isEmpty else { return }
        try XMLSkimmer.read(Data(text.utf8), read)
    }

    // MARK: Properties and units

    struct Property {
        var id = ""
        var name = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "PropertyID": id = try skimmer.text()
                case "Name": name = try skimmer.text()
                default: break
                }
            }
        }
    }

    static func properties(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        let rows = try JSONSkimmer.records(
            of: body,
            list: "Properties",
            id: "PropertyID",
            at: place,
            Property.init(from:)
        )
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

    struct Unit {
        var number = ""
        var building = ""
        var floor = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "UnitNumber": number = try skimmer.text()
                case "Building": building = try skimmer.text()
                case "Floor": floor = try skimmer.text()
                default: break
                }
            }
        }
    }

    // MARK: Households

    /// Hands over every household of an answer; gives the property that the answer says it is about.
    static func households(
        in body: Data,
        at place: String,
        _ take: (MITSHousehold) -> Void
    ) throws(ConnectorError) -> String {
        var property = ""
        do throws(XMLSkimmer.Failure) {
            try XMLSkimmer.read(body) { _, xml throws(XMLSkimmer.Failure) in
                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                    if name == "PropertyID" {
                        property = try xml.text()
                    } else if name == "Response" {
                        try document(in: &xml) { _, xml throws(XMLSkimmer.Failure) in
                            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                                guard name == "Property" else { return }
                                try xml.children { name, xml throws(XMLSkimmer.Failure) in
                                    guard name == "RT_Customer" else { return }
                                    take(try MITSHousehold(from: &xml))
                                }
                            }
                        }
                    }
                }
            }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
        return property
    }
}
