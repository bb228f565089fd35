import DelimitedText
import Foundation
import Testing

@Suite struct DelimitedReaderTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let text: String
        let rows: [[String]]
        var lines: [Int]?

        var testDescription: String { text.debugDescription }
    }

    static let readings = [
        Reading(text: "a,b\n1,2\n", rows: [["1", "2"]]),
        Reading(text: "a;b\n1;2,5\n", rows: [["1", "2,5"]]),
        Reading(text: "a\tb\n1\t2,5;3\n", rows: [["1", "2,5;3"]]),
        Reading(text: "\"a,x\";b;c\n1;2;3\n", rows: [["1", "2", "3"]]),
        Reading(text: "name\nA,1\n", rows: []),
        Reading(text: "name\nA\nB", rows: [["A"], ["B"]]),
        Reading(text: "\u{FEFF}a,b\n1,2\n", rows: [["1", "2"]]),
        Reading(text: "a,b\r\n1,2\r\n3,4\r\n", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
        Reading(text: "a,b\r1,2\r3,4\r", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
        Reading(text: "a,b\n1,2\n3,4", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
        Reading(
            text: "a,b\n\n1,2\r\n\r\n3,4\n\n",
            rows: [["1", "2"], ["3", "4"]],
            lines: [3, 5]
        ),
        Reading(
            text: "a,b\n\"1\n2\",x\n\"3\r\n4\r5\",y\nz,\"\"\n",
            rows: [["1\n2", "x"], ["3\r\n4\r5", "y"], ["z", ""]],
            lines: [2, 4, 7]
        ),
        Reading(text: "a,b\n\"1,2\",\"say \"\"yes\"\"\"\n", rows: [["1,2", "say \"yes\""]]),
        Reading(text: "a,b\n\"\"\"\",\"\"\"\"\"\"\n", rows: [["\"", "\"\""]]),
        Reading(text: "a,b\n,\n\"\",\" \"\n", rows: [["", ""], ["", " "]]),
        Reading(text: "a,b\nNúñez,🏠\n", rows: [["Núñez", "🏠"]]),
        Reading(text: "a,b\n1,\"2\"", rows: [["1", "2"]]),
        Reading(text: "a,b\n", rows: []),
        Reading(text: "a,b", rows: []),
    ]

    @Test("Reads fields and lines as RFC 4180 has them", arguments: readings)
    func readsFields(reading: Reading) throws {
        var reader = try DelimitedReader(Data(reading.text.utf8))
        var rows: [[String?]] = []
        var lines: [Int] = []
        while let row = try reader.next() {
            if row.defect != nil { continue }
            rows.append((0..<row.count).map { row[$0] })
            lines.append(row.line)
        }
        #expect(rows == reading.rows)
        if let expected = reading.lines { #expect(lines == expected) }
    }

    @Test("Reads the same from pieces of any size", arguments: readings, [1, 2, 3, 7])
    func readsPieces(reading: Reading, size: Int) throws {
        var rest = Array(reading.text.utf8)[...]
        var reader = try DelimitedReader(
            source: { () throws(DelimitedError) -> [UInt8]? in
                guard !rest.isEmpty else { return nil }
                defer { rest = rest.dropFirst(size) }
                return Array(rest.prefix(size))
            }
        )
        var rows: [[String?]] = []
        while let row = try reader.next() {
            let whole = Array(reading.text.utf8)[row.offset..<row.offset + row.byteCount]
            if row.defect != nil { continue }
            rows.append((0..<row.count).map { row[$0] })
            #expect(row.isTerminated == (whole.last == 0x0A || whole.last == 0x0D))
        }
        #expect(rows == reading.rows)
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let row: [UInt8]
        let code: DelimitedError.Code
        var column: Int?

        init(_ row: String, _ code: DelimitedError.Code, column: Int? = nil) {
            self.init(bytes: Array(row.utf8), code, column: column)
        }

        init(bytes: [UInt8], _ code: DelimitedError.Code, column: Int? = nil) {
            row = bytes
            self.code = code
            self.column = column
        }

        var testDescription: String { String(decoding: row, as: UTF8.self).debugDescription }
    }

    @Test(
        "A damaged row says what is wrong, and the rows around it are read",
        arguments: [
            Damage("1,2", .tooFewFields),
            Damage("1,2,3,4", .tooManyFields),
            Damage("1,2\"x,3", .strayQuote, column: 2),
            Damage("\"1\"x,2,3", .strayQuote, column: 1),
            Damage("1, \"2\",3", .strayQuote, column: 2),
            Damage("1,2,\u{0}", .nulCharacter, column: 3),
            Damage("1,\"\u{0}\",3", .nulCharacter, column: 2),
            Damage(bytes: [0x31, 0x2C, 0xE9, 0x2C, 0x33], .invalidUTF8, column: 2),
            Damage(bytes: [0x31, 0x2C, 0x32, 0x2C, 0xC3], .invalidUTF8, column: 3),
        ]
    )
    func reportsDamage(damage: Damage) throws {
        let bytes = Array("a,b,c\nx,y,z\n".utf8) + damage.row + Array("\np,q,r\n".utf8)
        var reader = try DelimitedReader(Data(bytes))
        #expect(try reader.next()?.defect == nil)
        let row = try #require(try reader.next())
        let defect = try #require(row.defect)
        #expect(defect.code == damage.code)
        #expect(defect.line == 3)
        #expect(defect.column == damage.column)
        #expect(defect.columnName == damage.column.map { ["a", "b", "c"][$0 - 1] })
        let after = try #require(try reader.next())
        #expect(after.defect == nil)
        #expect(after["c"] == "r")
        #expect(after.line == 4)
        #expect(try reader.next() == nil)
    }

    @Test("A field that cannot be read is nil, its neighbours are read")
    func unreadableField() throws {
        let bytes = Array("a,b,c\n1,".utf8) + [0xE9] + Array(",3\n".utf8)
        var reader = try DelimitedReader(Data(bytes))
        let row = try #require(try reader.next())
        #expect(row["b"] == nil)
        #expect(row["a"] == "1")
        #expect(row["c"] == "3")
    }

    @Test(
        "An unclosed quote is thrown with the line where it opens",
        arguments: [("a,b\n1,\"2\n3,4\n", 2), ("a,b\n1,2\n\"x\ny\",\"z\n", 4), ("a,\"b\n1,2\n", 1)]
    )
    func unclosedQuote(text: String, line: Int) {
        let error = #expect(throws: DelimitedError.self) {
            var reader = try DelimitedReader(Data(text.utf8))
            while try reader.next() != nil {}
        }
        #expect(error?.code == .unclosedQuote)
        #expect(error?.line == line)
    }

    @Test("Nothing is read after an unclosed quote")
    func endsAfterUnclosedQuote() throws {
        var reader = try DelimitedReader(Data("a\n\"1\n2\n".utf8))
        #expect(throws: DelimitedError.self) { try reader.next() }
        #expect(try reader.next() == nil)
    }

    @Test("A row of more than a megabyte is refused and names the quote that stayed open")
    func rowTooLong() throws {
        let text = "a,b\n1,2\n3,\"" + String(repeating: "x,y\n", count: 300_000)
        var pieces = [Array(text.utf8)]
        var reader = try DelimitedReader(
            source: { () throws(DelimitedError) -> [UInt8]? in pieces.popLast() }
        )
        #expect(try reader.next() != nil)
        let error = #expect(throws: DelimitedError.self) { try reader.next() }
        #expect(error?.code == .rowTooLong)
        #expect(error?.line == 3)
        #expect(error?.message.contains("opens in line 3") == true)
    }

    @Test(
        "A text without a usable header is refused",
        arguments: [
            ([], DelimitedError.Code.noHeader),
            ([0xEF, 0xBB, 0xBF], .noHeader),
            ([0x0A, 0x0D, 0x0A], .noHeader),
            ([0xFF, 0xFE, 0x61, 0x00], .invalidUTF8),
            ([0xFE, 0xFF, 0x00, 0x61], .invalidUTF8),
            ([0x61, 0x2C, 0xE9, 0x0A], .invalidUTF8),
        ] as [([UInt8], DelimitedError.Code)]
    )
    func noHeader(bytes: [UInt8], code: DelimitedError.Code) {
        let error = #expect(throws: DelimitedError.self) { try DelimitedReader(Data(bytes)) }
        #expect(error?.code == code)
    }

    @Test("What the source cannot read is thrown, not taken for the end")
    func sourceFails() throws {
        var pieces = 0
        var reader = try DelimitedReader(
            source: { () throws(DelimitedError) -> [UInt8]? in
                pieces += 1
                if pieces == 1 { return Array("a,b\n1,2\n3,".utf8) }
                throw DelimitedError(.unreadable, line: 0, "input/output error")
            }
        )
        #expect(try reader.next() != nil)
        let error = #expect(throws: DelimitedError.self) { try reader.next() }
        #expect(error?.code == .unreadable)
    }
}
