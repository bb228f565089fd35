/// Finds what a PMS unit may be where nothing is proven, best first.
struct CandidateFinder {
    struct Candidate {
        let place: Int
        let confidence: Double
        var isShared = false
        let reason: String
    }

    private let comparison: Comparison
    private let certain: [Int32]
    /// Whether a unit is certainly somebody's.
    private var isTaken: [Bool] = []
    /// Units that share a key, and those that are nobody's by name, look and spelling; no more of each than are
    /// shown.
    private var byKey: [UnitKey: [Int]] = [:]
    private var byUnit: [Int32: [Int]] = [:]
    private var byShape: [UInt64: [Int]] = [:]
    private var byDeletion: [String: [Int]] = [:]
    private var isIndexed = false

    init(_ comparison: Comparison, certain: [Int32]) {
        self.comparison = comparison
        self.certain = certain
    }

    /// The candidates for a PMS unit, and how much they prove.
    mutating func candidates(
        for place: Int,
        ids: [UnitDesignator]
    ) -> (verdict: UnitProposal.Verdict, candidates: [Candidate]) {
        if !isIndexed { index(ids) }
        var found: [Int: Candidate] = [:]
        func add(_ places: [Int], _ confidence: Double, _ reason: String) {
            for place in places where (found[place]?.confidence ?? 0) < confidence {
                found[place] = Candidate(place: place, confidence: confidence, reason: reason)
            }
        }
        let scheme = comparison.scheme
        let key = scheme.common(pms: place)
        guard key.unit != SequenceTable.empty else { return (.noCounterpart, []) }
        let entry = scheme.entries[key] ?? Scheme.Entry()
        addEqual(places(of: key), entry, place, key, add)
        if scheme.correspondence.kind == .several {
            add(
                byUnit[key.unit] ?? [],
                0.05,
                "the unit's name is the same, but the building is not"
            )
        }
        if let stem = comparison.evidence.stem(of: key) {
            let last = comparison.unitNames[key.unit].last?.text(comparison.words) ?? ""
            for place in places(of: stem) where found[place] == nil {
                found[place] = Candidate(
                    place: place,
                    confidence: 0.1,
                    isShared: true,
                    reason: "\(last.uppercased()) may be a bed of this apartment; "
                        + "several PMS units would share it"
                )
            }
        }
        let shape = comparison.evidence.shape(of: key.unit)
        if shape != 0, (found.values.map(\.confidence).max() ?? 0) < 0.8 {
            let alike = (byShape[shape] ?? []).filter {
                let other = scheme.common(unit: $0)
                return other.building == key.building && other.unit != key.unit
            }
            add(alike, 0.8, "equal but for letters and digits that look alike: O and 0, I and 1")
        }
        if found.isEmpty { addSimilar(key, add) }
        let sorted = found.values.sorted {
            $0.confidence == $1.confidence
                ? ids[$0.place].id < ids[$1.place].id : $0.confidence > $1.confidence
        }
        let best = Array(sorted.prefix(5))
        guard let first = best.first else { return (.noCounterpart, []) }
        let isAlone = best.count == 1 || best[1].confidence < first.confidence - 0.2
        let isLikely = isAlone && (first.confidence >= 0.75 || first.isShared && best.count == 1)
        return (isLikely ? .likely : .unclear, best)
    }

    /// Units with that key.
    private func places(of key: UnitKey) -> [Int] {
        guard let entry = comparison.scheme.entries[key], entry.unitCount > 0 else { return [] }
        return entry.unitCount == 1 ? [Int(entry.unit)] : byKey[key] ?? []
    }

    private func addEqual(
        _ places: [Int],
        _ entry: Scheme.Entry,
        _ place: Int,
        _ key: UnitKey,
        _ add: ([Int], Double, String) -> Void
    ) {
        if entry.unitCount > 1 {
            return add(places, 0.12, "\(entry.unitCount) units have this name")
        }
        if entry.pmsCount > 1 {
            return add(places, 0.12, "\(entry.pmsCount) PMS units have an equal claim on this unit")
        }
        guard let unit = places.first else { return }
        switch doubt(place, unit, key) {
        case .suspectText:
            add(
                places,
                0.6,
                "equal, but a text is too long, contradicts itself, or has letters or marks that look "
                    + "like others"
            )
        case .nameless: break
        case .duplicate:
            add(places, 0.12, "equal, but another record of either list may be the same unit")
        case .word: add(places, 0.6, "equal, but both lists tell APT, STE and the like apart")
        case .date: add(places, 0.5, "equal, but a spreadsheet may have exchanged its parts")
        case .renamedBuilding:
            add(
                places,
                0.75,
                "the unit is the same, but its building has another name there"
            )
        case .noBuilding:
            add(places, 0.75, "the unit is the same, but only one side names buildings")
        case .building:
            add(places, 0.2, "the unit is the same, but which building is which is not proven")
        case .unnamedBuilding:
            add(places, 0.75, "the unit is the same; neither side names its building")
        case .bed:
            add(places, 0.75, "equal, but the last part may be a bed on one side")
        case .floor: add(places, 0.6, "equal, but the floors do not agree")
        case .amenity: add(places, 0.12, "equal, but the name is not one of a home")
        case .confusable:
            add(places, 0.9, "equal; another unit looks the same but for O and 0 or I and 1")
        case .otherReading: add(places, 0.75, "equal, but the lists can be read in another way too")
        case .tooFew, nil:
            add(places, 0.9, "equal; too few of the other units are equal to be sure")
        }
    }

    /// Units not yet anybody's whose name is one letter, digit or transposition away.
    private func addSimilar(_ key: UnitKey, _ add: ([Int], Double, String) -> Void) {
        let name = joined(key)
        guard (2...24).contains(name.count) else { return }
        var places: Set<Int> = []
        for variant in Self.deletions(name) { places.formUnion(byDeletion[variant] ?? []) }
        guard places.count == 1 else { return }
        add(places.map(\.self), 0.08, "the names are similar, and nothing better is left")
    }

    private mutating func index(_ ids: [UnitDesignator]) {
        isIndexed = true
        isTaken = [Bool](repeating: false, count: comparison.units.count)
        for unit in certain where unit >= 0 { isTaken[Int(unit)] = true }
        let scheme = comparison.scheme
        let open = isTaken.indices.filter { place in
            !isTaken[place] || scheme.entries[scheme.common(unit: place)]?.unitCount ?? 0 > 1
        }
        // In the order of ids, so that the few that are kept are the same whatever the list's order.
        for place in open.sorted(by: { ids[$0].id < ids[$1].id }) {
            let key = scheme.common(unit: place)
            byKey[key, default: []].appendFew(place)
            guard !isTaken[place] else { continue }
            byUnit[key.unit, default: []].appendFew(place)
            let shape = comparison.evidence.shape(of: key.unit)
            if shape != 0 { byShape[shape, default: []].appendFew(place) }
            let name = joined(key)
            guard (2...24).contains(name.count) else { continue }
            for variant in Self.deletions(name) {
                byDeletion[variant, default: []].appendFew(place)
            }
        }
    }

    /// What speaks against an equal pair, those reasons included that a whole list gives.
    private func doubt(_ place: Int, _ unit: Int, _ key: UnitKey) -> Comparison.Doubt? {
        comparison.doubt(place, unit, key) ?? (comparison.isSupported ? .otherReading : .tooFew)
    }

    /// A key as one text: the building's place, and the unit's parts without anything between.
    private func joined(_ key: UnitKey) -> String {
        "\(key.building)/"
            + comparison.unitNames[key.unit].map { $0.text(comparison.words) }.joined()
    }

    /// A text, and it without each one of its characters after the building.
    private static func deletions(_ text: String) -> [String] {
        let start = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
        guard text.distance(from: start, to: text.endIndex) > 1 else { return [text] }
        return [text]
            + text[start...].indices.map { index in
                var shorter = text
                shorter.remove(at: index)
                return shorter
            }
    }
}

extension [Int] {
    /// Appends up to one more than are ever shown: whoever looks only needs to know that there are many.
    fileprivate mutating func appendFew(_ place: Int) {
        if count < 6 { append(place) }
    }
}
