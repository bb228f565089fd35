/// Learns from both lists as a whole how each is written.
struct SchemeLearner {
    private let pms: UnitList
    private let units: UnitList
    private let words: DesignatorWords
    private var keys: KeyMaker

    init(pms: UnitList, units: UnitList, buildings: SequenceTable, words: DesignatorWords) {
        self.words = words
        self.pms = pms
        self.units = units
        keys = KeyMaker(buildings)
    }

    /// What both lists were found to mean.
    struct Learned {
        var best: Scheme
        /// Others that explain half as much or more: what they say otherwise is not certain.
        var rivals: [Scheme] = []
        /// Keys that some record has under another reading of its own: a second claim on them.
        var contested: Set<UnitKey> = []
        /// The tables that the keys of all of them are places in.
        var buildings: SequenceTable
        var units: SequenceTable
    }

    private typealias Read = (form: ListForm, keys: [UnitKey])

    /// The two forms under which most units have a single equal.
    consuming func learn() -> Learned {
        let plain = ListForm()
        let left = (form: plain, keys: keys.keys(pms, plain))
        let right = (form: plain, keys: keys.keys(units, plain))
        let first = Scheme(left, right, keys.buildings)
        let isAgreed = first.matchCount * 20 >= min(pms.count, units.count) * 19
        // Where columns agree, no other reading can explain so many units otherwise; only a floor in a column
        // of its own may still be part of the few that are left.
        if isAgreed, isPlain(pms), isPlain(units), pms.records.allSatisfy({ $0.floor == nil }) {
            return Learned(best: first, buildings: keys.buildings, units: keys.units)
        }
        let pmsForms = reads(pms, left, beside: units)
        let unitForms = reads(units, right, beside: pms)
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
        var learned = Learned(best: schemes[best], buildings: keys.buildings, units: keys.units)
        let most = schemes[best].matchCount
        learned.rivals = schemes.indices.filter {
            $0 != best && most > 0 && isRival(schemes[$0], of: schemes[best])
        }.map { schemes[$0] }
        learned.rivals += shiftedFloors(schemes[best])
        learned.contested = contested(schemes[best])
        learned.buildings = keys.buildings
        learned.units = keys.units
        return learned
    }

    /// Whether most of a list's buildings stand in a column or behind a word, or units have no parts that
    /// could be one.
    private func isPlain(_ list: UnitList) -> Bool {
        let divided = list.records.count {
            $0.building == SequenceTable.empty && ListForm.isDivided(list.unit($0), at: 0)
        }
        return divided * 10 < list.count
    }

    /// Whether another reading explains enough to make doubtful what it says otherwise.
    private func isRival(_ scheme: Scheme, of best: Scheme) -> Bool {
        guard scheme.matchCount * 2 >= best.matchCount else { return false }
        let isTurned =
            scheme.pmsForm.split == .first && scheme.unitForm.split == .last
            || scheme.pmsForm.split == .last && scheme.unitForm.split == .first
        guard isTurned else { return true }
        // Two numbers in one order on both sides may be equal in the other order too, of a few.
        return scheme.matchCount * 6 >= best.matchCount * 5 && !hasOneStyle(best)
    }

    /// Whether equal units are written alike on both sides, with the same gaps and zeros.
    private func hasOneStyle(_ scheme: Scheme) -> Bool {
        var alike = 0
        for entry in scheme.entries.values where entry.isMatch {
            let left = pms.unit(pms.records[Int(entry.pms)])
            let right = units.unit(units.records[Int(entry.unit)])
            if left.count == right.count,
                zip(left, right).allSatisfy({ $0.width == $1.width && $0.gap == $1.gap })
            {
                alike += 1
            }
        }
        return alike * 10 >= scheme.matchCount * 9
    }

    /// The best scheme with floors counted from another number, where that explains as much.
    private mutating func shiftedFloors(_ best: Scheme) -> [Scheme] {
        guard best.pmsForm.joinsFloor || best.unitForm.joinsFloor else { return [] }
        return [Int64(-1), 1].compactMap { shift in
            var (pmsForm, unitForm) = (best.pmsForm, best.unitForm)
            if pmsForm.joinsFloor {
                pmsForm.floorShift = shift
            } else {
                unitForm.floorShift = shift
            }
            let scheme = Scheme(
                (pmsForm, keys.keys(pms, pmsForm)),
                (unitForm, keys.keys(units, unitForm)),
                keys.buildings
            )
            return scheme.matchCount >= best.matchCount ? scheme : nil
        }
    }

    /// Keys that records without a building have where it is looked for in their text.
    private mutating func contested(_ best: Scheme) -> Set<UnitKey> {
        guard keys.buildings.count > 1 else { return [] }
        var contested: Set<UnitKey> = []
        for isPMS in [true, false] {
            let list = isPMS ? pms : units
            let own = isPMS ? best.pmsKeys : best.unitKeys
            var splits: [ListForm.Split] = [.front, .back]
            splits += gluedWidths(list, share: 20).map { .glued(width: $0) }
            for split in splits {
                var form = isPMS ? best.pmsForm : best.unitForm
                form.split = split
                let isGlued = if case .glued = split { true } else { false }
                func note(_ key: UnitKey) {
                    contested.insert(
                        isPMS
                            ? best.correspondence.common(pms: key)
                            : best.correspondence.common(unit: key)
                    )
                }
                for (place, key) in keys.keys(list, form).enumerated() where key != own[place] {
                    if own[place].building == SequenceTable.empty {
                        note(key)
                    } else if isGlued, list.records[place].building == SequenceTable.empty,
                        keys.isNamed(key.building)
                    {
                        // 11101 is 101 of building 11, or 1101 of building 1.
                        note(own[place])
                    }
                }
            }
        }
        return contested
    }

    /// A list read under every form that it allows and that changes anything, the simplest first.
    private mutating func reads(_ list: UnitList, _ plain: Read, beside other: UnitList) -> [Read] {
        var reads = [plain]
        for form in forms(of: list, beside: other).dropFirst() {
            let found = keys.keys(list, form)
            if !reads.contains(where: { $0.keys == found }) { reads.append((form, found)) }
        }
        return reads
    }

    /// The forms that a list allows, the simplest first.
    private func forms(of list: UnitList, beside other: UnitList) -> [ListForm] {
        var forms = [ListForm()]
        let unnamed = list.records.filter { $0.building == SequenceTable.empty }
        if unnamed.count * 2 > list.count, keys.buildings.count > 1 {
            var splits: [ListForm.Split] = [.front, .back]
            splits += gluedWidths(list, share: 4).map { .glued(width: $0) }
            forms += splits.map { ListForm(split: $0) }
        }
        for prefix in prefixes(of: list, beside: other) {
            forms += forms.filter(\.prefix.isEmpty).map { form in
                var form = form
                form.prefix = prefix
                return form
            }
        }
        // Guesses come last: they stand against other readings rather than for themselves.
        forms += forms.filter { $0.split == .none }.flatMap { form in
            guesses(list, unnamed).map { split in
                var form = form
                form.split = split
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

    /// The ends of a unit at which most units without a building have a part that could be one.
    private func guesses(_ list: UnitList, _ unnamed: [UnitList.Record]) -> [ListForm.Split] {
        guard unnamed.count * 2 > list.count else { return [] }
        let first = unnamed.count { ListForm.isDivided(list.unit($0), at: 0) }
        let last = unnamed.count { ListForm.isDivided(list.unit($0), at: $0.unit.count - 1) }
        var splits: [ListForm.Split] = []
        if first * 2 > unnamed.count { splits.append(.first) }
        if last * 2 > unnamed.count { splits.append(.last) }
        return splits
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
            // What tells some units from others is no code: A beside B, 1 beside 2.
            let rivals = counts.filter {
                $0.key != token && $0.key.isNumber == token.isNumber
                    && $0.key.isLetter == token.isLetter && !words.isKind($0.key)
            }
            let share = token.isLetter || token.isNumber ? 50 : 10
            if rivals.values.reduce(0, +) * share > count { break }
            // A letter, a number or a word for a kind of unit in front is part of what a unit is called.
            if length == 1, token.isLetter || token.isNumber || words[token] != nil { break }
            prefix.append(token)
            let shared = other.records.count { hasPrefix(other, $0) }
            if shared * 3 < other.count { found.append(prefix) }
        }
        return found
    }

    /// The numbers of digits behind a building's number, where at least one unit in so many is written in one
    /// number; the most frequent first.
    private func gluedWidths(_ list: UnitList, share: Int) -> [Int] {
        let numbers = list.records.compactMap { record -> (UInt64, UInt8)? in
            guard record.building == SequenceTable.empty, let first = list.unit(record).first,
                let number = first.token.number
            else { return nil }
            return (number, first.width)
        }
        let counts = (2...5).map { width in
            let scale = (0..<width).reduce(UInt64(1)) { scale, _ in scale * 10 }
            let count = numbers.count { number, digits in
                digits > width && number >= scale
                    && keys.named([Token(number: number / scale)][...]) != nil
            }
            return (width: width, count: count)
        }
        return counts.filter { $0.count > 0 && $0.count * share > numbers.count }
            .sorted { ($1.count, $0.width) < ($0.count, $1.width) }.map(\.width)
    }
}
