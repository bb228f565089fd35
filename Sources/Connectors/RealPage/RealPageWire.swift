import ConnectorKit
import Foundation
import LintelModel

/// RealPage's answers as they are written, cut to what is read: no rent, balance or address is decoded.
///
/// Names differ in case from operation to operation, so case is ignored.
enum RealPageWire {
    /// Whether an answer holds its list, and what it says instead of records.
    struct Outline {
        private(set) var hasList = false
        /// The text of an answer without its list, or of a list that holds a text and no record.
        private(set) var words = ""

        init(
            of operation: RealPageOperation,
            in xml: inout XMLSkimmer
        ) throws(XMLSkimmer.Failure) {
            let list = operation.list.lowercased()
            try look(for: list, in: &xml)
        }

        private mutating func look(
            for list: String,
            in xml: inout XMLSkimmer
        ) throws(XMLSkimmer.Failure) {
            var text = xml
            var isLeaf = true
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                isLeaf = false
                if name.text.lowercased() == list {
                    let said = try Self.text(inPlaceOfRecords: &xml)
                    if !hasList || words.isEmpty { words = said }
                    hasList = true
                } else if !hasList {
                    try look(for: list, in: &xml)
                }
            }
            if isLeaf, !hasList, words.isEmpty { words = try text.text() }
        }

        /// The text of a list without elements, or of the only one, where that holds text alone.
        private static func text(
            inPlaceOfRecords xml: inout XMLSkimmer
        ) throws(XMLSkimmer.Failure) -> String {
            var list = xml
            var elements = 0
            var said = ""
            try xml.children { _, xml throws(XMLSkimmer.Failure) in
                elements += 1
                if elements == 1 { said = try text(ofLeaf: &xml) }
            }
            switch elements {
            case 0: return try list.text()
            case 1: return said
            default: return ""
            }
        }

        /// The text of an element; empty where it holds elements.
        private static func text(
            ofLeaf xml: inout XMLSkimmer
        ) throws(XMLSkimmer.Failure) -> String {
            var leaf = xml
            var isLeaf = true
            try xml.children { _, _ throws(XMLSkimmer.Failure) in isLeaf = false }
            return isLeaf ? try leaf.text() : ""
        }
    }

    /// Hands over the records of an answer's list, wherever that lies.
    private static func records(
        of operation: RealPageOperation,
        in body: Data,
        at place: String,
        _ read: (inout XMLSkimmer) throws(XMLSkimmer.Failure) -> Void
    ) throws(ConnectorError) {
        let list = operation.list.lowercased()
        func look(_ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                guard name.text.lowercased() == list else {
                    try look(&xml)
                    return
                }
                try xml.children { _, xml throws(XMLSkimmer.Failure) in try read(&xml) }
            }
        }
        do throws(XMLSkimmer.Failure) {
            try XMLSkimmer.read(body) { _, xml throws(XMLSkimmer.Failure) in try look(&xml) }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
    }

    static func sites(
        in body: Data,
        at place: String
    ) throws(ConnectorError) -> [PMSProperty] {
        var sites: [PMSProperty] = []
        var isNameless = false
        try records(of: .sites, in: body, at: place) { xml throws(XMLSkimmer.Failure) in
            var id = ""
            var title = ""
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name.inAnyCase {
                case "siteid": id = try xml.text()
                case "sitename": title = try xml.text()
                default: break
                }
            }
            if id.isEmpty { isNameless = true }
            sites.append(PMSProperty(id: PMSPropertyID(id), name: title.isEmpty ? id : title))
        }
        guard !isNameless else {
            throw ConnectorError(.malformed, attempting: place, "a site has no SiteID")
        }
        return sites
    }

    static func units(in body: Data, at place: String) throws(ConnectorError) -> [PMSUnit] {
        var units: [PMSUnit] = []
        try records(of: .units, in: body, at: place) { xml throws(XMLSkimmer.Failure) in
            var unit = PMSUnit(id: PMSUnitID(""), name: "")
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name.inAnyCase {
                case "unitid": unit.id = PMSUnitID(try xml.text())
                case "unitnumber": unit.name = try xml.text()
                case "buildingname": unit.building = try xml.text()
                case "floor": unit.floor = try xml.text()
                default: break
                }
            }
            if unit.name.isEmpty { unit.name = unit.id.text }
            units.append(unit)
        }
        return units
    }

    /// Somebody on a lease.
    struct Resident {
        var household = ""
        var member = ""
        var lease = ""
        var unit = ""
        var firstName = ""
        var lastName = ""
        var email = ""
        var phone = ""
        var status = ""
        var isHead: Bool?
        var leaseStart = ""
        var leaseEnd = ""
        var moveIn = ""
        var moveOut = ""
        var noticeGiven = ""
        var noticeFor = ""

        init(from xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                switch name.inAnyCase {
                case "residentid": household = try xml.text()
                case "residentmemberid": member = try xml.text()
                case "leaseid": lease = try xml.text()
                case "unitid": unit = try xml.text()
                case "firstname": firstName = try xml.text()
                case "lastname": lastName = try xml.text()
                case "email": email = try xml.text()
                case "cellphone": phone = try xml.text()
                case "phone": if phone.isEmpty { phone = try xml.text() }
                case "leasestatus": status = try xml.text()
                case "headofhousehold": isHead = WireFlag.read(try xml.text())
                case "begindate": leaseStart = try xml.text()
                case "enddate": leaseEnd = try xml.text()
                case "moveindate": moveIn = try xml.text()
                case "moveoutdate": moveOut = try xml.text()
                case "noticegivendate": noticeGiven = try xml.text()
                case "noticefordate": noticeFor = try xml.text()
                default: break
                }
            }
        }
    }

    /// Hands over everybody who is listed.
    static func residents(
        in body: Data,
        at place: String,
        _ take: (Resident) -> Void
    ) throws(ConnectorError) {
        try records(of: .residents, in: body, at: place) { xml throws(XMLSkimmer.Failure) in
            take(try Resident(from: &xml))
        }
    }
}
