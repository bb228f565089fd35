/// The id of one kind of thing: the compiler keeps a person's id out of a unit's place.
///
/// Ids of things that Lintel makes are time-ordered texts from ``IDGenerator``; ids that come from
/// a PMS are whatever text the PMS uses.
package struct Identifier<Kind>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    // Inlinable, like the two below: ids are the keys of nearly every dictionary, and unspecialised
    // hashing of a generic key costs more than the look-up.
    @inlinable package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    @inlinable package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    @inlinable package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    package var description: String { text }
}

package typealias PropertyID = Identifier<Property>
package typealias UnitID = Identifier<Unit>
package typealias PersonID = Identifier<Person>
package typealias AssignmentID = Identifier<Assignment>
package typealias RunID = Identifier<Run>
package typealias ConnectionID = Identifier<Connection>

/// What a PMS calls one of its properties, unique in its connection.
package typealias PMSPropertyID = Identifier<PMSProperty>
/// What a PMS calls one of its units, or a space of one as `UNIT/SPACE`; unique in its PMS property.
package typealias PMSUnitID = Identifier<PMSUnit>
/// What a PMS calls one of its residents, unique in its connection.
package typealias PMSResidentID = Identifier<PMSResidency>

/// Names the kind of a run's id; a run's own values live where runs are kept.
package enum Run {}

/// Names the kind of a connection's id; its settings live with the connectors.
package enum Connection {}

/// The id of a PMS property attached to a property.
package typealias AttachmentID = Identifier<Attachment>

/// Names the kind of an attachment's id.
package enum Attachment {}
