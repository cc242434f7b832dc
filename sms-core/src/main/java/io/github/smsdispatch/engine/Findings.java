package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Pen;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.store.SyncEnd;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what look-ups have found, together. What the store does not take is found again by the next look-up. */
final class Findings {
    private static final Logger log = LoggerFactory.getLogger(Findings.class);

    private static final int MOST_AT_ONCE = 500;

    private final MessageStore store;
    private final LateRetries retries;
    private final Pen<SyncEnd> pen;

    Findings(MessageStore store, LateRetries retries, Announcer announcer) {
        this.store = store;
        this.retries = retries;
        this.pen = new Pen<>(() -> MOST_AT_ONCE, this::write, announcer::tell);
    }

    void record(List<SyncEnd> ends) {
        pen.add(ends);
        pen.flush();
    }

    /** For how long the store has been at what it was given last; zero: it is not. */
    Duration writingTakes() {
        return pen.writingTakes();
    }

    private Pen.Written write(List<SyncEnd> ends) {
        try {
            return new Pen.Written(store.finishSync(ends, retries), true);
        } catch (StoreException e) {
            log.debug("what {} look-ups found was not kept, they will be made again: {}", ends.size(), e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("what {} look-ups found could not be kept: a bug", ends.size(), Trace.of(e));
        }
        return new Pen.Written(List.of(), true);
    }
}
