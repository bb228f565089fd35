import LintelModel
import Operations
import Storage

import class Foundation.JSONEncoder

/// Find anyone, and the choice of a unit as it is typed.
enum FindPages {
    static let routes: [Route] = [
        .page("/properties/:property/find", find),
        .page("/properties/:property/units/choices", choices),
    ]

    private struct Found: Sendable {
        struct Person: Sendable {
            let name: String
            let href: String
            let email: String
            let state: String
            let kind: String
            let unit: String
        }
        struct Unit: Sendable {
            let label: String
            let href: String
            let state: String
            let kind: String
            let pms: String
            let residents: String
        }
        struct PMSUnit: Sendable {
            let label: String
            let id: String
            let href: String
            let state: String
            let kind: String
            let unit: String
        }
        struct Record: Sendable {
            let name: String
            let address: String?
            let resident: String
            let pmsUnit: String
            let says: String
            let why: [Why]
        }
        struct Why: Sendable {
            let state: String
            let kind: String
            let reason: String
            let alerts: String?
        }

        let lead: String
        let base: String
        let q: String
        let isEmpty: Bool
        let emptyTitle: String
        let emptyText: String
        let emptySteps: [String]
        let sync: String?
        let hasPeople: Bool
        let people: [Person]
        let morePeople: More?
        /// The ways to the other pages where people alone are shown.
        let pager: Pager?
        let hasRecords: Bool
        let records: [Record]
        let moreRecords: String?
        let hasUnits: Bool
        let units: [Unit]
        let moreUnits: More?
        let hasPMSUnits: Bool
        let pmsUnits: [PMSUnit]
        let morePMSUnits: More?
    }

    private struct More: Sendable {
        let text: String
        let href: String

        init?(_ total: Int, _ shown: Int, _ noun: String, _ plural: String? = nil, href: String) {
            guard total > shown else { return nil }
            text = "\(Wording.count(total - shown, "more \(noun)", plural.map { "more \($0)" }))"
            self.href = href
        }
    }

    /// What alone is shown, page by page.
    private enum Show: String, CaseIterable {
        case people
    }

    private static func find(_ visit: Visit) async throws -> Answer {
        let q = visit.query.text("q")
        let show = try visit.query.choice("show", of: Show.self)
        let (found, pager) = try await found(q, show, visit)
        let isWhole = show == nil
        let mapping = visit.at("integrations", "unit-mapping")
        let run = found.lastRun.map {
            SyncWords.last($0, now: visit.operations.now, visit.clock)
        }
        let model = Found(
            lead: lead(found, q),
            base: visit.at("find"),
            q: q,
            isEmpty: found.isEmpty,
            emptyTitle: q.isEmpty ? "Whom do you look for?" : "Nobody and nothing here is “\(q)”",
            emptyText: q.isEmpty
                ? "Type a name, an e-mail address, a PMS resident id or a unit."
                : "Neither is there anything like it in what the PMS said last. "
                    + (run ?? "This property was never synced."),
            emptySteps: q.isEmpty
                ? []
                : [
                    "Look whether the PMS spells it so, and has it at this property.",
                    "Sync, if it was entered in the PMS since.",
                    "See under Integrations whether the PMS property it belongs to is attached.",
                ],
            sync: !q.isEmpty && visit.may(.operate) ? visit.at("sync") : nil,
            hasPeople: !found.people.isEmpty,
            people: found.people.map { person($0, visit) },
            morePeople: isWhole
                ? More(
                    found.peopleCount,
                    found.people.count,
                    "person",
                    "people",
                    href: path(visit.at("find"), [("q", q), ("show", Show.people.rawValue)])
                ) : nil,
            pager: pager,
            hasRecords: isWhole && !found.records.isEmpty,
            records: found.records.map { record($0, visit) },
            moreRecords: found.recordCount > found.records.count
                ? "\(Wording.count(found.recordCount - found.records.count, "more PMS record")): "
                    + "type more of the name to see them."
                : nil,
            hasUnits: isWhole && !found.units.isEmpty,
            units: found.units.map { unit($0, visit) },
            moreUnits: More(
                found.unitCount,
                found.units.count,
                "unit",
                href: path(visit.at("units"), [("search", q)])
            ),
            hasPMSUnits: isWhole && !found.pmsUnits.isEmpty,
            pmsUnits: found.pmsUnits.map { row in
                Found.PMSUnit(
                    label: row.pmsUnit.label,
                    id: row.pmsUnit.id.text,
                    href: path(mapping, [("search", row.pmsUnit.name)]),
                    state: row.unit != nil ? "Mapped" : row.isIgnored ? "Ignored" : "Unmapped",
                    kind: row.unit != nil ? "ok" : row.isIgnored ? "plain" : "see",
                    unit: row.unit?.label ?? ""
                )
            },
            morePMSUnits: More(
                found.pmsUnitCount,
                found.pmsUnits.count,
                "PMS unit",
                href: path(mapping, [("search", q)])
            )
        )
        return .page(
            Page(template: "find", title: q.isEmpty ? "Find anyone" : "Find “\(q)”", model: model)
        )
    }

    /// What is found: the first of each kind, or a page of the people.
    private static func found(
        _ q: String,
        _ show: Show?,
        _ visit: Visit
    ) async throws -> (Operations.Finding, Pager?) {
        let property = try visit.theProperty()
        guard show == .people else {
            return (try await visit.operations.find(q, of: property), nil)
        }
        func page(from first: Int) async throws -> Operations.Finding {
            try await visit.operations.find(
                q,
                of: property,
                limit: Pager.length,
                peopleFrom: first
            )
        }
        let number = try visit.query.page()
        let found = try await page(from: (number - 1) * Pager.length)
        let (range, pager) = Pager.pages(of: found.peopleCount, number) { number in
            path(
                visit.at("find"),
                [("q", q), ("show", Show.people.rawValue), ("page", String(number))]
            )
        }
        guard found.people.isEmpty, !range.isEmpty else { return (found, pager) }
        return (try await page(from: range.lowerBound), pager)
    }

    private static func lead(_ found: Operations.Finding, _ q: String) -> String {
        guard !found.isEmpty else { return "One search over people, units and PMS records" }
        let parts = [
            (found.peopleCount, "person", "people"), (found.unitCount, "unit", "units"),
            (found.pmsUnitCount, "PMS unit", "PMS units"),
            (found.recordCount, "PMS record of nobody here", "PMS records of nobody here"),
        ]
        .filter { $0.0 > 0 }.map { Wording.count($0.0, $0.1, $0.2) }
        return "“\(q)”: \(parts.joined(separator: ", "))"
    }

    private static func person(_ row: Operations.PersonRow, _ visit: Visit) -> Found.Person {
        Found.Person(
            name: row.person.displayName,
            href: visit.at("people", row.person.id.text),
            email: row.person.email ?? "",
            state: row.standing.title,
            kind: row.standing.kind,
            unit: row.stays.filter(\.assignment.isOpen).map(\.unit.label).joined(separator: ", ")
        )
    }

    private static func unit(_ row: PropertyView.UnitRow, _ visit: Visit) -> Found.Unit {
        Found.Unit(
            label: row.unit.label,
            href: visit.at("units", row.unit.id.text),
            state: row.current > 0 ? "Occupied" : "Vacant",
            kind: row.current > 0 ? "ok" : "plain",
            pms: row.pmsUnits.map(\.label).joined(separator: ", "),
            residents: row.current > 0 ? Wording.count(row.current, "resident") : ""
        )
    }

    private static func record(
        _ record: Operations.Finding.Record,
        _ visit: Visit
    ) -> Found.Record {
        Found.Record(
            name: record.name.isEmpty ? "Without a name" : record.name,
            address: record.email.flatMap { $0.isEmpty ? nil : $0 },
            resident: record.resident.text,
            pmsUnit: record.pmsUnit ?? "",
            says: "The PMS says: \(visit.spoken(record.says))",
            why: record.why.map { because in
                // An alert or a decision says by its heading what it is; a rule has but its reason.
                let isAlert = because.what.contains(" waits for a person")
                let isDecision = because.what.hasPrefix("a decision holds")
                let heading = isAlert ? because.what.prefixBefore(" waits for") + ": " : ""
                return Found.Why(
                    state: isAlert
                        ? "Waits for a person"
                        : isDecision ? "Kept out by a decision" : "Not here",
                    kind: isAlert ? "see" : "plain",
                    reason: visit.spoken(heading + because.reason).sentenceCased + ".",
                    alerts: isAlert ? visit.at("alerts") : nil
                )
            }
        )
    }

    // MARK: The choice of a unit

    private struct Choices: Encodable {
        struct Unit: Encodable {
            let id: String
            let label: String
            let detail: String
            let suggested = false
            let reason = ""

            private enum CodingKeys: CodingKey {
                case id, label, detail, suggested, reason
            }
        }

        let units: [Unit]
    }

    private static func choices(_ visit: Visit) async throws -> Answer {
        let rows = try await visit.operations.unitChoices(
            visit.query.text("q"),
            of: try visit.theProperty()
        )
        let choices = Choices(
            units: rows.map { row in
                let standing =
                    row.current > 0
                    ? "Occupied: \(Wording.count(row.current, "resident"))"
                    : row.upcoming > 0 ? "Vacant, \(row.upcoming) to move in" : "Vacant"
                let floor = row.unit.floor.isEmpty ? "" : ", floor \(row.unit.floor)"
                return Choices.Unit(
                    id: row.unit.id.text,
                    label: row.unit.label,
                    detail: standing + floor
                )
            }
        )
        return .json(Array(try JSONEncoder().encode(choices)))
    }
}

extension String {
    fileprivate func prefixBefore(_ mark: String) -> String {
        range(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
