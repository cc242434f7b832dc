package io.github.smsdispatch.testkit.carrier;

/** What a {@link LedgerCheck} may find of a message. */
public enum LedgerFinding {
    /** Enqueued, and the store does not know it: lost. */
    MISSING,
    /** The store calls it taken, and no ledger holds it: lost. */
    NOT_TAKEN,
    /** Taken more than once, although its policy is {@link io.github.smsdispatch.DoubtPolicy#HOLD}. */
    TWICE,
    /**
     * Taken more than once, as its policy, {@link io.github.smsdispatch.DoubtPolicy#RESEND}, allows, or because all but one of
     * the hand-overs were reported as not delivered ({@link io.github.smsdispatch.store.PastAttempt#hasFailedLate}).
     */
    REPEATED,
    /** An entry of a ledger under a reference that the store does not know. */
    STRANGER,
    /**
     * The final state says otherwise than the ledgers: delivered where none says so, not delivered where none says so, or
     * never taken where one holds it.
     */
    CONTRADICTED,
    /**
     * The ledger knows how it ended, and the store is {@link io.github.smsdispatch.MessageState#UNCONFIRMED}: no word of
     * it came by the end of validity and grace. Not wrong, and worth a look if there are many.
     */
    UNHEARD,
    /** Not final. */
    OPEN
}
