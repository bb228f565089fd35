import LintelModel

/// Something that stands in an answer: what it looks like, and what it is.
protocol Represented: Sendable {
    static var schema: Schema { get }
    var json: JSON { get }
}

/// Something that stands in answers as an object with a name of its own in the document.
protocol Resource: Represented {
    static var resourceName: String { get }
    static var members: [Field<Self>] { get }
}

/// A member of a resource: its type in the document is that of the value that is read.
struct Field<Owner: Sendable>: Sendable {
    let member: Schema.Member
    let read: @Sendable (Owner) -> JSON

    init<Value: Represented>(
        _ name: String,
        _ summary: String,
        _ read: @escaping @Sendable (Owner) -> Value
    ) {
        member = Schema.Member(
            name: name,
            schema: Value.schema,
            summary: summary,
            isRequired: true
        )
        self.read = { read($0).json }
    }
}

extension Resource {
    static var schema: Schema { .named(resourceName) { members.map(\.member) } }

    var json: JSON {
        var members: [String: JSON] = [:]
        members.reserveCapacity(Self.members.count)
        for field in Self.members { members[field.member.name] = field.read(self) }
        return .object(members)
    }
}

/// An enumeration that stands in answers as its word.
protocol Word: Represented, RawRepresentable, CaseIterable where RawValue == String {}

extension Word {
    static var schema: Schema { .words(allCases.map(\.rawValue)) }
    var json: JSON { .text(rawValue) }
}

extension String: Represented {
    static var schema: Schema { .string }
    var json: JSON { .text(self) }
}

extension Bool: Represented {
    static var schema: Schema { .flag }
    var json: JSON { .flag(self) }
}

extension Int: Represented {
    static var schema: Schema { .integer(0...Int(Int32.max)) }
    var json: JSON { .integer(self) }
}

extension Double: Represented {
    static var schema: Schema { .number }
    var json: JSON { .number(self) }
}

extension CivilDate: Represented {
    static var schema: Schema { .text(10...10, format: "date") }
    var json: JSON { .text(description) }
}

extension Timestamp: Represented {
    static var schema: Schema { .text(20...20, format: "date-time") }
    var json: JSON { .text(iso8601) }
}

extension Identifier: Represented {
    static var schema: Schema { .string }
    var json: JSON { .text(text) }
}

extension Optional: Represented where Wrapped: Represented {
    static var schema: Schema { .orNull(Wrapped.schema) }
    var json: JSON { self?.json ?? .null }
}

extension Array: Represented where Element: Represented {
    static var schema: Schema { .list(Element.schema) }
    var json: JSON { .list(map(\.json)) }
}
