package import LintelModel
package import Reconciliation
package import SQLEngine

/// PMS units and what they are mapped to.
package enum PMSUnits {
    /// The PMS units of one attachment.
    package static func all(
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws -> [PMSUnitID: KnownPMSUnit] {
        var found: [PMSUnitID: KnownPMSUnit] = [:]
        try connection.query(
            """
            select pms_unit_id, parent_id, building, name, floor, is_listed, mapping, unit_id, mapped_as
            from pms_units where attachment_id = $1
            """,
            [.id(attachment)]
        ) { row in
            let unit = PMSUnit(
                id: try row.id(0),
                parent: try row.optionalID(1),
                building: try row.text(2),
                name: try row.text(3),
                floor: try row.text(4)
            )
            let mapping: UnitMapping?
            switch try row.optionalText(6) {
            case "unit": mapping = try row.optionalID(7).map { .unit($0) }
            case "ignored": mapping = .ignored
            default: mapping = nil
            }
            found[unit.id] = KnownPMSUnit(
                unit: unit,
                isListed: try row.flag(5),
                mapping: mapping,
                mappedAs: try row.optionalText(8)
            )
        }
        return found
    }

    /// Remembers PMS units as listed, keeping what they are mapped to.
    package static func remember(
        _ units: [KnownPMSUnit],
        of attachment: AttachmentID,
        on connection: any SQLConnection
    ) throws {
        try upsert.write(units) { known, values in
            values.append(attachment)
            values.append(known.unit.id)
            values.append(known.unit.parent)
            values.append(known.unit.building)
            values.append(known.unit.name)
            values.append(known.unit.floor)
            values.append(known.isListed)
        }.run(on: connection)
    }

    /// How many residents who live, or will live, in each PMS unit of a property the PMS lists; and how many of
    /// them stand, and will stand, in no unit here.
    package static func residentCounts(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [AttachmentID: [PMSUnitID: (all: Int, unplaced: Int)]] {
        var counts: [AttachmentID: [PMSUnitID: (all: Int, unplaced: Int)]] = [:]
        try connection.query(
            """
            select r.attachment_id, r.pms_unit_id, count(distinct r.resident_id),
                count(distinct case when exists (
                    select 1 from assignments s
                    where s.person_id = l.person_id and s.property_id = $1 and s.state <> 'ended'
                ) then null else r.resident_id end)
            from residencies r
            join attachments a on a.id = r.attachment_id
            left join resident_links l on l.resident_id = r.resident_id
                and l.connection_id = a.connection_id
            left join status_words w on w.property_id = a.property_id and w.word = r.status_word
            where a.property_id = $1 and r.missing_since is null and r.pms_unit_id <> ''
                and coalesce(w.status, r.status) in ('future', 'current', 'notice')
            group by r.attachment_id, r.pms_unit_id
            """,
            [.id(property)]
        ) { row in
            counts[try row.id(0), default: [:]][try row.id(1)] = (try row.int(2), try row.int(3))
        }
        return counts
    }

    /// What one PMS unit is from now on; nil for nothing.
    package struct NewMapping: Sendable {
        package let attachment: AttachmentID
        package let unit: PMSUnitID
        package let mapping: UnitMapping?

        package init(_ unit: PMSUnitID, of attachment: AttachmentID, to mapping: UnitMapping?) {
            self.unit = unit
            self.attachment = attachment
            self.mapping = mapping
        }
    }

    /// Sets or removes what PMS units are, and remembers what the PMS calls them now.
    package static func map(
        _ mappings: [NewMapping],
        on connection: any SQLConnection
    ) throws {
        try mapping.write(mappings) { new, values in
            var word: String?
            var target: UnitID?
            switch new.mapping {
            case .unit(let id): (word, target) = ("unit", id)
            case .ignored: word = "ignored"
            case nil: break
            }
            values.append(new.attachment)
            values.append(new.unit)
            values.append(word)
            values.append(target)
        }.run(on: connection)
    }

    private static let mapping = SQLBulkStatement(
        """
        with new (attachment_id, pms_unit_id, mapping, unit_id) as (values {rows})
        update pms_units set mapping = new.mapping, unit_id = new.unit_id,
            mapped_as = case when new.mapping is null then null
                when pms_units.building = '' then pms_units.name
                else pms_units.building || ' — ' || pms_units.name end
        from new
        where pms_units.attachment_id = new.attachment_id
            and pms_units.pms_unit_id = new.pms_unit_id
        """,
        columns: [.text, .text, .text, .text]
    )

    private static let upsert = SQLBulkStatement(
        """
        insert into pms_units (attachment_id, pms_unit_id, parent_id, building, name, floor, is_listed)
        values {rows}
        on conflict (attachment_id, pms_unit_id) do update set parent_id = excluded.parent_id,
            building = excluded.building, name = excluded.name, floor = excluded.floor,
            is_listed = excluded.is_listed
        """,
        columns: [.text, .text, .text, .text, .text, .text, .integer]
    )
}
