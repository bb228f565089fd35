package import LintelModel

/// A residency as the last applied snapshot left it: what the PMS stated, and what was made of it.
package struct KnownResidency: Sendable, Equatable, Codable {
    package var attachment: AttachmentID
    package var stated: PMSResidency
    /// The first day an assignment may begin through this residency: the day a transfer was seen.
    package var beginsOn: CivilDate?
    /// The day the tenancy ended; kept because the stated facts alone may not tell it again tomorrow.
    package var endedOn: CivilDate?
    /// When a complete snapshot first lacked this residency.
    package var missingSince: Timestamp?
    /// The unit to which the resident is moving; the old one is kept until the new one is current.
    package var movesTo: PMSUnitID?
    /// The first day on which this residency must be planned again though its facts stand; nil for never.
    package var revisitOn: CivilDate?

    package init(
        attachment: AttachmentID,
        stated: PMSResidency,
        beginsOn: CivilDate? = nil,
        endedOn: CivilDate? = nil,
        missingSince: Timestamp? = nil,
        movesTo: PMSUnitID? = nil,
        revisitOn: CivilDate? = nil
    ) {
        self.attachment = attachment
        self.stated = stated
        self.beginsOn = beginsOn
        self.endedOn = endedOn
        self.missingSince = missingSince
        self.movesTo = movesTo
        self.revisitOn = revisitOn
    }

    /// Whether it ended and a complete snapshot no longer lists it.
    package var isGone: Bool { endedOn != nil && missingSince != nil }

    package var key: RecordKey { RecordKey(attachment: attachment, residency: stated.key) }

    /// Stands for "on every run", in ``revisitOn``.
    package static let everyRun = CivilDate(daysSince1970: -719_162)
}
