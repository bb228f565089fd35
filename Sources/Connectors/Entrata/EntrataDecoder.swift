package import ConnectorKit
import Foundation
import LintelModel

/// Turns the pages of one Entrata fetch into units and residencies: units first, since leases are joined
/// to them.
package struct EntrataDecoder: SnapshotDecoder {
    private let property: PMSPropertyID
    private var index = EntrataUnitIndex()
    private var unitPages = 0
    private var leasePages = 0
    private var isPropertyListed = false
    /// The leases of earlier pages: one that comes again on a later page says that the list moved while
    /// it was read.
    private var earlierLeases: Set<String> = []

    init(property: PMSPropertyID) {
        self.property = property
    }

    package mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
        switch page.kind {
        case .units: try decodeUnits(page)
        case .people, .residents: try decodeLeases(page)
        }
    }

    /// - Throws: ``ConnectorError`` with the code `truncated` where units or leases never came.
    package mutating func finish() throws(ConnectorError) -> SnapshotPart {
        guard unitPages > 0, leasePages > 0 else {
            throw ConnectorError(
                .truncated,
                attempting: "reading property \(property)",
                "\(unitPages) pages of units and \(leasePages) of leases came; expected both"
            )
        }
        guard isPropertyListed else {
            let problem = SnapshotProblem(
                .incomplete,
                at: "getPropertyUnits of property \(property)",
                "the answer does not list the property; it may not exist or not be visible"
            )
            return SnapshotPart(problems: [problem])
        }
        return SnapshotPart()
    }

    private mutating func decodeUnits(
        _ page: SnapshotPage
    ) throws(ConnectorError) -> SnapshotPart {
        unitPages += 1
        let place = "getPropertyUnits of property \(property), page \(unitPages)"
        let lists = try Self.read(
            .getPropertyUnits,
            from: page.bytes,
            at: place,
            EntrataWire.UnitList.init(from:)
        )
        var part = SnapshotPart()
        for list in lists {
            guard list.property.isEmpty || list.property == property.text else {
                part.problems.append(
                    SnapshotProblem(
                        .incomplete,
                        at: place,
                        "units of property \(list.property) came; they are left out"
                    )
                )
                continue
            }
            isPropertyListed = true
            for unit in list.units {
                if unit.id.isEmpty {
                    part.problems.append(
                        SnapshotProblem(.incomplete, at: place, "a unit has no id")
                    )
                } else if index.add(unit) {
                    part.units += EntrataMapping.units(of: unit)
                } else {
                    part.problems.append(
                        SnapshotProblem(
                            .recordSkipped,
                            at: place,
                            "unit \(unit.id) is listed twice; the first counts"
                        )
                    )
                }
            }
        }
        return part
    }

    private mutating func decodeLeases(
        _ page: SnapshotPage
    ) throws(ConnectorError) -> SnapshotPart {
        leasePages += 1
        let place = "getLeases of property \(property), page \(leasePages)"
        let leases = try Self.read(
            .getLeases,
            from: page.bytes,
            at: place,
            EntrataWire.LeaseRow.init(from:)
        )
        var part = SnapshotPart()
        part.residencies.reserveCapacity(leases.count * 3)
        var onThisPage: [String: SnapshotPart] = [:]
        onThisPage.reserveCapacity(leases.count)
        var repeats = 0
        for row in leases {
            guard case .lease(let lease) = row, !lease.id.isEmpty else {
                Self.skip(row, at: place, in: &part)
                continue
            }
            guard lease.property.isEmpty || lease.property == property.text else {
                part.skip(
                    "",
                    at: place,
                    "lease \(lease.id) is of property \(lease.property); it is left out"
                )
                continue
            }
            if earlierLeases.contains(lease.id) {
                part.skip(
                    "",
                    at: place,
                    "lease \(lease.id) came on an earlier page too: the list moved while it was "
                        + "read, and another lease may be missing"
                )
                continue
            }
            let read = EntrataMapping.part(of: lease, units: index, at: place)
            if let first = onThisPage.updateValue(read, forKey: lease.id) {
                guard first != read else {
                    repeats += 1
                    continue
                }
                Self.contradict(first, read, lease: lease.id, at: place, in: &part)
                continue
            }
            part.residencies += read.residencies
            part.unreadable += read.unreadable
            part.problems += read.problems
        }
        if repeats > 0 {
            // The rows still add up to the stated total: each stands where another lease should.
            part.skip(
                "",
                at: place,
                "\(repeats) of \(leases.count) rows repeat another row; as many leases may be missing"
            )
        }
        earlierLeases.formUnion(onThisPage.keys)
        return part
    }

    /// Notes a lease that could not be read: its customers stay as they are where they are named.
    private static func skip(
        _ row: EntrataWire.LeaseRow,
        at place: String,
        in part: inout SnapshotPart
    ) {
        guard case .unreadable(let id, let customers?) = row, !customers.isEmpty else {
            var name = "without id"
            if case .unreadable(let id, _) = row, !id.isEmpty { name = id }
            part.skip("", at: place, "lease \(name): its record is malformed")
            return
        }
        for customer in customers {
            part.skip(customer, at: place, "lease \(id): its record is malformed")
        }
    }

    /// Takes back a lease that one page states in two ways: nobody on it is changed by either.
    private static func contradict(
        _ first: SnapshotPart,
        _ second: SnapshotPart,
        lease: String,
        at place: String,
        in part: inout SnapshotPart
    ) {
        part.residencies.removeAll { $0.key.lease == lease }
        let residents = Set((first.residencies + second.residencies).map(\.key.resident))
        part.unreadable += residents.sorted()
        part.problems.append(
            SnapshotProblem(
                .recordSkipped,
                at: place,
                "lease \(lease) is listed twice with different facts; neither is read"
            )
        )
    }

    /// The records of an answer to that operation.
    static func read<Record>(
        _ operation: EntrataOperation,
        from body: Data,
        at place: String,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Record
    ) throws(ConnectorError) -> [Record] {
        let records: [Record]?
        do throws(JSONSkimmer.Failure) {
            records = try EntrataWire.result(of: body) { skimmer throws(JSONSkimmer.Failure) in
                try EntrataWire.list(of: operation, in: &skimmer, read)
            }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
        guard let records else {
            throw ConnectorError(.malformed, attempting: place, "the answer has no result")
        }
        return records
    }
}
