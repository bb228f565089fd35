import ConnectorKit
import LintelModel

/// Turns what RealPage writes into units and residencies, without any I/O.
enum RealPageMapping {
    /// The words for somebody who lives there and has given notice: RealPage has no such status.
    static let noticeWord = "Current, notice given"

    /// What a lease status means; `Future Lease` is a renewal of somebody who lives there already.
    static func status(_ word: String) -> LeaseStatus {
        switch word.lowercased().filter({ $0.isLetter }) {
        case "current", "futurelease": .current
        case "applicant": .applicant
        case "applicantleasesigned": .future
        case "former": .past
        case "formerapplicant": .cancelled
        default: .unknown
        }
    }

    /// What a resident is known by: ids are small numbers that repeat from site to site.
    static func id(of resident: RealPageWire.Resident, site: PMSPropertyID) -> String {
        let person = resident.member.isEmpty ? resident.household : resident.member
        return person.isEmpty ? "" : "\(site)/\(person)"
    }

    /// A resident, known by that id.
    ///
    /// - Throws: ``UnreadableMember`` where a date is none, or nothing says in which unit they live.
    static func residency(
        of resident: RealPageWire.Resident,
        id: String,
        isFirst: Bool
    ) throws(UnreadableMember) -> WrittenResidency {
        // Where there is no id, that is what is told.
        guard id.isEmpty || hasUnit(resident) else { throw UnreadableMember("there is no unitid") }
        var written = WrittenResidency()
        written.resident = id
        written.lease = resident.lease
        written.unit = resident.unit
        written.firstName = resident.firstName
        written.lastName = resident.lastName
        written.email = resident.email
        written.phone = resident.phone
        written.role = resident.isHead ?? isFirst ? .primary : .coResident
        written.leaseStart = resident.leaseStart
        written.leaseEnd = resident.leaseEnd
        written.moveIn = resident.moveIn
        let noticeFor = try WireDate.read(resident.noticeFor, "noticefordate")
        let given = try WireDate.read(resident.noticeGiven, "noticegivendate")
        let left = try WireDate.read(resident.moveOut, "moveoutdate")
        let status = status(resident.status)
        let isLeaving = status == .current && (noticeFor != nil || given != nil)
        written.status = isLeaving ? .notice : status
        written.statusWord = isLeaving ? noticeWord : resident.status
        written.moveOut = (left ?? (isLeaving ? noticeFor : nil))?.description ?? ""
        return written
    }

    /// Whether a row is a place in the list and nobody: it has no unit, and a status of those who live
    /// in none.
    static func isPlaceholder(_ resident: RealPageWire.Resident) -> Bool {
        guard !hasUnit(resident) else { return false }
        let status = status(resident.status)
        return !status.isLiving && status != .unknown
    }

    private static func hasUnit(_ resident: RealPageWire.Resident) -> Bool {
        !resident.unit.isEmpty && resident.unit != "0"
    }
}

/// Turns the two answers of one RealPage fetch into units and residencies.
struct RealPageDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var units = UnitList()
    private var residencies = ResidencyList(detectsMoves: false)
    private var pages = PageTally()

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        pages.count(page)
        if page.kind == .units {
            let place = "\(RealPageOperation.units.rawValue) of site \(property)"
            var part = SnapshotPart()
            units.add(try RealPageWire.units(in: page.bytes, at: place), to: &part, at: place)
            return part
        }
        let place = "\(RealPageOperation.residents.rawValue) of site \(property)"
        // Who comes first of a household on a lease heads it, where nothing says who does.
        var heads: [String: String] = [:]
        var list = residencies.page(at: place)
        try RealPageWire.residents(in: page.bytes, at: place) { resident in
            let id = RealPageMapping.id(of: resident, site: property)
            guard id.isEmpty || !RealPageMapping.isPlaceholder(resident) else { return }
            let household = "\(resident.household)/\(resident.lease)"
            if heads[household] == nil { heads[household] = id }
            do throws(UnreadableMember) {
                list.add(
                    try RealPageMapping.residency(
                        of: resident,
                        id: id,
                        isFirst: heads[household] == id
                    )
                )
            } catch {
                list.skip(id, error)
            }
        }
        return residencies.end(list)
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or residents never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .residents: "residents"],
            of: "site \(property)"
        )
    }
}
