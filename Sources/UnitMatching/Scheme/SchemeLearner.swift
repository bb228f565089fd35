/// Learns from both lists as a whole how each is written.
struct SchemeLearner {
    private let pms: UnitList
    private let units: UnitList
    private var keys: KeyMaker

    init(pms: UnitList, units: UnitList, buildings: SequenceTable) {
        self.pms = pms
        self.units = units
        keys = KeyMaker(buildings)
    }

    /// What both lists were found to mean.
    struct Learned {
        var best: Scheme
        /// Others that explain half as much or more: what they say otherwise is not certain.
        var rivals: [Scheme]
        /// The table of units that the keys of all of them are places in.
        var units: SequenceTable
    }

    /// The two forms under which most units have a single equal.
    consuming func learn() -> Learned {
        let plain = ListForm()
        let left = (form: plain, keys: keys.keys(pms, plain))
        let right = (form: plain, keys: keys.keys(units, plain))
        let first = Scheme(left, right, keys.buildings)
        // Where the lists agree as they are, no other reading can explain so many of them otherwise; only a
        // floor in a column of its own may still be part of the few that are left.
        let hasFloors = pms.records.contains { $0.floor != nil }
        if first.matchCount * 20 >= min(pms.count, units.count) * 19, !hasFloors {
            return Learned(best: first, rivals: [], units: keys.units)
        }
        var pmsForms = [left]
        for form in forms(of: pms, beside: units).dropFirst() {
            pmsForms.append((form, keys.keys(pms, form)))
        }
        var unitForms = [right]
        for form in forms(of: units, beside: pms).dropFirst() {
            unitForms.append((form, keys.keys(units, form)))
        }
        var schemes = [first]
        var best = 0
        for (row, pmsForm) in pmsForms.enumerated() {
            for (column, unitForm) in unitForms.enumerated() where row + column > 0 {
                let scheme = Scheme(pmsForm, unitForm, keys.buildings)
                schemes.append(scheme)
                // Simpler forms come first and are left only for clearly more.
                let most = schemes[best].matchCount
                if scheme.matchCount > most + max(1, most / 50) { best = schemes.count - 1 }
            }
        }
        let most = schemes[best].matchCount
        let rivals = schemes.indices.filter {
            $0 != best && schemes[$0].matchCount * 2 >= most && most > 0
        }
        return Learned(best: schemes[best], rivals: rivals.map { schemes[$0] }, units: keys.units)
    }

    /// The forms that a list allows, the simplest first.
    private func forms(of list: UnitList, beside other: UnitList) -> [ListForm] {
        var forms = [ListForm()]
        let unnamed = list.records.count { $0.building == SequenceTable.empty }
        if keys.buildings.count > 1, unnamed * 2 > list.count {
            var splits: [ListForm.Split] = [.front, .back]
            if let width = gluedWidth(list) { splits.append(.glued(width: width)) }
            forms += splits.map { ListForm(split: $0) }
        }
        for prefix in prefixes(of: list, beside: other) {
            forms += forms.filter(\.prefix.isEmpty).map { form in
                var form = form
                form.prefix = prefix
                return form
            }
        }
        if list.records.contains(where: { $0.floor != nil }) {
            forms += forms.map { form in
                var form = form
                form.joinsFloor = true
                return form
            }
        }
        return forms
    }

    /// What stands in front of most units of a list and of few of the other.
    private func prefixes(of list: UnitList, beside other: UnitList) -> [[Token]] {
        var found: [[Token]] = []
        var prefix: [Token] = []
        func hasPrefix(_ list: UnitList, _ record: UnitList.Record) -> Bool {
            list.unit(record).lazy.map(\.token).starts(with: prefix)
        }
        for length in 1...3 {
            var counts: [Token: Int] = [:]
            for record in list.records
            where record.unit.count > length && hasPrefix(list, record) {
                counts[list.lexemes[record.unit.lowerBound + length - 1].token, default: 0] += 1
            }
            guard
                let (token, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
                count * 10 >= list.count * 6, count > 1
            else { break }
            prefix.append(token)
            let shared = other.records.count { hasPrefix(other, $0) }
            if shared * 3 < other.count { found.append(prefix) }
        }
        return found
    }

    /// The number of digits behind a building's number, where most units are written in one number.
    private func gluedWidth(_ list: UnitList) -> Int? {
        let numbers = list.records.compactMap { record -> (UInt64, UInt8)? in
            guard let first = list.unit(record).first, let number = first.token.number else {
                return nil
            }
            return (number, first.width)
        }
        var best: (width: Int, count: Int)?
        for width in 2...5 {
            let scale = (0..<width).reduce(UInt64(1)) { scale, _ in scale * 10 }
            let count = numbers.count { number, digits in
                digits > width && number >= scale
                    && keys.buildings.find([Token(number: number / scale)][...]) != nil
            }
            if count > best?.count ?? 0 { best = (width, count) }
        }
        guard let best, best.count * 2 > numbers.count else { return nil }
        return best.width
    }
}
