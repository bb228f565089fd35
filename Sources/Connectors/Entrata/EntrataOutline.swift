import ConnectorKit
import Foundation

/// What an answer of Entrata says about itself, seen without decoding its records.
///
/// The envelope is `{"response":{"requestId":…,"code":200,"result":{…}}}`; the wrapper `response` may be
/// missing, `code` may be text, and an error stands in `response.error` also under HTTP 200.
struct EntrataOutline: Sendable {
    /// The in-band code as written.
    private(set) var code: String?
    /// The in-band error's own code and words.
    private(set) var errorCode: String?
    private(set) var errorMessage: String?
    /// Where the value of `result` stands, in bytes from the body's start.
    private(set) var result: Range<Int>?
    /// How many records the list holds; nil where there is no list.
    private(set) var rows: Int?
    /// How many elements the list has itself: properties, for a list of units.
    private(set) var elements: Int?
    private(set) var total: Int?
    private(set) var lastPage: Int?

    /// Walks over an answer to that operation.
    init(of body: Data, to operation: EntrataOperation) throws(JSONSkimmer.Failure) {
        self = try JSONSkimmer.read(body) { skimmer throws(JSONSkimmer.Failure) in
            var outline = EntrataOutline()
            guard try skimmer.kind() == .object else {
                throw .malformed(at: skimmer.position)
            }
            try outline.readEnvelope(&skimmer, operation: operation, isOutermost: true)
            return outline
        }
    }

    private init() {}

    private mutating func readEnvelope(
        _ skimmer: inout JSONSkimmer,
        operation: EntrataOperation,
        isOutermost: Bool
    ) throws(JSONSkimmer.Failure) {
        try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
            switch key {
            case "response" where isOutermost:
                guard try skimmer.kind() == .object else { return }
                try readEnvelope(&skimmer, operation: operation, isOutermost: false)
            case "code": code = try skimmer.scalar()
            case "error": try readError(&skimmer)
            case "result":
                guard try skimmer.kind() == .object else { return }
                let start = skimmer.position
                try readResult(&skimmer, operation: operation)
                result = start..<skimmer.position
            default: break
            }
        }
    }

    /// Reads an error object or text; what PHP writes for nothing (`null`, `[]`, `""`, `false`) is none.
    private mutating func readError(_ skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
        switch try skimmer.kind() {
        case .object:
            var hasMembers = false
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                hasMembers = true
                switch key {
                case "code": errorCode = try skimmer.scalar()
                case "message": errorMessage = try skimmer.scalar()
                default: break
                }
            }
            if hasMembers, errorMessage == nil { errorMessage = "no message" }
        case .array:
            var count = 0
            try skimmer.elements { _ throws(JSONSkimmer.Failure) in count += 1 }
            if count > 0 { errorMessage = "a list of \(count) errors" }
        case .string, .number, .literal:
            let words = try skimmer.scalar() ?? ""
            if !["", "null", "false", "0"].contains(words) { errorMessage = words }
        }
    }

    private mutating func readResult(
        _ skimmer: inout JSONSkimmer,
        operation: EntrataOperation
    ) throws(JSONSkimmer.Failure) {
        let path = operation.listPath
        try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
            if let first = path.first, key == first {
                var deep: Int? = operation.recordPath == nil ? nil : 0
                elements = try Self.count(
                    path.dropFirst(),
                    in: &skimmer,
                    records: operation.recordPath,
                    sum: &deep
                )
                rows = operation.recordPath == nil ? elements : (elements == nil ? nil : deep)
            } else if key == "meta" {
                guard try skimmer.kind() == .object else { return }
                try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                    switch key {
                    case "total": total = try skimmer.scalar().flatMap { Int($0) }
                    case "lastPage": lastPage = try skimmer.scalar().flatMap { Int($0) }
                    default: break
                    }
                }
            }
        }
    }

    /// Counts the elements at the end of a path; nil where it leads nowhere.
    ///
    /// One element may stand without its array. An empty object or array on the way is an empty list, as
    /// PHP writes it. Where `records` is given, the records below each element are added to `sum`, which
    /// becomes nil where an element has none of that list.
    private static func count(
        _ path: ArraySlice<StaticString>,
        in skimmer: inout JSONSkimmer,
        records: [StaticString]?,
        sum: inout Int?
    ) throws(JSONSkimmer.Failure) -> Int? {
        switch (try skimmer.kind(), path.first) {
        case (.array, nil):
            var found = 0
            try skimmer.elements { skimmer throws(JSONSkimmer.Failure) in
                found += 1
                try addRecords(records, in: &skimmer, to: &sum)
            }
            return found
        case (.object, nil):
            try addRecords(records, in: &skimmer, to: &sum)
            return 1
        case (.object, let name?):
            var found: Int?
            var isEmpty = true
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                isEmpty = false
                guard key == name else { return }
                found = try count(path.dropFirst(), in: &skimmer, records: records, sum: &sum)
            }
            return isEmpty ? 0 : found
        case (.array, _?):
            var isEmpty = true
            try skimmer.elements { _ throws(JSONSkimmer.Failure) in isEmpty = false }
            return isEmpty ? 0 : nil
        default: return nil
        }
    }

    private static func addRecords(
        _ path: [StaticString]?,
        in skimmer: inout JSONSkimmer,
        to sum: inout Int?
    ) throws(JSONSkimmer.Failure) {
        guard let path else {
            try skimmer.skip()
            return
        }
        var unused: Int?
        let found = try count(path[...], atElementOf: &skimmer, sum: &unused)
        sum = if let sum, let found { sum + found } else { nil }
    }

    /// Counts below an element whose own members begin the path.
    private static func count(
        _ path: ArraySlice<StaticString>,
        atElementOf skimmer: inout JSONSkimmer,
        sum: inout Int?
    ) throws(JSONSkimmer.Failure) -> Int? {
        guard try skimmer.kind() == .object, let name = path.first else {
            try skimmer.skip()
            return nil
        }
        var found: Int?
        try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
            guard key == name else { return }
            found = try count(path.dropFirst(), in: &skimmer, records: nil, sum: &sum)
        }
        return found
    }
}
