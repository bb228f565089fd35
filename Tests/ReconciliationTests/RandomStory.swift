import LintelModel
import Reconciliation
import ReconciliationTesting

/// A property and its PMS that change at random, the same way for the same seed.
struct RandomStory {
    private(set) var story: Story
    private let seed: UInt64
    private var random: SeededRandom
    /// What happened so far, for whoever must find out what went wrong.
    private(set) var log: [String] = []
    private var leases = 0

    private static let firstNames = ["Ana", "Bo", "Cy", "Ana-María", "Di"]
    private static let lastNames = ["Diaz", "Díaz", "Li", "O'Neil", "Young"]
    private static let sites = ["site", "annex"]

    init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        story = Story(day: "2026-03-01")
        story.attach("annex", connection: seed % 2 == 0 ? "yardi" : "csv")
        for site in Self.sites {
            for number in 1...4 { story.unit("\(site)-\(number)", at: site) }
            story.pmsUnit("\(site)-1/A", partOf: "\(site)-1", at: site)
            story.pmsUnit("\(site)-1/B", partOf: "\(site)-1", at: site)
            story.pmsUnit("\(site)-9", at: site)
        }
        for _ in 0..<6 { newcomer() }
    }

    /// Lets some things happen, some time pass, and syncs; the same number makes the same things happen,
    /// whichever steps came before.
    mutating func step(_ number: Int) -> SyncOutcome {
        random = SeededRandom(seed: seed &* 1_000_003 &+ UInt64(number))
        story.isBraked = one(in: 3)
        for _ in 0..<Int.random(in: 0...3, using: &random) { happen() }
        switch Int.random(in: 0...5, using: &random) {
        case 0: break
        case 1, 2: story.wait(minutes: 20)
        case 3: story.wait(minutes: 61)
        case 4: story.wait(minutes: 24 * 60)
        default: story.wait(minutes: 6 * 24 * 60)
        }
        let ids = Set(story.residencies.keys.map(\.residency.resident.text))
        let incomplete = Set(Self.sites.filter { _ in one(in: 4) })
        var missing: Set<String> = []
        if !incomplete.isEmpty {
            // What an incomplete snapshot does not get to stands in its own PMS property.
            let cut = story.residencies.keys.filter { incomplete.contains($0.attachment.text) }
            let whole = Set(
                story.residencies.keys.filter { !incomplete.contains($0.attachment.text) }
                    .map(\.residency.resident.text)
            )
            for key in cut.sorted()
            where !whole.contains(key.residency.resident.text) && one(in: 2) {
                missing.insert(key.residency.resident.text)
            }
        }
        let unreadable = Set(ids.sorted().filter { _ in one(in: 12) })
        log.append("sync \(incomplete.sorted()) without \(missing.sorted()) \(unreadable.sorted())")
        let before = story
        var outcome = story.sync(incomplete: incomplete, missing: missing, unreadable: unreadable)
        outcome.broken += brakeLaw(before, outcome)
        if one(in: 3) { outcome.broken += undoLaw(before, incomplete, missing, unreadable) }
        return outcome
    }

    /// No removal that nobody approved passes the brake unheld.
    private func brakeLaw(_ before: Story, _ outcome: SyncOutcome) -> [String] {
        guard story.isBraked, story.held.isEmpty else { return [] }
        let settings = before.directory.property.settings
        let day = before.now.adding(minutes: -24 * 60)
        let recent = before.directory.removals.count { $0 > day }
        let removed = recent + outcome.plan.changes.count(where: \.isUnstatedRemoval)
        let open = recent + before.directory.assignments.values.count(where: \.isOpen)
        let allowed = max(settings.brakeRemovals, open * settings.brakeRemovalsPercent / 100)
        return removed == recent || removed <= allowed && 2 * removed <= max(open, 2)
            ? [] : ["\(removed) of \(open) removals passed the brake"]
    }

    /// An undo of the last run restores the directory, and the next sync leaves it so.
    private func undoLaw(
        _ before: Story,
        _ incomplete: Set<String>,
        _ missing: Set<String>,
        _ unreadable: Set<String>
    ) -> [String] {
        guard story.runs.count > before.runs.count else { return [] }
        var copy = story
        let undo = copy.undo()
        var broken = undo.refusals.map { "an undo at once leaves something: \($0)" }
        if copy.visible != before.visible {
            let lost = Set(before.visible).subtracting(copy.visible).sorted()
            let extra = Set(copy.visible).subtracting(before.visible).sorted()
            broken.append("an undo does not restore the directory: lost \(lost), extra \(extra)")
        }
        copy.isBraked = false
        let again = copy.sync(incomplete: incomplete, missing: missing, unreadable: unreadable)
        broken += again.broken.map { "after an undo: \($0)" }
        // What was undone may free the PMS's word on something else, but not on itself.
        let undone = Set(story.runs.last?.flatMap { effects(of: $0, in: story) } ?? [])
        let back = again.plan.changes.flatMap { effects(of: $0, in: copy) }
        if !undone.isDisjoint(with: back) {
            let report = PlanReport(units: story.directory.units).text(again.plan)
            broken.append("what was undone is planned again:\n\(report)")
        }
        return broken
    }

    /// What a change makes true, with nothing of the ids that it makes up.
    private func effects(of planned: PlannedChange, in story: Story) -> [String] {
        func name(_ id: PersonID) -> String {
            let person = story.directory.people[id]
            return "\(person?.nameKey ?? "") \(person?.email ?? "")"
        }
        switch planned.change {
        case .person(nil, let after): return ["\(after.nameKey) \(after.email ?? "") comes in"]
        case .person(let before?, let after):
            return [
                before.firstName == after.firstName ? nil : "first name \(after.firstName)",
                before.lastName == after.lastName ? nil : "last name \(after.lastName)",
                before.email == after.email ? nil : "e-mail \(after.email ?? "")",
                before.phone == after.phone ? nil : "phone \(after.phone ?? "")",
                before.isArchived == after.isArchived ? nil : "archived \(after.isArchived)",
            ]
            .compactMap { $0.map { "\(after.id) \($0)" } }
        case .link(_, let after):
            return after.map { ["\($0.resident) is \(name($0.person))"] } ?? []
        case .assignment(_, let after):
            return [
                "\(name(after.person)) in \(after.unit) \(after.state) \(after.from) "
                    + "\(after.until?.description ?? "")"
            ]
        }
    }

    private mutating func one(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &random)
    }

    private mutating func somebody() -> RecordKey? { pick(story.residencies.keys.sorted()) }

    private mutating func pmsUnit(at site: String) -> String? {
        guard !one(in: 15) else { return nil }
        return pick((story.pmsUnits[AttachmentID(site)] ?? [:]).keys.map(\.text).sorted())
    }

    private mutating func day() -> CivilDate? {
        guard !one(in: 4), let clock = CivilClock(name: story.directory.property.timeZone) else {
            return nil
        }
        let offset = Int.random(in: -40...20, using: &random)
        return clock.day(at: story.now).adding(days: offset)
    }

    private mutating func newcomer(id: String? = nil) {
        let site = pick(Self.sites) ?? "site"
        let first = pick(Self.firstNames) ?? ""
        let last = pick(Self.lastNames) ?? ""
        leases += 1
        let id = id ?? "r\(Int.random(in: 1...14, using: &random))"
        let address = "\(Folding.name(first))@\(Int.random(in: 1...4, using: &random)).example"
        story.resident(
            id,
            first,
            last,
            unit: pmsUnit(at: site),
            pick(LeaseStatus.allCases) ?? .current,
            role: one(in: 6) ? pick(ResidentRole.allCases) ?? .primary : .primary,
            email: one(in: 8) ? nil : address,
            phone: one(in: 2) ? "617" : nil,
            lease: "L\(leases)",
            moveIn: day()?.description,
            moveOut: one(in: 3) ? day()?.description : nil,
            leaseStart: day()?.description,
            at: site
        )
        log.append("\(id) comes in at \(site)")
    }

    private mutating func happen() {
        switch Int.random(in: 0...17, using: &random) {
        case 12, 13, 14: decide()
        case 15: actByHand()
        case 16 where one(in: 2):
            guard !story.runs.isEmpty else { return }
            let run = Int.random(
                in: max(0, story.runs.count - 4)..<story.runs.count,
                using: &random
            )
            log.append("run \(run) is undone")
            story.undo(run)
        case 17 where one(in: 4):
            let word = pick(LeaseStatus.allCases)?.rawValue ?? ""
            let status = pick(LeaseStatus.allCases.filter { $0 != .unknown })
            let isExcluded = one(in: 2)
            log.append("\(word) means \(status?.rawValue ?? "") \(isExcluded)")
            story.word(word, means: one(in: 2) ? status : nil, excluded: isExcluded)
        case 0, 1: newcomer()
        case 2: remap()
        case 3:
            guard let key = somebody() else { return }
            log.append("\(key.residency.resident) is dropped")
            story.residencies[key] = nil
        case 4:
            guard let key = somebody(), let unit = pmsUnit(at: key.attachment.text),
                var residency = story.residencies[key]
            else { return }
            story.residencies[key] = nil
            residency.key.unit = PMSUnitID(unit)
            story.residencies[RecordKey(attachment: key.attachment, residency: residency.key)] =
                residency
            log.append("\(key.residency.resident) moves to \(unit)")
        case 5:
            guard let site = pick(Self.sites), let unit = pmsUnit(at: site) else { return }
            log.append("\(unit) vanishes or comes back")
            let id = AttachmentID(site)
            if story.pmsUnits[id]?[PMSUnitID(unit)] != nil, one(in: 2) {
                story.vanish(unit, at: site)
            } else {
                for number in 1...4 { story.pmsUnit("\(site)-\(number)", at: site) }
            }
        case 6:
            let names = (pick(Self.firstNames) ?? "", pick(Self.lastNames) ?? "")
            let isFirst = one(in: 2)
            edit { residency in
                if isFirst { residency.firstName = names.0 } else { residency.lastName = names.1 }
            }
        case 7:
            let address = "x@\(Int.random(in: 1...6, using: &random)).example"
            edit { $0.email = address }
        case 8:
            let days = (day(), day())
            edit { ($0.moveIn, $0.moveOut) = days }
        case 9 where one(in: 3): byHand()
        default:
            let status = pick(LeaseStatus.allCases) ?? .current
            edit {
                $0.status = status
                $0.statusWord = status.rawValue
            }
        }
    }

    private mutating func edit(_ change: (inout PMSResidency) -> Void) {
        guard let key = somebody(), var residency = story.residencies[key] else { return }
        change(&residency)
        story.residencies[key] = residency
        log.append("\(key.residency.resident) changes to \(residency.status)")
    }

    private mutating func remap() {
        guard let site = pick(Self.sites), let unit = pmsUnit(at: site) else { return }
        let target = "\(site)-\(Int.random(in: 1...4, using: &random))"
        switch Int.random(in: 0...4, using: &random) {
        case 0: story.unmap(unit, at: site)
        case 1: story.ignore(unit, at: site)
        default: story.map(unit, to: target, at: site)
        }
        log.append("\(unit) is mapped anew, perhaps to \(target)")
    }

    private mutating func byHand() {
        let first = pick(Self.firstNames) ?? ""
        let email = "\(Folding.name(first))@\(Int.random(in: 1...4, using: &random)).example"
        guard !story.directory.people.values.contains(where: { $0.email == email }) else { return }
        let unit = "\(pick(Self.sites) ?? "site")-\(Int.random(in: 1...4, using: &random))"
        story.person(
            first,
            pick(Self.lastNames) ?? "",
            email: email,
            unit: unit,
            from: "2026-02-01",
            one(in: 2) ? .current : .upcoming
        )
        log.append("\(first) is put into \(unit) by hand")
    }

    /// Somebody takes a way out of an open alert.
    private mutating func decide() {
        guard let alert = pick(story.directory.alerts.filter { !$0.waysOut.isEmpty }),
            let way = pick(alert.waysOut)
        else { return }
        var value: String?
        switch way {
        case .map, .importUnit, .ignore, .remap, .removeMapping, .exclude: return
        case .chooseHolder: value = pick(alert.residents)?.text
        case .keepUntil:
            guard let clock = CivilClock(name: story.directory.property.timeZone) else { return }
            let days = Int.random(in: 0...9, using: &random)
            value = clock.day(at: story.now).adding(days: days).description
        default: break
        }
        log.append("\(way.title) on \(alert.kind.title): \(alert.detail)")
        story.decide(way, on: alert, value: value)
    }

    private mutating func actByHand() {
        let linked = story.directory.links.keys.sorted().filter { $0.connection.text == "yardi" }
        guard let resident = pick(linked)?.resident.text, let person = story.person(resident) else {
            return
        }
        let open = story.directory.assignments.values.filter {
            $0.person == person.id && $0.isOpen
        }
        let units = open.map { String($0.unit.text.dropFirst()) }.sorted()
        switch Int.random(in: 0...3, using: &random) {
        case 0:
            guard let unit = pick(units) else { return }
            log.append("\(resident) is taken out of \(unit) by hand")
            story.unassign(resident, from: unit)
        case 1:
            log.append("\(resident) is archived by hand")
            story.archive(resident)
        default:
            let unit = "\(pick(Self.sites) ?? "site")-\(Int.random(in: 1...4, using: &random))"
            guard !units.contains(unit) else { return }
            log.append("\(resident) is put into \(unit) by hand")
            story.assign(
                resident,
                to: unit,
                from: day()?.description,
                until: one(in: 3) ? "2026-05-01" : nil
            )
        }
    }
}

extension Story {
    /// The directory as people see it: who is here, who is which PMS resident, who stands where.
    fileprivate var visible: [String] {
        let here = directory.people.values.filter { !$0.isArchived }.map {
            "\($0.id) \($0.firstName) \($0.lastName) \($0.email ?? "") \($0.phone ?? "")"
        }
        let linked = directory.links.map { "\($0.key) is \($0.value.person)" }
        let standing = directory.assignments.values.filter(\.isOpen).map {
            "\($0.person) \($0.unit) \($0.state) \($0.source) \($0.from) "
                + ($0.expectedUntil?.description ?? "")
        }
        return (here + linked + standing).sorted()
    }
}
