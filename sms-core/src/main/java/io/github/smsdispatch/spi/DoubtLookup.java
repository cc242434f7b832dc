package io.github.smsdispatch.spi;

/** A provider whose log tells whether a hand-over reached it. */
public interface DoubtLookup {
    /**
     * Searches the provider's log for a hand-over without knowing the provider's id; blocks. Where the log carries our
     * reference, only exact hits are returned. Where it does not, every outbound message to the same recipient with the
     * same text from the time of the hand-over is: the engine takes one that no other attempt has claimed, oldest first.
     *
     * @return {@link LookupAnswer.Absent} only if the whole time of the hand-over was searched
     */
    LookupAnswer find(DoubtfulAttempt attempt);
}
