import Foundation
import LintelModel
import Operations
import Reconciliation
import Storage

/// One person as their page shows them.
struct PersonModel: Sendable {
    struct Stay: Sendable {
        let unit: String
        let href: String
        let state: String
        let kind: String
        let from: String
        let until: String
        let source: String
    }
    struct Residency: Sendable {
        let resident: String
        let lease: String
        let word: String
        let meaning: String
        let kind: String
        let role: String
        let pmsUnit: String
        let unit: String?
        let unitHref: String
        let mapping: String?
        let dates: [String]
        let listed: String
        let canSync: Bool
        let lacksUnit: Bool
    }
    struct Pin: Sendable {
        let id: String
        let sentence: String
        let at: Moment
    }
    struct Because: Sendable {
        let what: String
        let reason: String
        let pms: String?
        let at: Moment?
        let run: String?
        let alerts: String?
    }
    struct Event: Sendable {
        let at: Moment
        let what: String
        let why: String
        let run: String?
    }
    struct Leave: Sendable {
        let unit: String
        let unitID: String
        let text: String
    }
    /// What somebody typed into the form of an assignment.
    struct Typed: Sendable {
        var unit = ""
        var unitID = ""
        var from = ""
        var until = ""
    }

    let name: String
    let lead: String
    let base: String
    let errors: FormErrors
    let mayOperate: Bool
    let isArchived: Bool
    let first: String
    let last: String
    let email: String
    let phone: String
    let also: String?
    let hasStays: Bool
    let stays: [Stay]
    let hasResidencies: Bool
    let residencies: [Residency]
    let hasPins: Bool
    let pins: [Pin]
    let why: [Because]
    let history: [Event]
    let choices: String
    let typed: Typed
    let isTyped: Bool
    let assignText: String
    let leaves: [Leave]
    let archiveText: String

    static func page(
        _ record: Operations.PersonRecord,
        _ visit: Visit,
        _ typed: Typed? = nil,
        _ errors: FormErrors = .none
    ) -> Page {
        let name = record.person.displayName
        return Page(
            template: "person",
            title: name,
            section: .people,
            model: PersonModel(record, visit, typed, errors)
        )
    }

    private init(
        _ record: Operations.PersonRecord,
        _ visit: Visit,
        _ typed: Typed?,
        _ errors: FormErrors
    ) {
        let person = record.person
        let (now, clock, today) = (visit.operations.now, visit.clock, visit.today)
        let open = record.stays.filter(\.assignment.isOpen)
        name = person.displayName
        lead = Self.lead(record, today)
        base = visit.at("people", person.id.text)
        self.errors = errors
        mayOperate = visit.may(.operate)
        isArchived = person.isArchived
        first = person.firstName
        last = person.lastName
        email = person.email ?? ""
        phone = person.phone ?? ""
        also =
            record.otherProperties == 0
            ? nil
            : "Belongs to \(Wording.count(record.otherProperties, "other property", "other properties")) too."
        hasStays = !record.stays.isEmpty
        stays = record.stays.map { stay in
            Stay(
                unit: stay.unit.label,
                href: visit.at("units", stay.unit.id.text),
                state: stay.assignment.state.title,
                kind: stay.assignment.state.kind,
                from: Wording.day(stay.assignment.from, today: today),
                until: StayWords.until(stay.assignment, today: today),
                source: stay.assignment.source == .sync ? "by sync" : "by hand"
            )
        }
        hasResidencies = !record.residencies.isEmpty
        residencies = record.residencies.map { Residency($0, visit) }
        hasPins = !record.pins.isEmpty
        pins = record.pins.map { listed in
            Pin(
                id: listed.pin.id.text,
                sentence: visit.spoken(listed.pin.sentence).sentenceCased,
                at: Moment(listed.madeAt, now: now, clock)
            )
        }
        let runs = RunLinks(record, visit)
        var told: Set<String> = []
        why = record.why.map { because in
            Because(
                what: Self.heading(of: because),
                reason: visit.spoken(because.reason).sentenceCased,
                // What the PMS says of a record stands once, beside the first that came of it.
                pms: because.pms.flatMap { told.insert($0).inserted ? visit.spoken($0) : nil },
                at: because.instant.map { Moment($0, now: now, clock) },
                run: because.run.flatMap(runs.path),
                alerts: because.what.contains(" waits for a person") ? visit.at("alerts") : nil
            )
        }
        let units = Dictionary(
            record.stays.map { ($0.unit.id, $0.unit.label) },
            uniquingKeysWith: { first, _ in first }
        )
        history = record.history.map { entry in
            Event(
                at: Moment(entry.at, now: now, clock),
                what: Self.words(entry, units) + (entry.undoneBy == nil ? "" : ", undone since"),
                why: visit.spoken(entry.sentence).sentenceCased,
                run: runs.path(entry.batch)
            )
        }
        choices = visit.at("units", "choices")
        self.typed = typed ?? Typed()
        isTyped = typed != nil
        let against = visit.spoken(Self.against(record))
        assignText =
            "Puts \(person.displayName) into a unit by hand, beside where the PMS has them. Being in a unit "
            + "opens no door by itself. Where the PMS says something else of it later, "
            + "a Manual Assignment alert asks."
        leaves = open.map { stay in
            let text =
                "Ends the assignment of \(person.displayName) to \(stay.unit.label) today. "
                + (against.isEmpty
                    ? "The PMS does not say that they live here." : against)
            return Leave(unit: stay.unit.label, unitID: stay.unit.id.text, text: text)
        }
        let ended = Wording.count(open.count, "assignment")
        let elsewhere =
            record.otherProperties == 0
            ? ""
            : " and those at \(Wording.count(record.otherProperties, "other property", "other properties"))"
        archiveText =
            person.isArchived
            ? "\(person.displayName) is archived."
                + (record.pins.isEmpty
                    ? ""
                    : " Release the decisions above, and the next sync does what the PMS says.")
            : "Archives \(person.displayName) and ends \(ended) here\(elsewhere). "
                + "The person and their history are kept. "
                + (against.isEmpty ? "The PMS does not say that they live here." : against)
    }

    /// What is explained; a link is called one, since its reason begins with the PMS resident's id.
    private static func heading(of because: Operations.Because) -> String {
        if because.what.hasSuffix(" came in") { return "Came in" }
        if because.reason.hasPrefix(because.what) { return "Linked to the PMS" }
        return because.what.withoutIdentifier.sentenceCased
    }

    private static func lead(_ record: Operations.PersonRecord, _ today: CivilDate) -> String {
        let open = record.stays.filter(\.assignment.isOpen)
        let places = open.map { stay in
            let assignment = stay.assignment
            return assignment.state == .current
                ? "in \(stay.unit.label) since \(Wording.day(assignment.from, today: today))"
                : "moves into \(stay.unit.label) on \(Wording.day(assignment.from, today: today))"
        }
        let text = places.joined(separator: ", ").sentenceCased
        if record.person.isArchived { return text.isEmpty ? "Archived" : "Archived; \(text)" }
        if !text.isEmpty { return text }
        return record.residencies.contains(where: \.isLiving)
            ? "Without a unit, although the PMS says that they live or will live here"
            : "Stands in no unit now"
    }

    /// What an ending goes against; empty where the PMS does not say that they live here.
    private static func against(_ record: Operations.PersonRecord) -> String {
        let living = record.stillLiving
        guard !living.isEmpty else { return "" }
        return "This goes against the PMS, which still says: \(living.joined(separator: "; ")). "
            + "It stays so until the PMS says something else or you release it here."
    }

    private static func words(_ entry: History.Entry, _ units: [UnitID: String]) -> String {
        let isNew = entry.before == nil
        switch entry.kind {
        case "person":
            func isArchived(_ state: String?) -> Bool { state?.contains("true") ?? false }
            if isNew { return "Came in" }
            if isArchived(entry.before) == isArchived(entry.after) { return "Details changed" }
            return isArchived(entry.after) ? "Archived" : "No longer archived"
        case "link":
            let resident = entry.resident.map { " \($0)" } ?? ""
            return entry.after == nil
                ? "No longer PMS resident\(resident)" : "PMS resident\(resident)"
        case "assignment":
            let unit = entry.unit.map { units[$0] ?? "a unit that is gone" } ?? "a unit"
            let after = entry.after ?? ""
            if after.contains(#""state":"ended""#) { return "Assignment to \(unit) ended" }
            return isNew ? "Assigned to \(unit)" : "Assignment to \(unit) changed"
        default: return entry.kind.sentenceCased
        }
    }
}

extension PersonModel.Residency {
    init(_ residency: Operations.PersonRecord.Residency, _ visit: Visit) {
        let (known, stated) = (residency.known, residency.known.stated)
        let today = visit.today
        resident = residency.resident.text
        lease = stated.key.lease
        word = stated.statusWord
        let excluded = residency.isExcluded ? ", excluded here" : ""
        meaning = "means \(residency.status.rawValue)\(excluded)"
        kind =
            residency.isExcluded || residency.status == .unknown
            ? "see"
            : residency.status.isLiving ? "ok" : residency.status == .future ? "sug" : "plain"
        role = stated.role.rawValue
        let named = residency.pmsUnit?.label ?? stated.key.unit?.text
        pmsUnit = named ?? "none"
        unit = residency.unit?.label
        unitHref = residency.unit.map { visit.at("units", $0.id.text) } ?? ""
        lacksUnit = residency.unit == nil && named != nil
        mapping = named.map { name in
            path(
                visit.at("integrations", "unit-mapping"),
                [("search", residency.pmsUnit?.name ?? name)]
            )
        }
        dates = [
            ("Lease from", stated.leaseStart), ("Lease to", stated.leaseEnd),
            ("Move-in", stated.moveIn), ("Move-out", stated.moveOut),
        ]
        .compactMap { label, day in day.map { "\(label) \(Wording.day($0, today: today))" } }
        let missing = known.missingSince.map {
            "Missing since \(Wording.time($0, now: visit.operations.now, visit.clock))"
        }
        listed = residency.isDetached ? "Its PMS property is detached" : missing ?? "Listed"
        canSync = visit.may(.operate) && !residency.isDetached
    }
}

/// The pages of the runs that a person's history names; an act by hand has none.
private struct RunLinks {
    private let acts: Set<String>
    private let base: String

    init(_ record: Operations.PersonRecord, _ visit: Visit) {
        acts = Set(record.history.filter { $0.code == "by-hand" }.map(\.batch))
        base = visit.at("sync-history")
    }

    func path(_ batch: String) -> String? {
        acts.contains(batch) || batch.isEmpty ? nil : "\(base)/\(batch)"
    }
}

extension String {
    /// The text with a capital letter at its beginning, but for one that begins with an e-mail address.
    var sentenceCased: String {
        prefix { !$0.isWhitespace }.contains("@") ? self : prefix(1).uppercased() + dropFirst()
    }

    /// A heading without the id that a person at a terminal needs: `… (alert 0190…)`.
    fileprivate var withoutIdentifier: String {
        for mark in [" (alert ", " (pin "] {
            if let range = range(of: mark) { return String(self[..<range.lowerBound]) }
        }
        return self
    }
}
