/// A residency anywhere in the portfolio: the PMS property it stands in, and its key there.
package struct RecordKey: Hashable, Comparable, Sendable, Codable {
    package var attachment: AttachmentID
    package var residency: ResidencyKey

    package init(attachment: AttachmentID, residency: ResidencyKey) {
        self.attachment = attachment
        self.residency = residency
    }

    /// Few residencies of different PMS properties have one key.
    package func hash(into hasher: inout Hasher) { hasher.combine(residency) }

    package static func < (left: Self, right: Self) -> Bool {
        left.residency == right.residency
            ? left.attachment < right.attachment : left.residency < right.residency
    }
}
