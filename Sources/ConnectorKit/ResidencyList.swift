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
        var page = page(at: place)
        page.part = problems
        for record in written { page.add(record) }
        return end(page)
    }

    /// A page to be filled one record at a time, so that a long answer need not stand in memory twice.
    package func page(at place: String) -> Page { Page(place: place) }

    /// What a page states, once all of its records were added.
    package mutating func end(_ page: Page) -> SnapshotPart {
        let part = page.whole(without: earlier)
        if detectsMoves { earlier.formUnion(page.places.keys) }
        return part
    }

    /// The records of one page.
    package struct Page: Sendable {
        fileprivate var part = SnapshotPart()
        fileprivate private(set) var places: [ResidencyKey: Int] = [:]
        private let place: String
        private var contradicted: Set<ResidencyKey> = []
        /// Records that repeat others of this page.
        private var repeats = 0

        fileprivate init(place: String) {
            self.place = place
        }

        package mutating func add(_ record: WrittenResidency) {
            guard !record.resident.isEmpty else {
                part.skip("", at: place, "a resident has no id")
                return
            }
            let residency: PMSResidency
            do throws(UnreadableMember) {
                residency = try record.read()
            } catch {
                skip(record.resident, error)
                return
            }
            let key = residency.key
            if let known = places[key] {
                repeats += 1
                if part.residencies[known] != residency { contradicted.insert(key) }
            } else {
                places[key] = part.residencies.count
                part.residencies.append(residency)
            }
        }

        /// Notes a record that cannot be read.
        package mutating func skip(_ resident: String, _ error: UnreadableMember) {
            let id = VendorWords.clean(resident)
            part.skip(resident, at: place, "resident \(id): \(error.message)")
        }

        /// What the page states of records that no earlier page had.
        fileprivate func whole(without earlier: Set<ResidencyKey>) -> SnapshotPart {
            var part = part
            let count = part.residencies.count
            if !earlier.isEmpty { part.residencies.removeAll { earlier.contains($0.key) } }
            let repeats = repeats + count - part.residencies.count
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
            if repeats > 0 {
                part.miss(
                    at: place,
                    "\(repeats) records repeat others: the list moved while it was read, and as many may "
                        + "be missing"
                )
            }
            return part
        }
    }
}
