import LintelModel

/// The residencies of one fetch as they come: each key once, whatever the vendor repeats.
///
/// A record that comes again with the same facts counts once. One that comes again with other facts is
/// no record at all, and nobody is changed by either. A record of an earlier page says that the list
/// moved while it was read, so that another may be missing.
package struct ResidencyList: Sendable {
    /// The keys of earlier pages.
    private var earlier: Set<ResidencyKey> = []
    private let detectsMoves: Bool

    /// `detectsMoves` tells whether a list that is read in pages can move meanwhile.
    package init(detectsMoves: Bool) {
        self.detectsMoves = detectsMoves
    }

    /// What one page states, from its written residencies; `problems` are those met on the way to them.
    package mutating func part(
        of written: some Sequence<WrittenResidency>,
        at place: String,
        after problems: SnapshotPart = SnapshotPart()
    ) -> SnapshotPart {
        var part = problems
        var places: [ResidencyKey: Int] = [:]
        var contradicted: Set<ResidencyKey> = []
        var repeats = 0
        var moved = 0
        for record in written {
            guard !record.resident.isEmpty else {
                part.skip("", at: place, "a resident has no id")
                continue
            }
            let residency: PMSResidency
            do throws(UnreadableMember) {
                residency = try record.read()
            } catch {
                let id = VendorWords.clean(record.resident)
                part.skip(record.resident, at: place, "resident \(id): \(error.message)")
                continue
            }
            let key = residency.key
            if earlier.contains(key) {
                moved += 1
            } else if let known = places[key] {
                repeats += 1
                if part.residencies[known] != residency { contradicted.insert(key) }
            } else {
                places[key] = part.residencies.count
                part.residencies.append(residency)
            }
        }
        if !contradicted.isEmpty {
            part.residencies.removeAll { contradicted.contains($0.key) }
            for resident in Set(contradicted.map(\.resident)).sorted() {
                part.skip(
                    resident.text,
                    at: place,
                    "resident \(resident) is listed twice with different facts; neither is read"
                )
            }
        }
        if moved + repeats > 0 {
            part.miss(
                at: place,
                "\(moved + repeats) records repeat others: the list moved while it was read, and as "
                    + "many may be missing"
            )
        }
        if detectsMoves { earlier.formUnion(places.keys) }
        return part
    }
}
