import ConnectorKit
import DelimitedText

/// One of the two files of a folder.
enum CSVFile: String, CaseIterable, Sendable, Codable {
    case units = "units.csv"
    case residents = "residents.csv"

    var name: String { rawValue }

    var kind: SnapshotPage.Kind {
        switch self {
        case .units: .units
        case .residents: .residents
        }
    }

    /// The columns that are read; every other one is passed over and never kept.
    var columns: [DelimitedColumn] {
        switch self {
        case .units: CSVUnitColumns.known
        case .residents: CSVResidentColumns.known
        }
    }

    /// The name of the column by which a row is told from others.
    var recordColumn: String {
        switch self {
        case .units: "unit_id"
        case .residents: "resident_id"
        }
    }
}
