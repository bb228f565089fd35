package import LintelModel
package import SQLEngine

/// Who moves in or out of a property, as the PMS states it.
package enum StatedMoves {
    /// What one residency says of moves.
    package struct Stated: Sendable {
        package let resident: PMSResidentID
        /// First and last name.
        package let name: String
        /// What its lease status means here.
        package let status: LeaseStatus
        /// The move-in, or where none is stated the beginning of the lease.
        package let start: CivilDate?
        package let moveOut: CivilDate?
        /// Whether the resident leaves another unit of the property for it.
        package let isTransfer: Bool
        /// Who it is; nil for nobody here yet.
        package let person: PersonID?
        /// The unit that its PMS unit, or the unit of which that is a space, is mapped to.
        package let unit: Unit?
        package let pmsUnit: PMSUnitID?
        /// What the PMS calls it.
        package let pmsUnitLabel: String?
    }

    /// The residencies of a property that begin or end within some days, or should have begun before them: those
    /// listed of people who live or will live there, detached PMS properties left out.
    package static func of(
        _ property: PropertyID,
        _ days: ClosedRange<CivilDate>,
        on connection: any SQLConnection
    ) throws -> [Stated] {
        try connection.all(
            """
            select r.resident_id, r.first_name, r.last_name, coalesce(w.status, r.status),
                coalesce(r.move_in, r.lease_start), r.move_out,
                case when exists (
                    select 1 from residencies o
                    where o.attachment_id = r.attachment_id and o.resident_id = r.resident_id
                        and o.ended_on is null and o.moves_to is not null
                ) then 1 else 0 end,
                l.person_id, nullif(r.pms_unit_id, ''),
                case when p.building = '' then p.name else p.building || ' — ' || p.name end,
                u.id, u.property_id, u.building, u.name, u.floor, u.external_id
            from attachments a
            join residencies r on r.attachment_id = a.id
            left join status_words w on w.property_id = a.property_id and w.word = r.status_word
            left join resident_links l on l.resident_id = r.resident_id
                and l.connection_id = a.connection_id
            left join pms_units p on p.attachment_id = r.attachment_id
                and p.pms_unit_id = r.pms_unit_id
            left join pms_units h on h.attachment_id = p.attachment_id
                and h.pms_unit_id = p.parent_id
            left join units u on u.id = case when p.mapping is null then h.unit_id else p.unit_id end
            where a.property_id = $1 and a.detached_at is null
                and r.missing_since is null and r.ended_on is null and r.role <> 'guarantor'
                and coalesce(w.status, r.status) in ('future', 'current', 'notice')
                and (r.move_out between $2 and $3
                    or coalesce(r.move_in, r.lease_start) between $2 and $3
                    or coalesce(w.status, r.status) = 'future'
                        and coalesce(r.move_in, r.lease_start) < $2)
            """,
            [.id(property), .date(days.lowerBound), .date(days.upperBound)],
            read
        )
    }

    private static func read(_ row: any SQLRow) throws -> Stated {
        let unit: UnitID? = try row.optionalID(10)
        return Stated(
            resident: try row.id(0),
            name: PersonName.full(try row.text(1), try row.text(2)),
            status: try row.word(3),
            start: try row.optionalDate(4),
            moveOut: try row.optionalDate(5),
            isTransfer: try row.flag(6),
            person: try row.optionalID(7),
            unit: try unit.map { id in
                Unit(
                    id: id,
                    property: try row.id(11),
                    building: try row.text(12),
                    name: try row.text(13),
                    floor: try row.text(14),
                    externalID: try row.optionalText(15)
                )
            },
            pmsUnit: try row.optionalID(8),
            pmsUnitLabel: try row.optionalText(9)
        )
    }
}
