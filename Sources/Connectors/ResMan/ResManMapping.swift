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
    private var kinds: Set<SnapshotPage.Kind> = []

    init(property: PMSPropertyID) {
        self.property = property
    }

    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        kinds.insert(page.kind)
        guard page.kind == .units else { return try decodeResidents(page) }
        let place = "\(ResManOperation.getUnits.name) of property \(property)"
        let rows = try JSONSkimmer.records(
            of: page.bytes,
            list: "Units",
            id: "UnitNumber",
            at: place,
            ResManWire.Unit.init(from:)
        )
        var part = SnapshotPart()
        var read: [PMSUnit] = []
        for row in rows {
            if case .record(let unit) = row {
                read.append(ResManMapping.unit(unit))
            } else {
                part.miss(at: place, "a unit's record is malformed")
            }
        }
        units.add(read, to: &part, at: place)
        return part
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or residents never came.
    func finish() throws(ConnectorError) -> SnapshotPart {
        guard kinds == [.units, .residents] else {
            throw ConnectorError(
                .truncated,
                attempting: "reading property \(property)",
                "units or residents never came; expected both"
            )
        }
        return SnapshotPart()
    }

    private mutating func decodeResidents(
        _ page: SnapshotPage
    ) throws(ConnectorError) -> SnapshotPart {
        let place = "\(ResManOperation.getResidentTransactions.name) of property \(property)"
        let (stated, households) = try ResManWire.households(in: page.bytes, at: place)
        guard stated.isEmpty || stated.lowercased() == property.text.lowercased() else {
            throw ConnectorError(
                .malformed,
                attempting: place,
                "the answer is about property \(VendorWords.clean(stated))"
            )
        }
        return residencies.part(of: households.flatMap(MITSMapping.residencies), at: place)
    }
}
