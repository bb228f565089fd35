package import LintelModel

/// What one PMS property states at one time, as a test tells it.
package struct PMSSnapshot: Sendable {
    package var attachment: AttachmentID
    package var isComplete: Bool
    /// Nil where the list is the one already known.
    package var units: [PMSUnit]?
    package var residencies: [PMSResidency]
    /// Residents who are in the list and whose records cannot be read.
    package var unreadable: Set<PMSResidentID>
    /// When what it states was true; nil means now.
    package var statedAt: Timestamp?

    package init(
        attachment: AttachmentID,
        isComplete: Bool = true,
        units: [PMSUnit]? = nil,
        residencies: [PMSResidency] = [],
        unreadable: Set<PMSResidentID> = [],
        statedAt: Timestamp? = nil
    ) {
        self.attachment = attachment
        self.isComplete = isComplete
        self.units = units
        self.residencies = residencies
        self.unreadable = unreadable
        self.statedAt = statedAt
    }
}
