import DelimitedText
package import LintelModel
import Reconciliation
import SQLEngine
import Storage

package import struct Foundation.Data

extension Operations {
    /// The columns of a mapping file, out and in.
    package static let mappingColumns = [
        "pms_property_id", "pms_unit_id", "pms_building", "pms_unit", "mapping", "unit_id",
        "building",
        "unit",
    ]

    /// The mapping as rows of ``mappingColumns``; `mapping` is `unit`, `ignored` or empty.
    package func exportMapping(of property: Property) async throws -> [[String]] {
        try await mapping(of: property).map { row in
            let word =
                switch row.known.mapping {
                case .unit: "unit"
                case .ignored: "ignored"
                case nil: ""
                }
            return [
                row.pmsProperty.text, row.known.unit.id.text, row.known.unit.building,
                row.known.unit.name, word, row.unit?.id.text ?? "", row.unit?.building ?? "",
                row.unit?.name ?? "",
            ]
        }
    }

    /// Why a row of a mapping file was refused.
    package struct Refusal: Sendable {
        package let line: Int
        package let value: String
        package let why: String
    }

    /// Reads a mapping file: the PMS unit by its PMS id (and PMS property where several are attached), the
    /// unit by its id or by building and name, or `ignored`.
    ///
    /// A row whose mapping is empty is left as it is. With a refused row, nothing is written.
    ///
    /// - Returns: how many mappings changed, and the refused rows.
    package func importMapping(
        _ data: Data,
        of property: Property
    ) async throws -> (changed: Int, refused: [Refusal]) {
        let rows = try await mapping(of: property)
        let units = try await units(of: property)
        let byID = Dictionary(grouping: rows, by: \.known.unit.id.text)
        var refused: [Refusal] = []
        var changes: [(row: MappedUnit, mapping: UnitMapping)] = []
        var seen: [String: Int] = [:]
        do {
            var reader = try DelimitedReader(data, columns: Self.columns)
            while let row = try reader.next() {
                if row.isBlank { continue }
                let id = (row["pms_unit_id"] ?? "").trimmed
                func refuse(_ why: String) {
                    refused.append(Refusal(line: row.line, value: id, why: why))
                }
                if let defect = row.defect {
                    refuse(defect.message)
                    continue
                }
                let place = (row["pms_property_id"] ?? "").trimmed
                let found = (byID[id] ?? []).filter {
                    place.isEmpty || $0.pmsProperty.text == place
                }
                guard let pmsUnit = found.first, found.count == 1 else {
                    refuse(
                        found.isEmpty
                            ? "the PMS has no unit of this id here"
                            : "several attached PMS properties have it; give pms_property_id"
                    )
                    continue
                }
                let key = "\(pmsUnit.attachment) \(id)"
                if let line = seen[key] {
                    refuse("it stands in line \(line) already")
                    continue
                }
                seen[key] = row.line
                switch Self.target(of: row, among: units) {
                case .success(nil): continue
                case .success(let mapping?):
                    if pmsUnit.known.mapping != mapping { changes.append((pmsUnit, mapping)) }
                case .failure(let why): refuse(why.description)
                }
            }
        } catch {
            throw OperationError("the file cannot be read: \(error)")
        }
        guard refused.isEmpty else { return (0, refused) }
        try await write(changes, of: property)
        return (changes.count, [])
    }

    /// What a row says its PMS unit is; nil where it says nothing.
    private static func target(
        of row: DelimitedRow,
        among units: [Unit]
    ) -> Result<UnitMapping?, OperationError> {
        let word = (row["mapping"] ?? "").trimmed.lowercased()
        let id = (row["unit_id"] ?? "").trimmed
        let building = (row["building"] ?? "").trimmed
        let name = (row["unit"] ?? "").trimmed
        switch word {
        case "ignored": return .success(.ignored)
        case "unit", "": break
        default:
            return .failure(
                OperationError("mapping is “\(word)”; expected unit, ignored or nothing")
            )
        }
        if !id.isEmpty {
            guard let unit = units.first(where: { $0.id.text == id }) else {
                return .failure(OperationError("there is no unit of the id \(id) here"))
            }
            return .success(.unit(unit.id))
        }
        guard !name.isEmpty else {
            return word.isEmpty
                ? .success(nil) : .failure(OperationError("it names no unit to map to"))
        }
        let named = units.filter {
            $0.name == name && (building.isEmpty || $0.building == building)
        }
        guard let unit = named.first, named.count == 1 else {
            let which = building.isEmpty ? name : "\(building) — \(name)"
            return .failure(
                OperationError(
                    named.isEmpty
                        ? "there is no unit \(which) here"
                        : "\(named.count) units are called \(which); give the building or unit_id"
                )
            )
        }
        return .success(.unit(unit.id))
    }

    private static let columns = [
        DelimitedColumn("pms_property_id"),
        DelimitedColumn("pms_unit_id", isRequired: true),
        DelimitedColumn("mapping"),
        DelimitedColumn("unit_id"),
        DelimitedColumn("building"),
        DelimitedColumn("unit"),
    ]
}
