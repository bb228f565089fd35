import DelimitedText
import Foundation
import LintelModel
import Operations

/// Importing PMS units as units, and the mapping as a CSV file.
enum MappingFilePages {
    private static let base = "/properties/:property/integrations/unit-mapping"
    private static let shown = 200

    static let routes: [Route] = [
        .page(base + "/import", needs: .operate, preview),
        .form(base + "/import", importUnits),
        .page(base + "/mapping.csv", export),
        .page(base + "/file", needs: .operate) { .page(file($0)) },
        .form(base + "/file", limit: 8 << 20, refused: { file($0, errors: $1) }, importFile),
    ]

    private struct Preview: Sendable {
        struct Row: Sendable {
            let pms: String
            let id: String
            let unit: String
            let fate: String
            let kind: String
        }

        let lead: String
        let base: String
        let hasRows: Bool
        let rows: [Row]
        let more: String?
        let hasRefused: Bool
        let refusedLead: String
        let refused: [String]
    }

    private static func preview(_ visit: Visit) async throws -> Answer {
        let outcome = try await visit.operations.importPMSUnits(
            of: try visit.theProperty(),
            isPreview: true
        )
        let found = outcome.rows.count - outcome.made
        let model = Preview(
            lead: outcome.rows.isEmpty
                ? "Units are made out of PMS units that are not mapped yet"
                : "\(Wording.count(outcome.made, "new unit")), "
                    + "\(Wording.count(found, "unit")) that \(found == 1 ? "is" : "are") here already; "
                    + "each is mapped",
            base: visit.at("integrations", "unit-mapping"),
            hasRows: !outcome.rows.isEmpty,
            rows: outcome.rows.prefix(shown).map { row in
                Preview.Row(
                    pms: row.pmsUnit.label,
                    id: row.pmsUnit.id.text,
                    unit: row.unit.label,
                    fate: row.isNew ? "New unit" : "Mapped to the unit here",
                    kind: row.isNew ? "ok" : "sug"
                )
            },
            more: outcome.rows.count > shown
                ? "And \(Wording.grouped(outcome.rows.count - shown)) more." : nil,
            hasRefused: !outcome.refused.isEmpty,
            refusedLead: "\(Wording.count(outcome.refused.count, "PMS unit")) stay unmapped:",
            refused: Array(outcome.refused.prefix(shown))
        )
        return .page(
            Page(
                template: "mapping-import",
                title: "Import PMS units",
                section: .integrations,
                model: model
            )
        )
    }

    private static func importUnits(_ visit: Visit) async throws -> Answer {
        let outcome = try await visit.operations.importPMSUnits(of: try visit.theProperty())
        return .redirect(
            to: visit.at("integrations", "unit-mapping"),
            .done(
                "\(Wording.count(outcome.made, "unit")) made, "
                    + "\(Wording.count(outcome.mapped, "PMS unit")) mapped. Residents follow with the "
                    + "next sync."
            )
        )
    }

    private static func export(_ visit: Visit) async throws -> Answer {
        var writer = DelimitedWriter()
        writer.append(Operations.mappingColumns)
        for row in try await visit.operations.exportMapping(of: try visit.theProperty()) {
            writer.append(row)
        }
        return .file(name: "mapping.csv", type: "text/csv; charset=utf-8", writer.bytes)
    }

    private struct File: Sendable {
        struct Refused: Sendable {
            let line: Int
            let value: String
            let why: String
        }

        let base: String
        let hasRefused: Bool
        let refused: [Refused]
        let errors: FormErrors
    }

    private static func file(
        _ visit: Visit,
        _ refused: [Operations.Refusal] = [],
        errors: FormErrors = .none
    ) -> Page {
        Page(
            template: "mapping-file",
            title: "Import CSV",
            section: .integrations,
            model: File(
                base: visit.at("integrations", "unit-mapping"),
                hasRefused: !refused.isEmpty,
                refused: refused.prefix(shown).map {
                    File.Refused(line: $0.line, value: $0.value, why: $0.why)
                },
                errors: errors
            ),
            isRefusal: errors.isRefused
        )
    }

    private static func importFile(_ visit: Visit) async throws -> Answer {
        guard let sent = visit.form.files["file"], !sent.bytes.isEmpty else {
            throw FormErrors("Choose a CSV file first.", at: "file")
        }
        return try await FormErrors.about("file") {
            let (changed, refused) = try await visit.operations.importMapping(
                Data(sent.bytes),
                of: try visit.theProperty()
            )
            guard refused.isEmpty else {
                return .page(
                    file(
                        visit,
                        refused,
                        errors: FormErrors(
                            "\(Wording.count(refused.count, "row")) refused; nothing was changed. "
                                + "Put them right in the file and import it again.",
                            at: "file"
                        )
                    )
                )
            }
            return .redirect(
                to: visit.at("integrations", "unit-mapping"),
                .done("\(Wording.count(changed, "mapping")) changed.")
            )
        }
    }
}
