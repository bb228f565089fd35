/// What a JSON value must be: the part of JSON Schema 2020-12 that the API needs.
///
/// The same value makes the document and judges what is sent, so that neither can say what the other does not.
indirect enum Schema: Sendable {
    /// Any string: of what is answered.
    case string
    /// A string of so many characters, without U+0000.
    case text(ClosedRange<Int>, format: String? = nil)
    /// One of some words.
    case words([String])
    case integer(ClosedRange<Int>)
    case number
    case flag
    /// A time of day as `hh:mm`.
    case time
    case list(Schema, least: Int = 0)
    /// An object of these members and no others.
    case object([Member])
    /// An object whose members have any names.
    case map(Schema)
    case orNull(Schema)
    /// An object that stands in the document once, under a name.
    case named(String, @Sendable () -> [Member])

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let schema: Schema
        let summary: String
        let isRequired: Bool
    }

    /// The longest text that is taken where nothing else is said.
    static let line = 1...500

    /// Text that may be empty.
    static let anyText = Schema.text(0...500)

    // MARK: The document

    /// The schema as the document has it.
    var document: [String: JSON] {
        switch self {
        case .string: return ["type": "string"]
        case .text(let length, let format):
            var made: [String: JSON] = ["type": "string"]
            if let format {
                made["format"] = .text(format)
            } else {
                made["minLength"] = .integer(length.lowerBound)
                made["maxLength"] = .integer(length.upperBound)
                // Databases keep no U+0000.
                made["pattern"] = #"^[^\u0000]*$"#
            }
            return made
        case .words(let words): return ["type": "string", "enum": .list(words.map { .text($0) })]
        case .integer(let range):
            return [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .number: return ["type": "number"]
        case .flag: return ["type": "boolean"]
        case .time: return ["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"]
        case .list(let item, let least):
            return [
                "type": "array", "items": .object(item.document), "minItems": .integer(least),
            ]
        case .object(let members): return Self.document(of: members)
        case .map(let value):
            return [
                "type": "object", "additionalProperties": .object(value.document),
                "propertyNames": .object(Schema.text(Self.line).document),
            ]
        case .orNull(let schema): return schema.documentOrNull
        case .named(let name, _): return ["$ref": .text("#/components/schemas/\(name)")]
        }
    }

    private var documentOrNull: [String: JSON] {
        var made = document
        if case .text(let type)? = made["type"] {
            made["type"] = .list([.text(type), "null"])
            if case .list(let words)? = made["enum"] { made["enum"] = .list(words + [.null]) }
            return made
        }
        return ["anyOf": .list([.object(made), ["type": "null"]])]
    }

    static func document(of members: [Member]) -> [String: JSON] {
        [
            "type": "object",
            "properties": .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { member in
                        var made = member.schema.document
                        // A reference may stand beside a description since JSON Schema 2019-09.
                        made["description"] = .text(member.summary)
                        return (member.name, .object(made))
                    }
                )
            ),
            "required": .list(members.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": false,
        ]
    }

    /// The named schemas that it speaks of, itself among them.
    func gather(into found: inout [String: [Member]]) {
        switch self {
        case .list(let schema, _), .orNull(let schema), .map(let schema):
            schema.gather(into: &found)
        case .object(let members): for member in members { member.schema.gather(into: &found) }
        case .named(let name, let members):
            guard found[name] == nil else { return }
            found[name] = members()
            for member in members() { member.schema.gather(into: &found) }
        default: break
        }
    }
}
