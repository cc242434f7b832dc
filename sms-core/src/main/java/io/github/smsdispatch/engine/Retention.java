package io.github.smsdispatch.engine;

import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets the store forget what is over, in steps so small that nobody waits for them. When nothing is left it rests, as a
 * minute more or less does not matter, but an idle engine must leave the database alone.
 */
final class Retention {
    /** Messages in one step: a few thousand rows, some milliseconds. */
    static final int STEP = 200;

    static final Duration REST = Duration.ofMinutes(1);

    private final MessageStore store;
    private final @Nullable Duration ofMessages;
    private final @Nullable Duration ofPersonalData;
    private final InstantSource clock;
    private @Nullable Instant restsSince;

    /**
     * @param ofMessages how long messages are kept once they are final; null: for ever
     * @param ofPersonalData how long numbers and texts are; null: as long as the message
     */
    Retention(
            MessageStore store, @Nullable Duration ofMessages, @Nullable Duration ofPersonalData, InstantSource clock) {
        this.store = store;
        this.ofMessages = ofMessages;
        this.ofPersonalData = ofPersonalData;
        this.clock = clock;
    }

    /** Whether it is time for a step. */
    boolean isDue() {
        return (ofMessages != null || ofPersonalData != null) && !isResting();
    }

    /** Takes a step if it is time for one; returns whether there may be more to do at once. */
    boolean step() {
        if (!isDue()) {
            return false;
        }
        // First, so that a store that cannot do it is asked once a minute and not each time.
        restsSince = clock.instant();
        boolean more = purge() || erase();
        if (more) {
            restsSince = null;
        }
        return more;
    }

    private boolean purge() {
        return ofMessages != null && store.purge(ofMessages, STEP).isFull(STEP);
    }

    private boolean erase() {
        return ofPersonalData != null && store.erase(ofPersonalData, STEP) >= STEP;
    }

    /** A clock that was set back does not make it longer. */
    private boolean isResting() {
        return restsSince != null
                && Duration.between(restsSince, clock.instant()).abs().compareTo(REST) < 0;
    }
}
