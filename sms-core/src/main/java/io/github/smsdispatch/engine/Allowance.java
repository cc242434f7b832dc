package io.github.smsdispatch.engine;

import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How many hand-overs of an account may begin when: by the rate that was agreed, or else by what it turns out to bear. */
interface Allowance {
    /**
     * How many may begin now. For the dispatch loop only.
     *
     * @param known how many wait at least
     * @param most how many there is room for
     */
    int permitted(int known, int most);

    /** So many were begun, of those permitted. For the dispatch loop only. */
    void use(int count);

    /** For how long nothing may begin; zero: something may. For the dispatch loop only. */
    Duration heldBackFor();

    /** How a call ended that began at that time. By any thread. */
    void heard(List<SubmitOutcome> outcomes, Instant began);
}
