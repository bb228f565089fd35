import LintelModel
import Operations
import Reconciliation
import Storage

/// Lease Statuses: what each raw word of the PMS means here, and which are left out.
enum LeaseStatusPages {
    static let routes: [Route] = [
        .page("/properties/:property/integrations/lease-statuses", list),
        .form("/properties/:property/integrations/lease-statuses", save),
    ]

    private struct List: Sendable {
        struct Option: Sendable {
            let value: String
            let label: String
            let isChosen: Bool
        }
        struct Row: Sendable {
            let number: String
            let word: String
            let residents: String
            let meaning: String
            let isUnknown: Bool
            let isExcluded: Bool
            let options: [Option]
        }

        let lead: String
        let tabs: [Frame.Link]
        let action: String
        let mayOperate: Bool
        let isEmpty: Bool
        let rows: [Row]
    }

    private static func list(_ visit: Visit) async throws -> Answer {
        let words = try await visit.operations.statuses(of: try visit.theProperty())
        let open = words.filter { ($0.meaning.status ?? $0.vendorStatus ?? .unknown) == .unknown }
        let excluded = words.count { $0.meaning.isExcluded }
        let model = List(
            lead: words.isEmpty
                ? "The PMS has not been read yet"
                : "\(Wording.count(words.count, "word")) of the PMS, \(Wording.grouped(excluded)) "
                    + "excluded"
                    + (open.isEmpty ? "" : ", \(Wording.grouped(open.count)) without a meaning"),
            tabs: IntegrationTabs.links(visit, at: .leaseStatuses),
            action: IntegrationTabs.leaseStatuses.href(visit),
            mayOperate: visit.may(.operate),
            isEmpty: words.isEmpty,
            rows: words.enumerated().map { row($1, $0) }
        )
        return .page(
            Page(
                template: "lease-statuses",
                title: "Lease Statuses",
                section: .integrations,
                model: model
            )
        )
    }

    private static func row(_ listed: StatusWords.Listed, _ number: Int) -> List.Row {
        let vendor = listed.vendorStatus ?? .unknown
        let chosen = listed.meaning.status
        let standard = List.Option(
            value: "",
            label: vendor == .unknown ? "Not decided" : "\(vendor.title), as the PMS means it",
            isChosen: chosen == nil
        )
        return List.Row(
            number: String(number),
            word: listed.word,
            residents: Wording.grouped(listed.residents),
            meaning: (chosen ?? vendor).title,
            isUnknown: (chosen ?? vendor) == .unknown && !listed.meaning.isExcluded,
            isExcluded: listed.meaning.isExcluded,
            options: [standard]
                + LeaseStatus.allCases.filter { $0 != .unknown }.map {
                    List.Option(value: $0.rawValue, label: $0.title, isChosen: chosen == $0)
                }
        )
    }

    private static func save(_ visit: Visit) async throws -> Answer {
        var meanings: [(word: String, meaning: StatusMeaning)] = []
        for (name, word) in visit.form.fields where name.hasPrefix("word-") {
            let number = name.dropFirst("word-".count)
            meanings.append(
                (
                    word,
                    StatusMeaning(
                        status: LeaseStatus(rawValue: visit.form.text("status-\(number)")),
                        isExcluded: visit.form.has("excluded-\(number)")
                    )
                )
            )
        }
        let changed = try await visit.operations.setStatuses(
            meanings,
            of: try visit.theProperty()
        )
        return .redirect(
            to: IntegrationTabs.leaseStatuses.href(visit),
            .done(
                changed == 0
                    ? "Nothing was different from before."
                    : "\(Wording.count(changed, "word")) saved; it holds from the next sync on."
            )
        )
    }

    /// Leaves out the words of a form whose boxes are checked, and takes in the others of it again.
    ///
    /// - Parameters:
    ///   - form: each word shown as `known`, those checked as `excluded`, another one typed as `other`.
    ///   - property: where.
    ///   - visit: who does it.
    /// - Returns: how many words were changed.
    /// - Throws: ``OperationError`` where one of them is none, ``SQLError``.
    static func exclude(_ form: Form, of property: Property, _ visit: Visit) async throws -> Int {
        let listed = try await visit.operations.statuses(of: property)
        let before = Dictionary(listed.map { ($0.word, $0.meaning) }, uniquingKeysWith: { $1 })
        let excluded = Set(form.all("excluded"))
        var words = form.all("known").map { ($0, excluded.contains($0)) }
        if let other = form.optional("other") { words.append((other, true)) }
        return try await visit.operations.setStatuses(
            words.map { word, isExcluded in
                var meaning = before[word] ?? StatusMeaning()
                meaning.isExcluded = isExcluded
                return (word, meaning)
            },
            of: property
        )
    }
}

extension LeaseStatus {
    /// As pages name it.
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
