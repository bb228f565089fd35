/// Learns from both lists as a whole how each is written.
struct SchemeLearner {
    let pms: [UnitRecord]
    let units: [UnitRecord]
    /// Buildings named by a column or a word, of both sides.
    let buildings: Set<[Token]>

    init(pms: [UnitRecord], units: [UnitRecord]) {
        self.pms = pms
        self.units = units
        buildings = Set(
            (pms.lazy.map(\.building) + units.lazy.map(\.building)).filter { !$0.isEmpty }
        )
    }

    /// The two forms under which most units have a single equal, and others that explain half as many or
    /// more: what they say otherwise is not certain.
    func learn() -> (best: Scheme, rivals: [Scheme]) {
        let pmsForms = forms(of: pms, beside: units)
        let unitForms = forms(of: units, beside: pms)
        let pmsKeys = pmsForms.map { form in pms.map { form.key($0, buildings: buildings) } }
        let unitKeys = unitForms.map { form in units.map { form.key($0, buildings: buildings) } }
        var schemes: [Scheme] = []
        var best = 0
        for (pmsForm, left) in zip(pmsForms, pmsKeys) {
            for (unitForm, right) in zip(unitForms, unitKeys) {
                let scheme = Scheme(
                    pmsForm: pmsForm,
                    unitForm: unitForm,
                    pmsKeys: left,
                    unitKeys: right
                )
                schemes.append(scheme)
                // Simpler forms come first and are left only for clearly more.
                let most = schemes[best].matches.count
                if scheme.matches.count > most + max(1, most / 50) { best = schemes.count - 1 }
            }
        }
        let most = schemes[best].matches.count
        let rivals = schemes.indices.filter {
            $0 != best && schemes[$0].matches.count * 2 >= most && most > 0
        }
        return (schemes[best], rivals.map { schemes[$0] })
    }

    /// The forms that a list allows, the simplest first.
    private func forms(of records: [UnitRecord], beside others: [UnitRecord]) -> [ListForm] {
        var forms = [ListForm()]
        let isUnnamed = records.count { $0.building.isEmpty }
        if !buildings.isEmpty, isUnnamed * 2 > records.count {
            var splits: [ListForm.Split] = [.front, .back]
            if let width = gluedWidth(records) { splits.append(.glued(width: width)) }
            forms += splits.map { ListForm(split: $0) }
        }
        for prefix in prefixes(of: records, beside: others) {
            forms += forms.filter(\.prefix.isEmpty).map { form in
                var form = form
                form.prefix = prefix
                return form
            }
        }
        if records.contains(where: { $0.floor != nil }) {
            forms += forms.map { form in
                var form = form
                form.joinsFloor = true
                return form
            }
        }
        return forms
    }

    /// What stands in front of most units of a list and of few of the other.
    private func prefixes(of records: [UnitRecord], beside others: [UnitRecord]) -> [[Token]] {
        var found: [[Token]] = []
        var prefix: [Token] = []
        for length in 1...3 {
            var counts: [Token: Int] = [:]
            for record in records where record.unit.count > length {
                guard record.unit.lazy.map(\.token).starts(with: prefix) else { continue }
                counts[record.unit[length - 1].token, default: 0] += 1
            }
            guard
                let (token, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
                count * 10 >= records.count * 6, count > 1
            else { break }
            prefix.append(token)
            let shared = others.count { $0.unit.lazy.map(\.token).starts(with: prefix) }
            if shared * 3 < others.count { found.append(prefix) }
        }
        return found
    }

    /// The number of digits behind a building's number, where most units are written in one number.
    private func gluedWidth(_ records: [UnitRecord]) -> Int? {
        let numbers = records.compactMap { record -> (UInt64, UInt8)? in
            guard let first = record.unit.first, let number = first.token.number else { return nil }
            return (number, first.width)
        }
        var best: (width: Int, count: Int)?
        for width in 2...5 {
            let scale = (0..<width).reduce(UInt64(1)) { scale, _ in scale * 10 }
            let count = numbers.count { number, digits in
                digits > width && number >= scale
                    && buildings.contains([Token(number: number / scale)])
            }
            if count > best?.count ?? 0 { best = (width, count) }
        }
        guard let best, best.count * 2 > numbers.count else { return nil }
        return best.width
    }
}
