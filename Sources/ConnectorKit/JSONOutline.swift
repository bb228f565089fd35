package import Foundation
package import LintelModel

/// What an answer that carries a JSON list says about itself, seen without decoding its records.
package struct JSONOutline: Sendable {
    /// How many records the list holds; nil where there is no list.
    package private(set) var rows: Int?
    /// The hash of the list alone.
    package private(set) var fingerprint: ContentHash?
    /// The members beside the list that were asked for, as text.
    package private(set) var members: [String: String] = [:]
    /// What the answer says for people, where it holds an error or message.
    package private(set) var words: String?

    /// Walks over an answer whose list stands in the member `list`, or is the answer itself where that
    /// is nil.
    package init(
        of body: Data,
        list: StaticString?,
        members wanted: [StaticString] = []
    ) throws(JSONSkimmer.Failure) {
        var range: Range<Int>?
        var outline = Self()
        outline = try JSONSkimmer.read(body) { skimmer throws(JSONSkimmer.Failure) in
            var found = Self()
            if list == nil, try skimmer.kind() == .array {
                range = try found.count(&skimmer)
            } else if try skimmer.kind() == .object {
                try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                    if let list, key == list {
                        if try skimmer.kind() == .array { range = try found.count(&skimmer) }
                    } else if let name = wanted.first(where: { key == $0 }) {
                        found.members[name.description] = try skimmer.attempt {
                            s throws(JSONSkimmer.Failure) in try s.text()
                        }
                    } else if Self.isMessage(key.text) {
                        let said = try Self.words(in: &skimmer)
                        if found.words == nil { found.words = said }
                    }
                }
            }
            return found
        }
        if let range {
            let start = body.startIndex
            outline.fingerprint = ContentHash(
                of: body[(start + range.lowerBound)..<(start + range.upperBound)]
            )
        }
        self = outline
    }

    private init() {}

    /// What an answer says for people; nil where it is no JSON or says nothing.
    package static func words(in body: Data) -> String? {
        (try? JSONOutline(of: body, list: nil))?.words
    }

    private mutating func count(
        _ skimmer: inout JSONSkimmer
    ) throws(JSONSkimmer.Failure) -> Range<Int> {
        var found = 0
        let start = skimmer.position
        try skimmer.elements { _ throws(JSONSkimmer.Failure) in found += 1 }
        rows = found
        return start..<skimmer.position
    }

    private static func isMessage(_ name: String) -> Bool {
        switch name.lowercased() {
        case "message", "usermessage", "error", "errors", "errormessage", "errordescription",
            "error_description", "detail", "title", "exceptionmessage":
            true
        default: false
        }
    }

    /// How deep the text of an error may lie; what lies deeper is passed over.
    private static let deepestWords = 16

    /// The first text in an error.
    private static func words(
        in skimmer: inout JSONSkimmer,
        depth: Int = 0
    ) throws(JSONSkimmer.Failure) -> String? {
        var said: String?
        switch try skimmer.kind() {
        case .object where depth == deepestWords, .array where depth == deepestWords:
            try skimmer.skip()
        case .string, .number: said = try skimmer.scalar()
        case .literal: try skimmer.skip()
        case .object:
            try skimmer.members { _, skimmer throws(JSONSkimmer.Failure) in
                if said == nil { said = try words(in: &skimmer, depth: depth + 1) }
            }
        case .array:
            try skimmer.elements { skimmer throws(JSONSkimmer.Failure) in
                if said == nil { said = try words(in: &skimmer, depth: depth + 1) }
            }
        }
        return said.flatMap { $0.isEmpty ? nil : $0 }
    }
}
