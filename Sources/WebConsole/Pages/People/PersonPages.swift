import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// One person of a property: how they stand, why, and what can be done.
enum PersonPages {
    static let routes: [Route] = [
        .page("/properties/:property/people/:person") { visit in
            .page(PersonModel.page(try await found(visit), visit))
        },
        .form(
            "/properties/:property/people/:person/assign",
            refused: { visit, errors in
                let form = visit.form
                let typed = PersonModel.Typed(
                    unit: form.text("unit"),
                    unitID: form.text("unit-id"),
                    from: form.text("from"),
                    until: form.text("until")
                )
                return PersonModel.page(try await found(visit), visit, typed, errors)
            },
            assign
        ),
        .form("/properties/:property/people/:person/unassign", unassign),
        .form(
            "/properties/:property/people/:person/archive",
            refused: { PersonModel.page(try await found($0), $0, nil, $1) },
            archive
        ),
        .form("/properties/:property/people/:person/release", release),
        .form("/properties/:property/people/:person/preview", preview),
        .form("/properties/:property/people/:person/sync", sync),
    ]

    /// Whom the path names; somebody of other properties alone is not found.
    private static func found(_ visit: Visit) async throws -> Operations.PersonRecord {
        let record = try await visit.operations.record(
            of: PersonID(try visit.parameter("person")),
            at: try visit.theProperty()
        )
        guard let record else { throw Answer.Problem.notFound }
        return record
    }

    private static func back(
        _ record: Operations.PersonRecord,
        _ visit: Visit,
        _ done: String
    ) -> Answer {
        .redirect(to: visit.at("people", record.person.id.text), .done(done))
    }

    // MARK: By hand

    private static func assign(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let property = try visit.theProperty()
        let form = visit.form
        let (from, until) = (try day("from", form), try day("until", form))
        let unit = try await FormErrors.about("unit") {
            try await visit.operations.unitMeant(
                id: form.text("unit-id"),
                name: form.text("unit"),
                of: property
            )
        }
        if let from, let until, until < from {
            throw FormErrors("“Until” is before “From”: nobody can stay such a time.", at: "until")
        }
        if record.stays.contains(where: { $0.unit.id == unit.id && $0.assignment.isOpen }) {
            throw FormErrors(
                "\(record.person.displayName) stands in \(unit.label) already.",
                at: "unit"
            )
        }
        _ = try await visit.operations.assign(
            record.person.id.text,
            to: unit.id.text,
            of: property,
            from: from?.description,
            until: until?.description
        )
        return back(record, visit, "\(record.person.displayName) is assigned to \(unit.label).")
    }

    private static func day(_ name: String, _ form: Form) throws -> CivilDate? {
        guard let text = form.optional(name) else { return nil }
        guard let day = CivilDate(iso: text) else {
            let label = name == "from" ? "From" : "Until"
            throw FormErrors("“\(label)” is “\(text)”; a day is written as 2026-03-31.", at: name)
        }
        return day
    }

    private static func unassign(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let wanted = visit.form.text("unit-id")
        guard
            let stay = record.stays.first(where: {
                $0.unit.id.text == wanted && $0.assignment.isOpen
            })
        else {
            throw OperationError(
                "\(record.person.displayName) does not stand in that unit any more: nothing was done."
            )
        }
        let act = try await visit.operations.unassign(
            record.person.id.text,
            from: stay.unit.id.text,
            of: try visit.theProperty()
        )
        let kept = act.pins > 0 ? " It stays so until the PMS says something else." : ""
        return back(
            record,
            visit,
            "\(record.person.displayName) is taken out of \(stay.unit.label).\(kept)"
        )
    }

    private static func archive(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let act = try await visit.operations.archive(
            record.person.id.text,
            within: try visit.theMember().grant.reach
        )
        let ended = max(0, act.changes - (record.person.isArchived ? 0 : 1))
        return back(
            record,
            visit,
            "\(record.person.displayName) is archived; \(Wording.count(ended, "assignment")) ended."
        )
    }

    private static func release(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let id = visit.form.text("pin")
        guard record.pins.contains(where: { $0.pin.id.text == id }) else {
            throw OperationError("That decision holds no longer: nothing was done.")
        }
        try await visit.operations.releasePin(id, of: try visit.theProperty())
        return back(record, visit, "Released: the next sync does again what the PMS says.")
    }

    // MARK: Sync of one resident

    private struct Preview: Sendable {
        struct Change: Sendable {
            let state: String
            let kind: String
            let what: String
            let why: String
        }

        let name: String
        let resident: String
        let base: String
        let lead: String
        let errors: FormErrors
        let hasChanges: Bool
        let changes: [Change]
        let hasAlerts: Bool
        let alerts: [String]
        let hasObjections: Bool
        let objections: [String]
        let canSync: Bool
        let act: String
    }

    private static func resident(
        _ record: Operations.PersonRecord,
        _ visit: Visit
    ) throws -> PMSResidentID {
        let wanted = visit.form.text("resident")
        let known = record.residencies.first { $0.resident.text == wanted && !$0.isDetached }
        guard let known else { throw Answer.Problem.notFound }
        return known.resident
    }

    private static func preview(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let resident = try resident(record, visit)
        let preview = try await visit.operations.previewSync(
            of: resident,
            of: record.person.id,
            at: try visit.theProperty()
        )
        let name = record.person.displayName
        let count = preview.changes.count
        let lead =
            preview.failure != nil
            ? "Nothing was changed, and nothing can be shown."
            : count == 0
                ? "The PMS says nothing new of this resident: a sync changes nothing."
                : "\(Wording.count(count, "change")) by what the PMS says now. Nothing is written yet."
        let model = Preview(
            name: name,
            resident: resident.text,
            base: visit.at("people", record.person.id.text),
            lead: lead,
            errors: preview.failure.map { FormErrors("The PMS could not be read: \($0)") } ?? .none,
            hasChanges: count > 0,
            changes: preview.changes.map { change in
                Preview.Change(
                    state: change.kind.title,
                    kind: change.kind.tag,
                    what: visit.spoken(change.what),
                    why: visit.spoken(change.why)
                )
            },
            hasAlerts: !preview.alerts.isEmpty,
            alerts: preview.alerts.map(visit.spoken),
            hasObjections: !preview.objections.isEmpty,
            objections: preview.objections.map(visit.spoken),
            canSync: preview.failure == nil,
            act: count == 0
                ? "The PMS is read again; what it then says of this resident is applied, and of nobody else."
                : "The PMS is read again, and what it then says of this resident is applied: "
                    + "as shown, if it says the same. Nobody else is touched, and the run can be undone."
        )
        return .page(
            Page(
                template: "person-preview",
                title: "Sync \(name)",
                section: .people,
                model: model,
                isRefusal: preview.failure != nil
            )
        )
    }

    private static func sync(_ visit: Visit) async throws -> Answer {
        let record = try await found(visit)
        let resident = try resident(record, visit)
        let property = try visit.theProperty()
        try await visit.operations.noteRequest(
            "sync of one resident asked for",
            of: property,
            record.person.id.text
        )
        visit.console.desk.ask(.part(.resident(resident), isPreview: false), of: property)
        return .redirect(to: visit.at("sync"))
    }
}

extension Operations.PlanPreview.Change.Kind {
    fileprivate var title: String {
        switch self {
        case .begins: "Begins"
        case .changes: "Changes"
        case .ends: "Ends"
        }
    }

    fileprivate var tag: String {
        switch self {
        case .begins: "ok"
        case .changes: "sug"
        case .ends: "see"
        }
    }
}
