import Foundation
import LintelModel
import Operations

/// Adding many units from a CSV file: the template, the preview with repair of bad rows, the import.
enum UnitFilePages {
    private static let limit = 8 << 20
    /// How many rows of each kind a preview shows.
    private static let shownRefused = 200
    private static let shownRows = 100

    static let routes: [Route] = [
        .page("/properties/:property/units/template.csv") { _ in
            .file(
                name: "units.csv",
                type: "text/csv; charset=utf-8",
                Array(
                    (Operations.unitColumnNames.joined(separator: ",")
                        + "\n101,A,1,\n102,A,1,\n").utf8
                )
            )
        },
        .page("/properties/:property/units/upload", needs: .operate) { visit in
            .redirect(to: visit.at("units", "new"))
        },
        .form(
            "/properties/:property/units/upload",
            limit: limit,
            refused: { UnitPages.form($0, $1) },
            upload
        ),
    ]

    private struct Preview: Sendable {
        struct Refused: Sendable {
            let line: Int
            let name: String
            let building: String
            let floor: String
            let external: String
            let why: String
        }
        struct Row: Sendable {
            let line: Int
            let label: String
            let fate: String
            let kind: String
        }

        let lead: String
        let action: String
        let back: String
        let content: String
        let hasRefused: Bool
        let refusedLead: String
        let refused: [Refused]
        let canImport: Bool
        let hasRows: Bool
        let rows: [Row]
        let more: String?
        let errors: FormErrors
    }

    private static func upload(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let sent =
            visit.form.files["file"].map { Data($0.bytes) }
            ?? visit.form["content"].map { Data($0.utf8) }
        guard var content = sent, !content.isEmpty else {
            throw FormErrors(
                "Choose a CSV file first. Download template shows what it looks like.",
                at: "file"
            )
        }
        return try await FormErrors.about("file") {
            let repairs = repairs(in: visit.form)
            if !repairs.isEmpty { content = try Operations.repairUnits(content, repairs) }
            let preview = try await visit.operations.importUnits(
                content,
                into: property,
                isDryRun: true,
                skipsBadRows: false
            )
            let refused = preview.count { $0.fate.refusal != nil }
            guard refused == 0, visit.form.text("act") == "import" else {
                return .page(page(visit, content, preview))
            }
            let done = try await visit.operations.importUnits(
                content,
                into: property,
                isDryRun: false,
                skipsBadRows: false
            )
            return .redirect(to: visit.at("units"), .done("Imported: \(summary(done))."))
        }
    }

    /// The fields of the rows that were put right, by their line.
    private static func repairs(in form: Form) -> [Int: [String]] {
        var repairs: [Int: [String]] = [:]
        for (name, value) in form.fields where name.hasPrefix("row-") {
            guard let line = Int(name.dropFirst(4)) else { continue }
            repairs[line, default: []].append(value.trimmingCharacters(in: .whitespaces))
        }
        return repairs.filter { $0.value.count == Operations.unitColumnNames.count }
    }

    private static func summary(_ rows: [Operations.UnitRow]) -> String {
        let new = rows.count { $0.fate == .new }
        let changed = rows.count { $0.fate == .changed }
        let same = rows.count { $0.fate == .unchanged }
        let refused = rows.count { $0.fate.refusal != nil }
        let parts = [
            new > 0 ? Wording.count(new, "new unit") : "",
            changed > 0 ? "\(Wording.grouped(changed)) changed" : "",
            same > 0 ? "\(Wording.grouped(same)) unchanged" : "",
            refused > 0 ? "\(Wording.grouped(refused)) refused" : "",
        ]
        let said = parts.filter { !$0.isEmpty }.joined(separator: ", ")
        return said.isEmpty ? "no row" : said
    }

    private static func page(
        _ visit: Visit,
        _ content: Data,
        _ rows: [Operations.UnitRow]
    ) -> Page {
        let refused = rows.filter { $0.fate.refusal != nil }
        let model = Preview(
            lead: summary(rows),
            action: visit.at("units", "upload"),
            back: visit.at("units", "new"),
            content: String(decoding: content, as: UTF8.self),
            hasRefused: !refused.isEmpty,
            refusedLead:
                "Nothing is imported while a row is refused. Put it right here, or empty all its "
                + "fields to leave it out"
                + (refused.count > shownRefused ? "; these are the first \(shownRefused)." : "."),
            refused: refused.prefix(shownRefused).map { row in
                Preview.Refused(
                    line: row.line,
                    name: row.fields[0],
                    building: row.fields[1],
                    floor: row.fields[2],
                    external: row.fields[3],
                    why: row.fate.refusal ?? ""
                )
            },
            canImport: !rows.isEmpty,
            hasRows: !rows.isEmpty,
            rows: rows.prefix(shownRows).map { row in
                let (fate, kind) = row.fate.words
                return Preview.Row(line: row.line, label: row.value, fate: fate, kind: kind)
            },
            more: rows.count > shownRows
                ? "And \(Wording.grouped(rows.count - shownRows)) more rows." : nil,
            errors: rows.isEmpty
                ? FormErrors("The file has no row beneath its header.") : .none
        )
        return Page(
            template: "units-preview",
            title: "Upload CSV",
            section: .units,
            model: model
        )
    }
}

extension Operations.UnitRow.Fate {
    /// Why a row is refused; nil where it is not.
    var refusal: String? {
        if case .refused(let why) = self { why } else { nil }
    }

    /// The fate as a word with its soft colour.
    var words: (word: String, kind: String) {
        switch self {
        case .new: ("New", "ok")
        case .changed: ("Changed", "sug")
        case .unchanged: ("Unchanged", "plain")
        case .refused: ("Refused", "no")
        }
    }
}
