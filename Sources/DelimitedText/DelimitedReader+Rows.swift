extension DelimitedReader {
    /// The longest row accepted, in bytes: beyond it some quote was never meant to open.
    static let longestRow = 1 << 20

    /// Scans one record, or fetches more bytes where the buffer ends inside it.
    static func scan(
        _ input: inout BufferedInput,
        _ scanner: inout RecordScanner,
        line: Int
    ) throws(DelimitedError) -> RecordScanner.Outcome {
        let outcome = scanner.scan(
            input.bytes.span,
            from: input.position,
            isLast: input.isLast
        )
        let length = (outcome == .needsMore ? input.bytes.count : scanner.end) - input.position
        if length > longestRow {
            let quote = scanner.openQuoteLineOffset.map { line + $0 }
            input.close()
            throw DelimitedError(
                .rowTooLong,
                line: line,
                "the row is longer than \(longestRow) bytes"
                    + (quote.map { "; the quote that opens in line \($0) may never be closed" }
                        ?? "")
            )
        }
        if outcome == .needsMore { try input.fill() }
        return outcome
    }

    static func unclosedQuote(line: Int) -> DelimitedError {
        DelimitedError(
            .unclosedQuote,
            line: line,
            "the quote that opens here is never closed; expected \" before the end"
        )
    }

    /// The row that the scanner has just found, which should have `width` fields.
    static func row(
        _ input: borrowing BufferedInput,
        _ scanner: borrowing RecordScanner,
        line: Int,
        header: DelimitedHeader,
        width: Int?
    ) -> DelimitedRow {
        DelimitedRow(
            line: line,
            lineCount: max(1, scanner.lineBreaks + (scanner.isTerminated ? 0 : 1)),
            offset: input.offset + input.position,
            byteCount: scanner.end - input.position,
            isTerminated: scanner.isTerminated,
            defect: defect(input, scanner, line: line, header: header, width: width),
            header: header,
            bytes: input.bytes,
            fields: scanner.fields
        )
    }

    private static func defect(
        _ input: borrowing BufferedInput,
        _ scanner: borrowing RecordScanner,
        line: Int,
        header: DelimitedHeader,
        width: Int?
    ) -> DelimitedError? {
        func name(_ field: Int) -> String? {
            header.names.indices.contains(field) ? header.names[field] : nil
        }
        let found = scanner.fields.count
        if let field = scanner.strayQuoteField {
            return DelimitedError(
                .strayQuote,
                line: line,
                column: field + 1,
                columnName: name(field),
                "found a quote where none may stand; expected a field with quotes to begin and end "
                    + "with \" and to double every \" in it"
            )
        }
        if let width, found != width {
            return DelimitedError(
                found < width ? .tooFewFields : .tooManyFields,
                line: line,
                "found \(found) fields, expected \(width) as in the header"
            )
        }
        if let field = scanner.nulField {
            return DelimitedError(
                .nulCharacter,
                line: line,
                column: field + 1,
                columnName: name(field),
                "found the character U+0000, which no text may hold"
            )
        }
        guard scanner.hasNonASCII else { return nil }
        if String(validating: input.bytes[input.position..<scanner.end], as: UTF8.self) != nil {
            return nil
        }
        let bad = scanner.fields.firstIndex { field in
            String(validating: input.bytes[field.start..<field.end], as: UTF8.self) == nil
        }
        return DelimitedError(
            .invalidUTF8,
            line: line,
            column: bad.map { $0 + 1 },
            columnName: bad.flatMap(name),
            "found bytes that are not UTF-8; save the file as UTF-8"
        )
    }
}

/// A text without white space at either end.
func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    guard let first = text.firstIndex(where: { !isSpace($0) }),
        let last = text.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text[first...last])
}
