/// Everything served about one property, rendered.
struct RenderedProperty: Sendable {
    let buildingCount: Int
    private let lists: [String: RenderedList]

    init(_ property: SyntheticProperty, in format: any WireFormat) {
        buildingCount = property.buildings.count
        lists = format.lists(of: property)
    }

    /// The list of that name; an empty one where the format knows none.
    func list(_ name: String) -> RenderedList { lists[name] ?? Self.none }

    /// Bytes that keeping it costs, near enough.
    var byteCount: Int { lists.values.reduce(0) { $0 + $1.byteCount } }

    private static let none = RenderedList(RenderedRows([0].prefix(0)) { _, _ in })
}
