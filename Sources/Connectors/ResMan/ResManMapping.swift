import ConnectorKit
import LintelModel

/// Turns what ResMan writes into units, without any I/O; its residents are MITS.
enum ResManMapping {
    static func unit(_ unit: ResManWire.Unit) -> PMSUnit {
        PMSUnit(
            id: PMSUnitID(unit.number),
            building: unit.building,
            name: unit.number,
            floor: unit.floor
        )
    }
}

/// Turns the two answers of one ResMan fetch into units and residencies.
struct ResManDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var units = UnitList()
    private var residencies = ResidencyList(detectsMoves: false)
    private var pages = PageTally()

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        pages.count(page)
        guard page.kind == .units else { return try decodeResidents(page) }
        let place = "\(ResManOperation.getUnits.name) of property \(property)"
        let rows = try JSONSkimmer.records(
            of: page.bytes,
            list: "Units",
            id: "UnitNumber",
            at: place,
            ResManWire.Unit.init(from:)
        )
        return units.part(of: rows, in: property, at: place) { ("", ResManMapping.unit($0)) }
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or residents never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        try pages.end(
            expecting: [.units: "units", .residents: "residents"],
            of: "property \(property)"
        )
    }

    private mutating func decodeResidents(
        _ page: SnapshotPage
    ) throws(ConnectorError) -> SnapshotPart {
        let place = "\(ResManOperation.getResidentTransactions.name) of property \(property)"
        var list = residencies.page(at: place)
        let stated = try ResManWire.households(in: page.bytes, at: place) { household in
            for residency in MITSMapping.residencies(of: household) {
                do throws(UnreadableMember) {
                    try units.requireOne(PMSUnitID(residency.unit))
                    list.add(residency)
                } catch {
                    list.skip(residency.resident, error)
                }
            }
        }
        guard stated.isEmpty || stated.lowercased() == property.text.lowercased() else {
            throw ConnectorError(
                .malformed,
                attempting: place,
                "the answer is about property \(VendorWords.clean(stated))"
            )
        }
        return residencies.end(list)
    }
}
