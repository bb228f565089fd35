/// What of a property differs from the same property at another time.
struct PropertyChanges {
    /// The leases that are new, or other than they were; the facts of their people apart.
    private(set) var leases: Set<Int> = []
    /// The people who are new, or of whom something other is known.
    private(set) var people: Set<Int> = []

    /// Adds what is other than it was in `before`.
    mutating func add(_ property: SyntheticProperty, since before: SyntheticProperty) {
        let leasesBefore = Dictionary(
            before.leases.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let peopleBefore = Dictionary(
            before.leases.flatMap(\.people).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for lease in property.leases {
            if !(leasesBefore[lease.id].map { Self.isSame($0, lease) } ?? false) {
                leases.insert(lease.id)
            }
            for person in lease.people where peopleBefore[person.id] != person {
                people.insert(person.id)
            }
        }
    }

    private static func isSame(_ left: SyntheticLease, _ right: SyntheticLease) -> Bool {
        guard left.people.map(\.id) == right.people.map(\.id) else { return false }
        var right = right
        right.people = left.people
        return left == right
    }
}
