/// Why a sync could not be done, other than by the PMS or the database.
package struct SyncFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
