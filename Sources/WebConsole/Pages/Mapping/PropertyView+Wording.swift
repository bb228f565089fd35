import Operations

extension PropertyView {
    /// Who waits on what, as `12 residents wait on 9 units`.
    var waitingWords: String {
        guard waiting.residents > 0 else { return "No resident waits on a unit" }
        return "\(Wording.count(waiting.residents, "resident")) "
            + "\(waiting.residents == 1 ? "waits" : "wait") on "
            + Wording.count(waiting.pmsUnits, "unit")
    }
}
