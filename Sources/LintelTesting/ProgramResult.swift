import DelimitedText
package import Foundation

/// What a run of the program left behind.
package struct ProgramResult: Sendable {
    /// The exit status; negative is the signal that ended it.
    package let status: Int32
    package let output: Data
    package let errors: String

    package var text: String { String(decoding: output, as: UTF8.self) }

    /// The output as a JSON object.
    ///
    /// - Throws: ``UnexpectedOutput`` where it is none.
    package func object() throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: output) as? [String: Any] else {
            throw UnexpectedOutput("expected a JSON object, found: \(text.prefix(200))")
        }
        return object
    }

    /// The objects of an array in the output, and the sorted keys all of them have.
    package func rows(_ key: String) throws -> [[String: Any]] {
        guard let rows = try object()[key] as? [[String: Any]] else {
            throw UnexpectedOutput("expected an array “\(key)”, found: \(text.prefix(200))")
        }
        return rows
    }

    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: output)
    }

    /// The header of CSV output.
    package var csvHeader: [String] {
        (text.split(whereSeparator: \.isNewline).first ?? "").split(separator: ",").map(
            String.init
        )
    }

    /// CSV output as one dictionary a row.
    package func csv() throws -> [[String: String]] {
        let header = csvHeader
        var reader = try DelimitedReader(output, columns: header.map { DelimitedColumn($0) })
        var rows: [[String: String]] = []
        while let row = try reader.next() {
            if let defect = row.defect { throw defect }
            var values: [String: String] = [:]
            for column in header { values[column] = row[column] ?? "" }
            rows.append(values)
        }
        return rows
    }
}

/// Why what the program printed is not what it should print.
package struct UnexpectedOutput: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
