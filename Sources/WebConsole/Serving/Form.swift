import Foundation

/// The fields of a form or a query, in their order; a name may come several times.
struct Form: Sendable, Equatable {
    /// A file that was chosen.
    struct File: Sendable, Equatable {
        let name: String
        let bytes: [UInt8]
    }

    /// No page has as many fields.
    private static let partsAtMost = 1_000

    private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [String: File] = [:]

    init() {}

    /// Reads `application/x-www-form-urlencoded` as the URL Standard has it (whatwg.org, section 5.1).
    init(encoded text: some StringProtocol) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            fields.append((Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : ""))
        }
    }

    /// Reads `multipart/form-data` (RFC 7578); nil where it is not well formed, or of more parts than any page sends.
    init?(multipart bytes: [UInt8], boundary: String) {
        let delimiter = Data("\r\n--\(boundary)".utf8)
        let (lineBreak, blankLine) = (Data("\r\n".utf8), Data("\r\n\r\n".utf8))
        // The first delimiter has no line break before it.
        var rest = lineBreak + Data(bytes)
        guard rest.starts(with: delimiter) else { return nil }
        rest = rest.dropFirst(delimiter.count)
        var parts = 0
        while !rest.starts(with: Data("--".utf8)) {
            parts += 1
            guard parts <= Self.partsAtMost, rest.starts(with: lineBreak),
                let blank = rest.range(of: blankLine),
                rest[..<blank.lowerBound].range(of: delimiter) == nil,
                let end = rest[blank.upperBound...].range(of: delimiter)
            else { return nil }
            let head = String(decoding: rest[..<blank.lowerBound], as: UTF8.self)
            let body = rest[blank.upperBound..<end.lowerBound]
            guard let name = Self.parameter("name", of: head) else { return nil }
            if let file = Self.parameter("filename", of: head) {
                if !file.isEmpty { files[name] = File(name: file, bytes: Array(body)) }
            } else {
                fields.append((name, String(decoding: body, as: UTF8.self)))
            }
            rest = rest[end.upperBound...]
        }
    }

    static func == (left: Form, right: Form) -> Bool {
        left.files == right.files && left.fields.count == right.fields.count
            && zip(left.fields, right.fields).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    }

    /// The first value of a name; nil where it was not sent.
    subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The value of a name without blanks around it; empty where it was not sent.
    func text(_ name: String) -> String {
        (self[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The value of a name, nil where it is empty.
    func optional(_ name: String) -> String? {
        let value = text(name)
        return value.isEmpty ? nil : value
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    func has(_ name: String) -> Bool { self[name] != nil }

    /// A number of that name, within bounds; nil where it was not sent.
    ///
    /// - Throws: ``Answer/Problem`` where something else stands there.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = optional(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Answer.Problem.malformed(
                "The address of the page says “\(text)” for \(name); expected a number from "
                    + "\(Wording.grouped(range.lowerBound)) to \(Wording.grouped(range.upperBound))."
            )
        }
        return number
    }

    /// Which page of a list is asked for, from 1.
    ///
    /// - Throws: ``Answer/Problem`` where that is no number of a page.
    func page() throws -> Int { try number("page", in: 1...1_000_000) ?? 1 }

    /// One of some choices, by its word; nil where none was sent.
    ///
    /// - Throws: ``Answer/Problem`` where the word is none of theirs.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of choices: Choice.Type
    ) throws -> Choice? {
        guard let text = optional(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw Answer.Problem.malformed(
                "The address of the page says “\(text)” for \(name); expected "
                    + choices.allCases.map(\.rawValue).joined(separator: ", ") + "."
            )
        }
        return choice
    }

    private static func decoded(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                out.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A parameter of the `Content-Disposition` line, as browsers write it.
    private static func parameter(_ name: String, of head: String) -> String? {
        let lines = head.split(separator: "\r\n")
        guard
            let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let start = line.range(of: "; \(name)=\"")
        else { return nil }
        let value = line[start.upperBound...]
        guard let end = value.firstIndex(of: "\"") else { return nil }
        return String(value[..<end]).replacing("%22", with: "\"")
    }
}
