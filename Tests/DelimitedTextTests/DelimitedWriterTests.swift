import DelimitedText
import Foundation
import Testing

@Suite struct DelimitedWriterTests {
    @Test(
        "A field is quoted where it must be and nowhere else",
        arguments: [
            (["a", "b c", "d-1"], "a,b c,d-1\n"),
            (["a,b", "c;d", "e\tf"], "\"a,b\",\"c;d\",\"e\tf\"\n"),
            (["5\" pipe", "two\nlines", "\r"], "\"5\"\" pipe\",\"two\nlines\",\"\r\"\n"),
            ([" a", "b ", ""], "\" a\",\"b \",\n"),
            (["=1+1", "@x", "-2"], "=1+1,@x,-2\n"),
            ([""], "\"\"\n"),
            ([], ""),
        ] as [([String], String)]
    )
    func quotesWhereNeeded(fields: [String], text: String) {
        var writer = DelimitedWriter()
        writer.append(fields)
        #expect(writer.text == text)
    }

    @Test("What was taken is not handed over again")
    func takes() {
        var writer = DelimitedWriter()
        writer.append(["a"])
        #expect(writer.take() == Array("a\n".utf8))
        writer.append(["b", nil])
        #expect(writer.take() == Array("b,\n".utf8))
        #expect(writer.take().isEmpty)
    }

    @Test("Reading what was written gives the same fields", arguments: Delimiter.allCases, 0..<40)
    func roundTrip(delimiter: Delimiter, seed: Int) throws {
        var random = SplitMix64(state: UInt64(seed) &* 7919 &+ UInt64(delimiter.rawValue))
        let alphabet: [Character] = [
            "a", "Z", "7", " ", "\"", ",", ";", "\t", "\n", "\r", "\r\n", "é", "🏠", "\u{FEFF}", "=",
            "'",
        ]
        func field() -> String {
            String(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? "a"
                }
            )
        }
        let width = Int.random(in: 1...5, using: &random)
        let header = (0..<width).map { "column\($0)" }
        let rows = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            (0..<width).map { _ in field() }
        }
        var writer = DelimitedWriter(delimiter: delimiter)
        writer.append(header)
        for row in rows { writer.append(row) }

        var reader = try DelimitedReader(Data(writer.bytes))
        #expect(reader.header.names == header)
        if width > 1 { #expect(reader.delimiter == delimiter) }
        var found: [[String]] = []
        while let row = try reader.next() {
            #expect(row.defect == nil)
            found.append((0..<row.count).map { row[$0] ?? "unreadable" })
        }
        // Compared as bytes: a text is equal to another that composes its characters differently.
        #expect(found.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
    }
}

/// Sebastiano Vigna's SplitMix64: a seed gives the same numbers everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
