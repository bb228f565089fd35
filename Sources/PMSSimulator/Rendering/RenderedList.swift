import LintelModel

/// A list of one property as the vendor writes it, and what its rows can be asked for by.
struct RenderedList: Sendable {
    let rows: RenderedRows
    private let leaseIDs: [Int]
    private let statuses: [LeaseStatus]
    private let personIDs: [Int]
    /// Where the people of each row end in `personIDs`.
    private let personEnds: [Int]

    /// A list that can only be asked for whole.
    init(_ rows: RenderedRows) {
        self.rows = rows
        leaseIDs = []
        statuses = []
        personIDs = []
        personEnds = []
    }

    /// A list with a row for each lease of the property, in order.
    init(_ rows: RenderedRows, ofLeases leases: [SyntheticLease]) {
        self.init(rows, rowPeople: leases.map { (lease: $0, people: $0.people) })
    }

    /// A list with a row for each person of each lease of the property, in order.
    init(_ rows: RenderedRows, ofPeopleOn leases: [SyntheticLease]) {
        self.init(
            rows,
            rowPeople: leases.flatMap { lease in
                lease.people.map { (lease: lease, people: [$0]) }
            }
        )
    }

    /// A list whose rows are asked for by a lease and its people, as given for each.
    init(
        _ rows: RenderedRows,
        rowPeople: [(lease: SyntheticLease, people: [SyntheticPerson])]
    ) {
        self.rows = rows
        leaseIDs = rowPeople.map(\.lease.id)
        statuses = rowPeople.map(\.lease.status)
        personIDs = rowPeople.flatMap { $0.people.map(\.id) }
        var end = 0
        personEnds = rowPeople.map { row in
            end += row.people.count
            return end
        }
    }

    /// Bytes that keeping it costs, near enough.
    var byteCount: Int {
        rows.byteCount
            + MemoryLayout<Int>.size * (rows.count + 3 * leaseIDs.count + personIDs.count)
    }

    /// The rows that pass each filter that is given; all of a list that can only be asked for whole.
    func rows(matching filter: LeaseFilter) -> RowSelection {
        guard !filter.isEmpty, !leaseIDs.isEmpty else { return RowSelection(rows) }
        let places = leaseIDs.indices.filter { place in
            if let wanted = filter.statuses, !wanted.contains(statuses[place]) { return false }
            if let wanted = filter.leaseIDs, !wanted.contains(leaseIDs[place]) { return false }
            guard let wanted = filter.personIDs else { return true }
            let start = place == 0 ? 0 : personEnds[place - 1]
            return personIDs[start..<personEnds[place]].contains(where: wanted.contains)
        }
        return RowSelection(rows, places: places)
    }
}
