import Mustache

/// The templates of the console, parsed once.
struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Why the templates of this program cannot be used.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(_ sources: [String: [UInt8]] = Templates.sources) throws {
        MustacheContentTypes.register(PageMarkup(), named: PageMarkup.name)
        var templates: [String: MustacheTemplate] = [:]
        for (name, source) in sources {
            let text = String(decoding: source, as: UTF8.self)
            guard !text.contains("{{" + "{"), !text.contains("{{&") else {
                throw Failure(
                    description: "template \(name) puts text into a page without escaping"
                )
            }
            do {
                templates[name] = try MustacheTemplate(
                    string: "{{% CONTENT_TYPE:\(PageMarkup.name)}}" + text
                )
            } catch {
                throw Failure(description: "template \(name): \(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// A page as HTML.
    func render(_ name: String, _ model: Any) throws -> String {
        guard let text = library.render(ModelMembers.of(model) ?? model, withTemplate: name) else {
            throw Failure(description: "there is no template \(name)")
        }
        return text
    }
}
