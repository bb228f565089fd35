package import LintelModel

/// Makes a plan from what is known and what a snapshot states.
///
/// Pure: the same input and the same ids give the same plan, byte for byte. The rules stand one a file
/// under `Rules/`, in the order in which they run here.
package enum Planner {
    /// The plan for one property.
    ///
    /// - Parameters:
    ///   - input: everything the plan is made from.
    ///   - ids: makes the ids of new people and assignments, in the order of the plan.
    /// - Returns: the plan; the same for the same input and ids.
    package static func plan(_ input: PlanningInput, ids: inout IDGenerator) -> Plan {
        var draft = PlanDraft(input, ids: ids)
        draft.rememberPMSUnits()
        draft.judgePresence()
        draft.updatePeople()
        draft.decideWhoIsWho()
        draft.updateNewlyLinked()
        draft.assignUnits()
        draft.listUnknownWords()
        draft.listUnmappedUnits()
        ids = draft.ids
        return draft.finished()
    }
}
