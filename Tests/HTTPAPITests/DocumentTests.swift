import LintelModel
import Testing

@testable import HTTPAPI

@Suite("The OpenAPI document")
struct DocumentTests {
    private static let document = OpenAPIDocument.of(API.endpoints)

    @Test("every reference leads somewhere, and every schema is referred to")
    func references() {
        var referred: Set<String> = []
        func visit(_ value: JSON) {
            switch value {
            case .object(let members):
                if let reference = members["$ref"]?.string { referred.insert(reference) }
                members.values.forEach(visit)
            case .list(let items): items.forEach(visit)
            default: break
            }
        }
        visit(Self.document)
        guard case .object(let schemas) = Self.document["components"]["schemas"] else {
            Issue.record("the document has no schemas")
            return
        }
        #expect(referred == Set(schemas.keys.map { "#/components/schemas/\($0)" }))
    }

    @Test("names are told apart, paths name what they hold, and each says what it is")
    func names() {
        let names = API.endpoints.map(\.name)
        #expect(Set(names).count == names.count)
        for endpoint in API.endpoints {
            #expect(
                !endpoint.summary.isEmpty && !endpoint.summary.hasSuffix("."),
                "\(endpoint.name)"
            )
            for parameter in endpoint.pathParameters {
                #expect(OpenAPIDocument.pathParameters[parameter] != nil, "\(parameter)")
            }
            let isOfProperty =
                endpoint.path.contains("{property}") || endpoint.path.contains("{unit}")
            #expect((endpoint.place == .property) == isOfProperty, "\(endpoint.name)")
        }
    }

    @Test(
        "a value is as its schema says, or its fault is told",
        arguments: [
            (Schema.integer(1...3), JSON.integer(3), nil),
            (.integer(1...3), .integer(4), "expected a whole number from 1 to 3"),
            (.integer(1...3), .number(1.5), "expected a whole number, found a number"),
            (.flag, .text("true"), "expected a boolean, found a string"),
            (.words(["a", "b"]), .text("c"), "expected one of a, b"),
            (.orNull(.words(["a"])), .null, nil),
            (.time, .text("23:59"), nil),
            (.time, .text("24:00"), "expected a time of day as hh:mm, found a string"),
            (.time, .text("+1:00"), "expected a time of day as hh:mm, found a string"),
            (.text(10...10, format: "date"), .text("2026-02-29"), "expected a day as yyyy-mm-dd"),
            (.list(.flag, least: 1), .list([]), "expected 1 items or more"),
            (.map(.flag), .object(["a/b": .integer(1)]), "expected a boolean, found a number"),
        ] as [(Schema, JSON, String?)]
    )
    func checks(schema: Schema, value: JSON, fault: String?) {
        #expect(schema.faults(of: value).map(\.detail) == [fault].compactMap(\.self))
    }
}
