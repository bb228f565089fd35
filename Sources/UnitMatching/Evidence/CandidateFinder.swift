/// Finds what a PMS unit may be where nothing is proven, best first.
struct CandidateFinder {
    struct Candidate {
        let place: Int
        let confidence: Double
        var isShared = false
        let reason: String
    }

    private let comparison: Comparison
    private let certain: [Int: Int]
    /// Units that are certainly somebody's.
    private let taken: Set<Int>
    private var byUnit: [[Token]: [Int]] = [:]
    private var byShape: [String: [Int]] = [:]
    private var byDeletion: [String: [Int]] = [:]
    private var isIndexed = false
    private let evidence: Evidence

    init(_ comparison: Comparison, certain: [Int: Int]) {
        self.comparison = comparison
        self.certain = certain
        evidence = Evidence(comparison.scheme, comparison.words)
        taken = Set(certain.values)
    }

    /// The candidates for a PMS unit, and how much they prove.
    mutating func candidates(
        for place: Int,
        ids: [UnitDesignator]
    ) -> (verdict: UnitProposal.Verdict, candidates: [Candidate]) {
        if !isIndexed { index() }
        var found: [Int: Candidate] = [:]
        func add(_ places: [Int], _ confidence: Double, _ reason: String) {
            for place in places where (found[place]?.confidence ?? 0) < confidence {
                found[place] = Candidate(place: place, confidence: confidence, reason: reason)
            }
        }
        let scheme = comparison.scheme
        let own = scheme.pmsKeys[place]
        let key = scheme.correspondence.common(pms: own)
        let claimants = scheme.claims[key]?.count ?? 1
        if let equal = scheme.places[key] {
            equals(equal, claimants, place, key, add)
        }
        let free = (byUnit[own.unit] ?? []).filter { !taken.contains($0) }
        if scheme.correspondence.kind == .several {
            add(
                free,
                free.count == 1 ? 0.5 : 0.5 / Double(max(free.count, 1)),
                "the unit's name is the same, but the building is not"
            )
        }
        if own.unit.count > 1 {
            let stem = UnitKey(building: key.building, unit: Array(own.unit.dropLast()))
            let text = own.unit.last?.text(comparison.words).uppercased() ?? ""
            for place in scheme.places[stem] ?? [] where found[place] == nil {
                found[place] = Candidate(
                    place: place,
                    confidence: 0.1,
                    isShared: true,
                    reason:
                        "\(text) may be a bed of this apartment; several PMS units would share it"
                )
            }
        }
        let looking = Evidence.shape(key, comparison.words).flatMap { byShape[$0] } ?? []
        let equal = Set(scheme.places[key] ?? [])
        add(
            looking.filter { !equal.contains($0) },
            0.8,
            "equal but for letters and digits that look alike: O and 0, I and 1"
        )
        if found.isEmpty { similar(key, add) }
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

    private func equals(
        _ places: [Int],
        _ claimants: Int,
        _ place: Int,
        _ key: UnitKey,
        _ add: ([Int], Double, String) -> Void
    ) {
        if places.count > 1 {
            add(
                places,
                1 / Double(places.count),
                "\(places.count) units have this name"
            )
            return
        }
        if claimants > 1 {
            add(
                places,
                0.9 / Double(claimants),
                "\(claimants) PMS units have an equal claim on this unit"
            )
            return
        }
        guard let unit = places.first else { return }
        switch comparison.doubt(place, unit, key, evidence) {
        case .suspectText:
            add(places, 0.6, "equal, but the text has letters or marks that look like others")
        case .renamedBuilding:
            add(
                places,
                0.75,
                "the unit is the same; nothing but that says that the buildings are"
            )
        case .noBuilding:
            add(places, 0.75, "the unit is the same, but only one side names buildings")
        case .building:
            add(places, 0.75, "the unit is the same, but which building is which is not proven")
        case .unnamedBuilding:
            add(places, 0.75, "the unit is the same; neither side names its building")
        case .bed:
            add(places, 0.75, "equal, but the last part may be a bed on one side")
        case .floor: add(places, 0.6, "equal, but the floors do not agree")
        case .amenity: add(places, 0.3, "equal, but the name is not one of a home")
        case .confusable, nil:
            add(
                places,
                0.9,
                "equal; another unit looks the same, or too few others are equal to be sure"
            )
        }
    }

    /// Units not yet anybody's whose name is one letter, digit or transposition away.
    private func similar(_ key: UnitKey, _ add: ([Int], Double, String) -> Void) {
        let name = Self.joined(key, comparison.words)
        guard (2...24).contains(name.count) else { return }
        var places: Set<Int> = []
        for variant in Self.deletions(name) { places.formUnion(byDeletion[variant] ?? []) }
        guard places.count == 1 else { return }
        add(places.map(\.self), 0.1, "the names are similar, and nothing better is left")
    }

    private mutating func index() {
        isIndexed = true
        let scheme = comparison.scheme
        for (place, key) in scheme.unitKeys.enumerated() {
            byUnit[key.unit, default: []].append(place)
            guard !taken.contains(place) else { continue }
            let common = scheme.correspondence.common(unit: key)
            if let shape = Evidence.shape(common, comparison.words) {
                byShape[shape, default: []].append(place)
            }
            let name = Self.joined(common, comparison.words)
            guard (2...24).contains(name.count) else { continue }
            for variant in Self.deletions(name) { byDeletion[variant, default: []].append(place) }
        }
    }

    private static func joined(_ key: UnitKey, _ words: WordTable) -> String {
        key.building.map { $0.text(words) }.joined(separator: "-") + "/"
            + key.unit.map { $0.text(words) }.joined()
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
