import ConnectorKit
import Foundation
import Testing

@Suite struct JSONSkimmerTests {
    private static let whole =
        #"{"a":[1,{"b":"x\"}]"},[]],"c\\":"{","d":{"e":null,"f":-1.5e3},"g":true}"#

    /// The members of the outermost object, with their extents as text.
    private static func members(
        _ text: String
    ) throws(JSONSkimmer.Failure) -> [String: String] {
        let data = Data(text.utf8)
        return try JSONSkimmer.read(data) { skimmer throws(JSONSkimmer.Failure) in
            var found: [String: String] = [:]
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                found[key.text] = String(decoding: data[try skimmer.skip()], as: UTF8.self)
            }
            return found
        }
    }

    @Test("Members are found whatever brackets and quotes their texts hold")
    func finds() throws {
        let found = try Self.members(Self.whole)
        #expect(found["a"] == #"[1,{"b":"x\"}]"},[]]"#)
        #expect(found[#"c\\"#] == #""{""#)
        #expect(found["d"] == #"{"e":null,"f":-1.5e3}"#)
        #expect(found["g"] == "true")
    }

    @Test("A text cut anywhere is seen to be cut")
    func cut() {
        for length in 0..<Self.whole.utf8.count {
            let text = String(decoding: Array(Self.whole.utf8.prefix(length)), as: UTF8.self)
            #expect(throws: JSONSkimmer.Failure.truncated(at: length)) {
                try Self.members(text)
            }
        }
    }

    @Test(
        "What is no JSON object is malformed",
        arguments: ["[]", "<html>", "{} x", "{\"a\" 1}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":,}"]
    )
    func malformed(text: String) {
        let error = #expect(throws: JSONSkimmer.Failure.self) { try Self.members(text) }
        guard case .malformed? = error else {
            Issue.record("expected malformed")
            return
        }
    }

    @Test("Elements are counted and scalars read as written")
    func elements() throws {
        let values = try JSONSkimmer.read(
            Data(#" [ "a b" , 12 , true , null , {"x":[1,2]} , [ ] ] "#.utf8)
        ) { skimmer throws(JSONSkimmer.Failure) in
            var values: [String?] = []
            try skimmer.elements { skimmer throws(JSONSkimmer.Failure) in
                values.append(try skimmer.scalar())
            }
            return values
        }
        #expect(values == ["a b", "12", "true", "null", nil, nil])
    }

    @Test(
        "Strings are read as JSONDecoder reads them, and refused as it refuses them",
        arguments: [
            #""""#, #""plain""#, #""Zoë 日本 😀""#, #""q\"b\\s\/""#, #""\b\f\n\r\t""#,
            #""\u0041\u00e9\u65E5""#, #""\ud83d\uDE00!""#, #""\u0000""#, #""\ud83d""#,
            #""\ud83d\u0041""#, #""\ude00""#, #""\x""#, #""\u12G4""#, #""\u12""#,
        ]
    )
    func strings(text: String) {
        let expected = try? JSONDecoder().decode(String.self, from: Data(text.utf8))
        let found = try? JSONSkimmer.read(Data(text.utf8)) {
            skimmer throws(JSONSkimmer.Failure) in try skimmer.scalar()
        }
        #expect(found == expected)
    }

    @Test("Bytes that are no UTF-8 are no text")
    func bytes() {
        #expect(throws: JSONSkimmer.Failure.malformed(at: 1)) {
            try JSONSkimmer.read(Data([0x22, 0x61, 0xFF, 0x22])) {
                skimmer throws(JSONSkimmer.Failure) in try skimmer.scalar()
            }
        }
    }

    @Test("A reader that fails leaves the value for the next")
    func attempts() throws {
        let found = try JSONSkimmer.read(Data(#"[{"a":1},2]"#.utf8)) {
            skimmer throws(JSONSkimmer.Failure) in
            var found: [String] = []
            try skimmer.elements { skimmer throws(JSONSkimmer.Failure) in
                let members: Void? = try skimmer.attempt {
                    skimmer throws(JSONSkimmer.Failure) in
                    try skimmer.members { key, _ throws(JSONSkimmer.Failure) in
                        found.append(key.text)
                    }
                }
                if members == nil, let scalar = try skimmer.scalar() { found.append(scalar) }
            }
            return found
        }
        #expect(found == ["a", "2"])
    }

    @Test("an error nested without end is passed over, one within reach is told")
    func nestedError() {
        func body(_ depth: Int) -> Data {
            let (open, close) = ("[", "]")
            return Data(
                "{\"error\":\(String(repeating: open, count: depth))\"no\"\(String(repeating: close, count: depth))}"
                    .utf8
            )
        }
        #expect(JSONOutline.words(in: body(3)) == "no")
        #expect(JSONOutline.words(in: body(1_000_000)) == nil)
    }
}
