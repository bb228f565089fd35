import Mustache

/// What a template sees of a value: its members by their names, read once.
///
/// The template library makes a mirror of a value and reads all of its members for each name that stands in a
/// template, in each value around it.
struct ModelMembers: MustacheParent {
    // Few and with short names: looking along them takes less than a dictionary does.
    private var members: [(name: String, value: Any)] = []

    func child(named name: String) -> Any? { members.first { $0.name == name }?.value }

    /// The members of a structure and of all it holds; a value that has none as it is, and nil for a nil, of
    /// which templates know nothing.
    static func of(_ value: Any) -> Any? {
        if let text = value as? String { return Text(renderText: text) }
        if value is Bool || value is Int { return value }
        if let optional = value as? any Perhaps { return optional.value.flatMap(of) }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .collection: return mirror.children.compactMap { of($0.value) }
        case .struct:
            var made = ModelMembers()
            made.members.reserveCapacity(mirror.children.count)
            for case (let name?, let value) in mirror.children {
                if let value = of(value) { made.members.append((name, value)) }
            }
            return made
        default: return value
        }
    }

    /// A text, which the library would otherwise describe as it does any value.
    private struct Text: MustacheCustomRenderable {
        let renderText: String
        var isNull: Bool { false }
    }
}

/// An optional of whatever type.
private protocol Perhaps {
    var value: Any? { get }
}

extension Optional: Perhaps {
    var value: Any? { self }
}
